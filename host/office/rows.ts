// Office, providers, payers and plans: rows to the shapes of the contract and back.
import type { Selectable } from 'kysely'
import type { Address, OfficeInput, Provider, ProviderInput } from '#core/office.ts'
import type { KnownPayer } from '#core/case/contents.ts'
import type { PayerId, PlanId, ProviderId } from '#core/ids.ts'
import type { Payer, PayerInput, Plan, PlanInput } from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { PayerTable, ProviderTable } from '#db/tables/office.ts'
import { setQuery } from '#host/kernel/set-query.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

type Db = Reader | Writer

/** The four address columns of a row as an address. */
export function addressOf(row: Address): Address {
  return { street: row.street, city: row.city, state: row.state, zip: row.zip }
}

export async function getOffice(db: Db): Promise<OfficeInput & { version: number }> {
  const row = found(await db.selectFrom('office').selectAll().executeTakeFirst(), 'office', '1')
  return {
    name: row.name,
    address: addressOf(row),
    phone: row.phone,
    npi: row.npi,
    taxId: row.tax_id,
    version: row.version,
  }
}

export async function updateOffice(tx: Writer, version: number, office: OfficeInput, stamp: Stamp): Promise<void> {
  await updateVersioned(
    tx,
    'office',
    1,
    version,
    { name: office.name, ...office.address, phone: office.phone, npi: office.npi, tax_id: office.taxId },
    stamp,
  )
}

const providerColumns = (provider: ProviderInput) => ({
  first_name: provider.firstName,
  last_name: provider.lastName,
  npi: provider.npi,
  license: provider.license,
  taxonomy: provider.taxonomy,
})
function toProvider(row: Selectable<ProviderTable>): Provider {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    npi: row.npi,
    license: row.license,
    taxonomy: row.taxonomy,
    active: row.active === 1,
    version: row.version,
  }
}

export async function listProviders(db: Db): Promise<Provider[]> {
  return (await db.selectFrom('provider').selectAll().orderBy('last_name').orderBy('first_name').execute()).map(
    toProvider,
  )
}
const providerRows = setQuery((db, ids: ProviderId[]) => db.selectFrom('provider').selectAll().where('id', 'in', ids))
export async function providersById(db: Db, ids: readonly ProviderId[]): Promise<Map<ProviderId, Provider>> {
  return new Map((await providerRows(db, ids)).map((row) => [row.id, toProvider(row)]))
}
export async function addProvider(tx: Writer, id: ProviderId, provider: ProviderInput, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('provider')
    .values({ id, ...providerColumns(provider), active: 1, ...stampOf(stamp) })
    .execute()
}
export async function updateProvider(
  tx: Writer,
  id: ProviderId,
  version: number,
  provider: ProviderInput,
  active: boolean,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'provider', id, version, { ...providerColumns(provider), active: active ? 1 : 0 }, stamp)
}

const payerColumns = (payer: PayerInput) => ({
  name: payer.name,
  payer_code: payer.payerCode,
  kind: payer.kind,
  ...payer.address,
  phone: payer.phone,
  portal: payer.portal,
  rules_key: payer.rulesKey,
  usual_answer_days: payer.usualAnswerDays,
  appeal_days: payer.appealDays,
  timely_filing_days: payer.timelyFilingDays,
  reporting_mode: payer.reportingMode,
  source: payer.source,
})
function toPayer(row: Selectable<PayerTable>): Payer {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    payerCode: row.payer_code,
    kind: row.kind,
    address: addressOf(row),
    phone: row.phone,
    portal: row.portal,
    rulesKey: row.rules_key,
    usualAnswerDays: row.usual_answer_days,
    appealDays: row.appeal_days,
    timelyFilingDays: row.timely_filing_days,
    reportingMode: row.reporting_mode,
    source: row.source,
  }
}

/** Payers by name; `text` filters by a part of the name or the payer id. */
export async function listPayers(db: Db, text: string): Promise<Payer[]> {
  const rows = await db.selectFrom('payer').selectAll().orderBy('name').execute()
  const needle = text.trim().toLowerCase()
  return rows
    .map(toPayer)
    .filter(
      (payer) =>
        needle === '' || payer.name.toLowerCase().includes(needle) || payer.payerCode.toLowerCase().startsWith(needle),
    )
}
export async function findPayer(db: Db, id: PayerId): Promise<Payer | undefined> {
  const row = await db.selectFrom('payer').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toPayer(row)
}
export async function addPayer(tx: Writer, id: PayerId, payer: PayerInput, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('payer')
    .values({ id, ...payerColumns(payer), ...stampOf(stamp) })
    .execute()
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

const planColumns = (plan: PlanInput) => ({
  payer_id: plan.payerId,
  name: plan.name,
  group_number: plan.groupNumber,
  network: plan.network,
  annual_max_cents: plan.annualMaxCents,
  deductible_cents: plan.deductibleCents,
  endo_percent: plan.endoPercent,
})
const planRow = (db: Reader) =>
  db
    .selectFrom('plan')
    .innerJoin('payer', 'payer.id', 'plan.payer_id')
    .selectAll('payer')
    .select(['plan.id as planId', 'plan.name as planName', 'plan.version as planVersion', 'plan.group_number'])
    .select(['plan.network', 'plan.annual_max_cents', 'plan.deductible_cents', 'plan.endo_percent'])
/** A plan with the payer behind it. */
export interface KnownPlan {
  plan: Plan
  payer: KnownPayer
}
const toKnownPlan = (row: Awaited<ReturnType<ReturnType<typeof planRow>['execute']>>[number]): KnownPlan => ({
  payer: { ...toPayer(row), ownAnswerDays: row.own_answer_days, ownAnswers: row.own_answers },
  plan: {
    id: row.planId,
    version: row.planVersion,
    payerId: row.id,
    payerName: row.name,
    name: row.planName,
    groupNumber: row.group_number,
    network: row.network,
    annualMaxCents: row.annual_max_cents,
    deductibleCents: row.deductible_cents,
    endoPercent: row.endo_percent,
  },
})
const plansWithPayer = setQuery((db, ids: PlanId[]) => planRow(db).where('plan.id', 'in', ids))
export async function plansById(db: Db, ids: readonly PlanId[]): Promise<Map<PlanId, KnownPlan>> {
  return new Map((await plansWithPayer(db, ids)).map((row) => [row.planId, toKnownPlan(row)]))
}
export async function listPlans(db: Db, payerId: PayerId | null): Promise<Plan[]> {
  let query = planRow(db).orderBy('payer.name').orderBy('plan.name')
  if (payerId) query = query.where('plan.payer_id', '=', payerId)
  return (await query.execute()).map((row) => toKnownPlan(row).plan)
}
export async function addPlan(tx: Writer, id: PlanId, plan: PlanInput, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('plan')
    .values({ id, ...planColumns(plan), ...stampOf(stamp) })
    .execute()
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
export async function findSettings(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('setting').select('value_json').where('key', '=', 'office').executeTakeFirst()
  return row?.value_json
}

export async function saveSettings(tx: Writer, valueJson: string): Promise<void> {
  await tx
    .insertInto('setting')
    .values({ key: 'office', value_json: valueJson })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value_json: valueJson }))
    .execute()
}
