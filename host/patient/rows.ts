// Patients and their coverages.
import type { Selectable } from 'kysely'
import type { CoverageOnFile } from '#core/case/contents.ts'
import type { IsoDate } from '#core/dates.ts'
import type { CoverageId, PatientId } from '#core/ids.ts'
import {
  type Coverage,
  type CoverageInput,
  LIKENESS,
  type Likeness,
  likenessOf,
  nameKey,
  Patient,
  PatientInput,
  PLAN_ORDERS,
  sortNameOf,
} from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { CoverageTable, PatientTable } from '#db/tables/office.ts'
import { addressOf, type KnownPlan, plansById } from '#host/office/rows.ts'
import { findEntities, indexTerms, presentTerms } from './search-rows.ts'
import { birthTerms, phoneTerms, queryTerms, termsOf } from '#core/search-terms.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { pageOf } from '#host/kernel/paging.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { groupBy, setQuery } from '#host/kernel/set-query.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

const PatientColumns = PatientInput.omit({ address: true })
const columns = (id: PatientId, patient: PatientInput) => ({
  ...columnsOf(PatientColumns, patient),
  ...patient.address,
  sort_name: sortNameOf({ id, ...patient }),
})
const PatientRow = Patient.omit({ address: true })
export const toPatient = (row: Selectable<PatientTable>): Patient => ({
  ...recordOf(PatientRow, row),
  address: addressOf(row),
})

const patientRows = setQuery((db, ids: PatientId[]) => db.selectFrom('patient').selectAll().where('id', 'in', ids))
export async function patientsById(db: Reader, ids: readonly PatientId[]): Promise<Map<PatientId, Patient>> {
  return new Map((await patientRows(db, ids)).map((row) => [row.id, toPatient(row)]))
}
/** @throws NOT_FOUND */
export async function getPatient(db: Reader, id: PatientId): Promise<Patient> {
  return found((await patientsById(db, [id])).get(id), 'patient', id)
}
/** A patient whom nothing finds yet: `indexPatients` has to follow. */
export async function addPatientRow(tx: Writer, id: PatientId, patient: PatientInput, stamp: Stamp): Promise<void> {
  await insertRow(tx, 'patient', { id, ...columns(id, patient), ...stampOf(stamp) })
}
export async function addPatient(tx: Writer, id: PatientId, patient: PatientInput, stamp: Stamp): Promise<void> {
  await addPatientRow(tx, id, patient, stamp)
  await indexTerms(tx, [{ kind: 'patient', entityId: id, patientId: id, present: [], terms: wordsOf(patient, []) }])
}
export async function updatePatient(
  tx: Writer,
  id: PatientId,
  version: number,
  patient: PatientInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'patient', id, version, columns(id, patient), stamp)
  await indexPatients(tx, [id])
}

/** The words by which a patient is found. */
const wordsOf = (patient: PatientInput, memberIds: readonly string[]) => [
  ...new Set([
    ...termsOf(patient.lastName, patient.firstName, patient.externalId, ...memberIds),
    ...birthTerms(patient.birthDate),
    ...phoneTerms(patient.phone),
    ...phoneTerms(patient.mobile),
  ]),
]
const memberRows = setQuery((db, ids: PatientId[]) =>
  db.selectFrom('coverage').select(['patient_id', 'member_id']).where('patient_id', 'in', ids).where('removed', '=', 0),
)
const standingRows = setQuery((db, ids: PatientId[]) =>
  db
    .selectFrom('patient')
    .select(['id', 'standing', 'void_reason as voidReason', 'merged_into as mergedInto', 'undo_id as undoId'])
    .where('id', 'in', ids),
)
/** Whether a patient is on file, voided or merged. @throws NOT_FOUND */
export async function standingOf(db: Reader, id: PatientId) {
  return found((await standingRows(db, [id]))[0], 'patient', id)
}
/** @throws REFUSED for somebody voided or merged: nothing new is entered there */
export async function checkActive(db: Reader, id: PatientId): Promise<void> {
  const { standing } = await standingOf(db, id)
  if (standing !== 'active') refuse([`This patient was ${standing}. Undo that first.`])
}
/** Patients whose entries were merged into this one. */
export async function mergedInto(db: Reader, id: PatientId): Promise<Patient[]> {
  const rows = await db.selectFrom('patient').selectAll().where('merged_into', '=', id).orderBy('sort_name').execute()
  return rows.map(toPatient)
}

/** Rewrites the words by which the patients are found; who is voided or merged is found by nothing. */
export async function indexPatients(tx: Writer, ids: readonly PatientId[]): Promise<void> {
  const patients = await patientsById(tx, ids)
  const members = groupBy(ids, await memberRows(tx, ids), 'patient_id', (row) => row.member_id)
  const present = await presentTerms(tx, ids)
  const active = new Set((await standingRows(tx, [...ids])).flatMap((row) => (row.standing === 'active' ? row.id : [])))
  await indexTerms(
    tx,
    ids.map((id) => {
      const patient = found(patients.get(id), 'patient', id)
      const terms = active.has(id) ? wordsOf(patient, members.get(id)!) : []
      return { kind: 'patient', entityId: id, patientId: id, present: present.get(id) ?? [], terms }
    }),
  )
}

/** One page in name order, `after` the given sort name: those on file, or those voided and merged. */
export async function pagePatients(
  db: Reader,
  input: { standing: 'active' | 'gone'; ids: readonly string[] | null; after: string | null; limit: number },
) {
  let query = db
    .selectFrom('patient')
    .selectAll()
    .where('standing', input.standing === 'active' ? '=' : '!=', 'active')
    .orderBy('sort_name')
    .limit(input.limit + 1)
  if (input.ids) query = query.where('id', 'in', input.ids.length > 0 ? (input.ids as PatientId[]) : ['' as PatientId])
  if (input.after !== null) query = query.where('sort_name', '>', input.after)
  return pageOf(await query.execute(), input.limit, (last) => last.sort_name)
}

const openRows = setQuery((db, ids: PatientId[]) =>
  db
    .selectFrom('case_file')
    .select(({ fn }) => ['patient_id', fn.countAll<number>().as('n')])
    .where('patient_id', 'in', ids)
    .where('state', '=', 'open')
    .groupBy('patient_id'),
)
const payingRows = setQuery((db, ids: PatientId[]) =>
  db
    .selectFrom('coverage')
    // Left joins keep SQLite from starting with the payers, which lead to every coverage.
    .leftJoin('plan', 'plan.id', 'coverage.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .select(['patient_id', 'payer.name'])
    .where('patient_id', 'in', ids)
    .where('removed', '=', 0)
    .where('ordinal', '=', 'primary')
    // The last one counts: a plan that ended gives way to the one that took its place.
    .orderBy('valid_to', (order) => order.asc().nullsLast()),
)
/** What a list says of each patient: open cases, and who pays first. */
export async function glanceAt(
  db: Reader,
  ids: readonly PatientId[],
): Promise<Map<PatientId, { openCases: number; payerName: string | null }>> {
  const open = new Map((await openRows(db, ids)).map((row) => [row.patient_id, row.n]))
  const payers = new Map((await payingRows(db, ids)).map((row) => [row.patient_id, row.name]))
  return new Map(ids.map((id) => [id, { openCases: open.get(id) ?? 0, payerName: payers.get(id) ?? null }]))
}

/** Who is voided or merged and carries all these words; nothing else finds them. */
export async function findGone(db: Reader, text: string): Promise<PatientId[]> {
  let query = db.selectFrom('patient').select('id').where('standing', '!=', 'active').limit(200)
  for (const term of queryTerms(text)) query = query.where('sort_name', 'like', `%${term}%`)
  return (await query.execute()).map((row) => row.id)
}

/** Patients in the file. */
export async function countPatients(db: Reader): Promise<number> {
  const row = await db.selectFrom('tally').select('n').where('what', '=', 'patient').executeTakeFirst()
  return row?.n ?? 0
}

/** Somebody else of the same name, by its letters, and the same birth date. */
export async function findTwin(
  db: Reader,
  patient: Pick<PatientInput, 'lastName' | 'firstName' | 'birthDate'>,
  except: PatientId | null,
): Promise<PatientId | undefined> {
  const rows = await db
    .selectFrom('patient')
    .select(['id', 'last_name as lastName', 'first_name as firstName'])
    .where('birth_date', '=', patient.birthDate)
    .where('standing', '=', 'active')
    .execute()
  return rows.find((row) => row.id !== except && nameKey(row) === nameKey(patient))?.id
}

/** Who on file may be the person typed, the likeliest first. */
export async function listSimilar(
  db: Reader,
  typed: Pick<PatientInput, 'lastName' | 'firstName' | 'phone' | 'mobile'> & { birthDate: IsoDate | null },
): Promise<(Patient & { likeness: Likeness })[]> {
  const born = await db
    .selectFrom('patient')
    .select('id')
    .where('birth_date', '=', typed.birthDate ?? '')
    .limit(50)
    .execute()
  const named = await findEntities(db, termsOf(typed.lastName, typed.firstName), 20, 'patient', false)
  const reached = []
  for (const phone of [typed.phone, typed.mobile])
    reached.push(...(await findEntities(db, phoneTerms(phone).slice(0, 1), 20, 'patient', false)))
  const ids = [...born.map(({ id }) => id), ...[...named, ...reached].map(({ patientId }) => patientId)]
  return (await patientRows(db, [...new Set(ids)]))
    .filter((row) => row.standing === 'active')
    .map(toPatient)
    .flatMap((known) => {
      const likeness = likenessOf(typed, known)
      return likeness ? { ...known, likeness } : []
    })
    .sort((a, b) => LIKENESS.indexOf(a.likeness) - LIKENESS.indexOf(b.likeness))
    .slice(0, 5)
}

export const subscriberColumns = ({
  lastName,
  firstName,
  birthDate,
  gender,
  employer,
  address,
}: CoverageInput['subscriber']) => ({
  subscriber_last_name: lastName,
  subscriber_first_name: firstName,
  subscriber_birth_date: birthDate,
  subscriber_gender: gender,
  subscriber_employer: employer,
  ...address,
})
const coverageColumns = (coverage: CoverageInput) => ({
  patient_id: coverage.patientId,
  plan_id: coverage.planId,
  ordinal: coverage.order,
  member_id: coverage.memberId,
  relation: coverage.relation,
  ...subscriberColumns(coverage.subscriber),
  valid_from: coverage.validFrom,
  valid_to: coverage.validTo,
})

const coverageRows = setQuery((db, ids: PatientId[]) =>
  db.selectFrom('coverage').selectAll().where('patient_id', 'in', ids),
)
/** All coverages of the patients with their plan and payer, who pays first at the top; removed ones are marked. */
export async function coveragesByPatient(
  db: Reader,
  ids: readonly PatientId[],
): Promise<Map<PatientId, CoverageOnFile[]>> {
  const rows = await coverageRows(db, ids)
  const plans = await plansById(db, [...new Set(rows.map((row) => row.plan_id))])
  const coverages = groupBy(ids, rows, 'patient_id', (row) => toCoverage(row, plans.get(row.plan_id)!))
  const placeOf = ({ coverage }: CoverageOnFile) => PLAN_ORDERS.indexOf(coverage.order)
  // Of two in one place the one that ended stands behind.
  const endOf = ({ coverage }: CoverageOnFile) => coverage.validTo ?? '9999'
  for (const own of coverages.values()) own.sort((a, b) => placeOf(a) - placeOf(b) || endOf(b).localeCompare(endOf(a)))
  return coverages
}
function toCoverage(row: Selectable<CoverageTable>, { plan, payer }: KnownPlan): CoverageOnFile {
  return {
    isRemoved: row.removed === 1,
    plan,
    payer,
    coverage: {
      id: row.id,
      version: row.version,
      patientId: row.patient_id,
      planId: row.plan_id,
      order: row.ordinal,
      memberId: row.member_id,
      relation: row.relation,
      subscriber: {
        lastName: row.subscriber_last_name,
        firstName: row.subscriber_first_name,
        birthDate: row.subscriber_birth_date,
        gender: row.subscriber_gender,
        employer: row.subscriber_employer,
        address: addressOf(row),
      },
      validFrom: row.valid_from,
      validTo: row.valid_to,
      payerId: payer.id,
      payerName: payer.name,
      planName: plan.name,
      groupNumber: plan.groupNumber,
    },
  }
}
/** A coverage, also a removed one. @throws NOT_FOUND */
export async function coverageById(db: Reader, id: CoverageId): Promise<Coverage> {
  const row = await db.selectFrom('coverage').selectAll().where('id', '=', id).executeTakeFirst()
  const { plan_id: planId } = found(row, 'coverage', id)
  return toCoverage(row!, (await plansById(db, [planId])).get(planId)!).coverage
}
/** Coverages of a patient that hold, primary first. */
export async function holdingCoverages(db: Reader, patientId: PatientId): Promise<Coverage[]> {
  const all = (await coveragesByPatient(db, [patientId])).get(patientId)!
  return all.filter((one) => !one.isRemoved).map((one) => one.coverage)
}
/** A coverage whose member ID does not find its patient yet: `indexPatients` has to follow. */
export async function addCoverageRow(tx: Writer, id: CoverageId, coverage: CoverageInput, stamp: Stamp): Promise<void> {
  await insertRow(tx, 'coverage', { id, ...coverageColumns(coverage), removed: 0, ...stampOf(stamp) })
}
export async function addCoverage(tx: Writer, id: CoverageId, coverage: CoverageInput, stamp: Stamp): Promise<void> {
  await addCoverageRow(tx, id, coverage, stamp)
  await indexPatients(tx, [coverage.patientId])
}
export async function updateCoverage(
  tx: Writer,
  id: CoverageId,
  version: number,
  coverage: CoverageInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'coverage', id, version, coverageColumns(coverage), stamp)
  await indexPatients(tx, [coverage.patientId])
}
/** Primary, secondary and so on, as the coverages are given. */
export async function setPlanOrder(
  tx: Writer,
  coverages: readonly Pick<Coverage, 'id' | 'version'>[],
  stamp: Stamp,
): Promise<void> {
  for (const [at, { id, version }] of coverages.entries())
    await updateVersioned(tx, 'coverage', id, version, { ordinal: PLAN_ORDERS[at]! }, stamp)
}
/** Takes a coverage off the patient; cases that were billed to it keep it. */
export async function removeCoverage(
  tx: Writer,
  coverage: Pick<Coverage, 'id' | 'patientId'>,
  version: number,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'coverage', coverage.id, version, { removed: 1 }, stamp)
  await indexPatients(tx, [coverage.patientId])
}
