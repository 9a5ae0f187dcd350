// Office, providers, payers and plans: rows to the shapes of the contract and back.
import { type Selectable, sql } from 'kysely'
import { Address, OfficeInput, Provider, ProviderInput } from '#core/office.ts'
import type { KnownPayer } from '#core/case/contents.ts'
import type { PayerId, PlanId, ProviderId } from '#core/ids.ts'
import type { Benefit, CodeBenefit } from '#core/coverage/benefit-class.ts'
import type { OfficeRule } from '#core/payer-rule/schema.ts'
import { Payer, PayerInput, type Plan, PlanInput } from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow, putRow } from '#host/kernel/insert-rows.ts'
import type { PayerTable, ProviderTable } from '#db/tables/office.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { setQuery } from '#host/kernel/set-query.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

/** The four address columns of a row as an address. */
export const addressOf = (row: Address): Address => recordOf(Address, row)

const OfficeColumns = OfficeInput.omit({ address: true })
export async function getOffice(db: Reader): Promise<OfficeInput & { version: number }> {
  const row = found(await db.selectFrom('office').selectAll().executeTakeFirst(), 'office', '1')
  return { ...recordOf(OfficeColumns, row), address: addressOf(row), version: row.version }
}

export async function addOffice(tx: Writer, office: OfficeInput, stamp: Stamp): Promise<void> {
  await insertRow(tx, 'office', { id: 1, ...columnsOf(OfficeColumns, office), ...office.address, ...stampOf(stamp) })
}
export async function updateOffice(tx: Writer, version: number, office: OfficeInput, stamp: Stamp): Promise<void> {
  await updateVersioned(tx, 'office', 1, version, { ...columnsOf(OfficeColumns, office), ...office.address }, stamp)
}

const ProviderRow = Provider.omit({ active: true })
const toProvider = (row: Selectable<ProviderTable>): Provider => ({
  ...recordOf(ProviderRow, row),
  active: row.active === 1,
})

export async function listProviders(db: Reader): Promise<Provider[]> {
  return (await db.selectFrom('provider').selectAll().orderBy('last_name').orderBy('first_name').execute()).map(
    toProvider,
  )
}
const providerRows = setQuery((db, ids: ProviderId[]) => db.selectFrom('provider').selectAll().where('id', 'in', ids))
export async function providersById(db: Reader, ids: readonly ProviderId[]): Promise<Map<ProviderId, Provider>> {
  return new Map((await providerRows(db, ids)).map((row) => [row.id, toProvider(row)]))
}
export async function addProvider(tx: Writer, id: ProviderId, provider: ProviderInput, stamp: Stamp): Promise<void> {
  await insertRow(tx, 'provider', { id, ...columnsOf(ProviderInput, provider), active: 1, ...stampOf(stamp) })
}
export async function updateProvider(
  tx: Writer,
  id: ProviderId,
  version: number,
  provider: ProviderInput,
  active: boolean,
  stamp: Stamp,
): Promise<void> {
  const columns = { ...columnsOf(ProviderInput, provider), active: active ? 1 : 0 }
  await updateVersioned(tx, 'provider', id, version, columns, stamp)
}

const PayerColumns = PayerInput.omit({ address: true })
const payerColumns = (payer: PayerInput) => ({
  ...columnsOf(PayerColumns, payer),
  ...payer.address,
})
const PayerRow = Payer.omit({ address: true })
const toPayer = (row: Selectable<PayerTable>): Payer => ({
  ...recordOf(PayerRow, row),
  address: addressOf(row),
})
/** The office's own rules of a payer, as one column; and the state of the practice, in which some hold. */
const ruleColumns = [
  sql<string>`(SELECT json_group_array(json_object('id', r.id, 'version', r.version, 'payerId', r.payer_id, 'planId', r.plan_id,
    'body', json(r.body_json), 'replaces', r.replaces, 'isOff', json(iif(r.is_off, 'true', 'false')), 'basis', json(r.basis_json)))
    FROM payer_rule AS r WHERE r.payer_id = payer.id)`.as('own_rules_json'),
  sql<string>`(SELECT state FROM office)`.as('office_state'),
] as const
type KnownRow = Selectable<PayerTable> & { own_rules_json: string; office_state: string }
/** What is shipped about a payer stands in no row: who needs it adds it (`withRules`). */
const toKnownPayer = (row: KnownRow): KnownPayer => ({
  ...toPayer(row),
  ownAnswerDays: row.own_answer_days,
  ownAnswers: row.own_answers,
  ownRules: JSON.parse(row.own_rules_json) as OfficeRule[],
  officeState: row.office_state,
  rules: [],
})

/** Payers by name; `text` filters by a part of the name or the payer ID. */
export async function listPayers(db: Reader, text: string): Promise<Payer[]> {
  const rows = await db.selectFrom('payer').selectAll().orderBy('name').execute()
  const needle = text.trim().toLowerCase()
  return rows
    .map(toPayer)
    .filter(
      (payer) =>
        needle === '' || payer.name.toLowerCase().includes(needle) || payer.payerCode.toLowerCase().startsWith(needle),
    )
}
export async function findPayer(db: Reader, id: PayerId): Promise<Payer | undefined> {
  const row = await db.selectFrom('payer').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toPayer(row)
}
/** A payer with what its own answers and the office's rules say. */
export async function findKnownPayer(db: Reader, id: PayerId): Promise<KnownPayer | undefined> {
  return (await listKnownPayers(db, id))[0]
}
/** Payers by name with what their own answers and the office's rules say; `id`: this one alone. */
export async function listKnownPayers(db: Reader, id: PayerId | null = null): Promise<KnownPayer[]> {
  let query = db.selectFrom('payer').selectAll().select(ruleColumns).orderBy('name')
  if (id) query = query.where('id', '=', id)
  return (await query.execute()).map(toKnownPayer)
}
export async function addPayer(tx: Writer, id: PayerId, payer: PayerInput, stamp: Stamp): Promise<void> {
  await insertRow(tx, 'payer', { id, ...payerColumns(payer), ...stampOf(stamp) })
}
export async function updatePayer(
  tx: Writer,
  id: PayerId,
  version: number,
  payer: PayerInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'payer', id, version, payerColumns(payer), stamp)
}

const PlanColumns = PlanInput.omit({ benefits: true, codeBenefits: true })
const PlanTerms = PlanColumns.omit({ name: true, payerId: true })
const planRow = (db: Reader) =>
  db
    .selectFrom('plan')
    .innerJoin('payer', 'payer.id', 'plan.payer_id')
    .selectAll('payer')
    .select(ruleColumns)
    .select(['plan.id as planId', 'plan.name as planName', 'plan.version as planVersion', 'plan.group_number'])
    .select(['plan.network', 'plan.fee_schedule_id', 'plan.benefit_year_month', 'plan.endo_percent'])
    .select(['plan.annual_max_cents', 'plan.deductible_cents', 'plan.family_deductible_cents', 'plan.family_max_cents'])
    .select(['plan.orthodontic_max_cents', 'plan.benefits_json', 'plan.code_benefits_json'])
/** A plan with the payer behind it. */
export interface KnownPlan {
  plan: Plan
  payer: KnownPayer
}
const toKnownPlan = (row: Awaited<ReturnType<ReturnType<typeof planRow>['execute']>>[number]): KnownPlan => ({
  payer: toKnownPayer(row),
  plan: {
    ...recordOf(PlanTerms, row),
    id: row.planId,
    version: row.planVersion,
    payerId: row.id,
    payerName: row.name,
    name: row.planName,
    benefits: JSON.parse(row.benefits_json) as Benefit[],
    codeBenefits: JSON.parse(row.code_benefits_json) as CodeBenefit[],
  },
})
const plansWithPayer = setQuery((db, ids: PlanId[]) => planRow(db).where('plan.id', 'in', ids))
export async function plansById(db: Reader, ids: readonly PlanId[]): Promise<Map<PlanId, KnownPlan>> {
  return new Map((await plansWithPayer(db, ids)).map((row) => [row.planId, toKnownPlan(row)]))
}
export async function listPlans(db: Reader, payerId: PayerId | null): Promise<Plan[]> {
  let query = planRow(db).orderBy('payer.name').orderBy('plan.name')
  if (payerId) query = query.where('plan.payer_id', '=', payerId)
  return (await query.execute()).map((row) => toKnownPlan(row).plan)
}
const planColumns = (plan: PlanInput) => ({
  ...columnsOf(PlanColumns, plan),
  benefits_json: JSON.stringify(plan.benefits),
  code_benefits_json: JSON.stringify(plan.codeBenefits),
})
export async function addPlan(tx: Writer, id: PlanId, plan: PlanInput, stamp: Stamp): Promise<void> {
  await insertRow(tx, 'plan', { id, ...planColumns(plan), ...stampOf(stamp) })
}
export async function updatePlan(
  tx: Writer,
  id: PlanId,
  version: number,
  plan: PlanInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'plan', id, version, planColumns(plan), stamp)
}

/** The JSON text of the office's settings. */
export async function findSettings(db: Reader): Promise<string | undefined> {
  const row = await db.selectFrom('setting').select('value_json').where('key', '=', 'office').executeTakeFirst()
  return row?.value_json
}

export async function saveSettings(tx: Writer, valueJson: string): Promise<void> {
  await putRow(tx, 'setting', { key: 'office' }, { value_json: valueJson })
}
