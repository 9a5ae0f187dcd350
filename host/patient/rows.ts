// Patients and their coverages.
import type { Selectable } from 'kysely'
import type { CoverageId, PatientId } from '#core/ids.ts'
import {
  type Coverage,
  type CoverageInput,
  nameKey,
  type Patient,
  type PatientInput,
  PLAN_ORDERS,
} from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { PatientTable } from '#db/tables/office.ts'
import { addressOf } from '#host/office/rows.ts'
import { birthTerms, indexTerms, termsOf } from './search-rows.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

type Db = Reader | Writer

const columns = (id: PatientId, patient: PatientInput) => ({
  last_name: patient.lastName,
  first_name: patient.firstName,
  birth_date: patient.birthDate,
  gender: patient.gender,
  ...patient.address,
  phone: patient.phone,
  guarantor: patient.guarantor,
  external_id: patient.externalId,
  note: patient.note,
  sort_name: `${patient.lastName}, ${patient.firstName} ${id}`.toLowerCase(),
})
export function toPatient(row: Selectable<PatientTable>): Patient {
  return {
    id: row.id,
    version: row.version,
    lastName: row.last_name,
    firstName: row.first_name,
    birthDate: row.birth_date,
    gender: row.gender,
    address: addressOf(row),
    phone: row.phone,
    guarantor: row.guarantor,
    externalId: row.external_id,
    note: row.note,
  }
}

export async function getPatient(db: Db, id: PatientId): Promise<Patient> {
  return toPatient(
    found(await db.selectFrom('patient').selectAll().where('id', '=', id).executeTakeFirst(), 'patient', id),
  )
}
export async function addPatient(tx: Writer, id: PatientId, patient: PatientInput, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('patient')
    .values({ id, ...columns(id, patient), ...stampOf(stamp) })
    .execute()
  await indexPatient(tx, id)
}
export async function updatePatient(
  tx: Writer,
  id: PatientId,
  version: number,
  patient: PatientInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'patient', id, version, columns(id, patient), stamp)
  await indexPatient(tx, id)
}

/** Rewrites the words by which the patient is found. */
export async function indexPatient(tx: Writer, id: PatientId): Promise<void> {
  const patient = await getPatient(tx, id)
  const members = await tx
    .selectFrom('coverage')
    .select('member_id')
    .where('patient_id', '=', id)
    .where('removed', '=', 0)
    .execute()
  const terms = [
    ...termsOf(patient.lastName, patient.firstName, patient.externalId, ...members.map((row) => row.member_id)),
    ...birthTerms(patient.birthDate),
  ]
  await indexTerms(tx, 'patient', id, id, [...new Set(terms)])
}

/** One page in name order, `after` the given sort name. */
export async function pagePatients(
  db: Db,
  input: { ids: readonly string[] | null; after: string | null; limit: number },
) {
  let query = db
    .selectFrom('patient')
    .selectAll()
    .orderBy('sort_name')
    .limit(input.limit + 1)
  if (input.ids) query = query.where('id', 'in', input.ids.length > 0 ? (input.ids as PatientId[]) : ['' as PatientId])
  if (input.after !== null) query = query.where('sort_name', '>', input.after)
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  return { rows: page, next: rows.length > input.limit ? (page.at(-1)?.sort_name ?? null) : null }
}

/** Patients in the file. */
export async function countPatients(db: Db): Promise<number> {
  const row = await db.selectFrom('tally').select('n').where('what', '=', 'patient').executeTakeFirst()
  return row?.n ?? 0
}

/** Somebody else of the same name, by its letters, and the same birth date. */
export async function findTwin(
  db: Db,
  patient: Pick<PatientInput, 'lastName' | 'firstName' | 'birthDate'>,
  except: PatientId | null,
): Promise<PatientId | undefined> {
  const rows = await db
    .selectFrom('patient')
    .select(['id', 'last_name as lastName', 'first_name as firstName'])
    .where('birth_date', '=', patient.birthDate)
    .execute()
  return rows.find((row) => row.id !== except && nameKey(row) === nameKey(patient))?.id
}

/** Same birth date and a last or first name that begins alike. */
export async function listSimilar(
  db: Db,
  name: { lastName: string; firstName: string; birthDate: string },
): Promise<Patient[]> {
  const rows = await db.selectFrom('patient').selectAll().where('birth_date', '=', name.birthDate).limit(50).execute()
  const start = (text: string) => text.trim().toLowerCase().slice(0, 3)
  return rows
    .map(toPatient)
    .filter((row) => start(row.lastName) === start(name.lastName) || start(row.firstName) === start(name.firstName))
}

const coverageColumns = (coverage: CoverageInput) => ({
  patient_id: coverage.patientId,
  plan_id: coverage.planId,
  ordinal: coverage.order,
  member_id: coverage.memberId,
  relation: coverage.relation,
  subscriber_last_name: coverage.subscriber.lastName,
  subscriber_first_name: coverage.subscriber.firstName,
  subscriber_birth_date: coverage.subscriber.birthDate,
  subscriber_gender: coverage.subscriber.gender,
  subscriber_employer: coverage.subscriber.employer,
  ...coverage.subscriber.address,
  valid_from: coverage.validFrom,
  valid_to: coverage.validTo,
})

/** Coverages of a patient, primary first; removed ones only by id. */
export async function listCoverages(db: Db, where: { patientId: PatientId } | { id: CoverageId }): Promise<Coverage[]> {
  let query = db
    .selectFrom('coverage')
    .innerJoin('plan', 'plan.id', 'coverage.plan_id')
    .innerJoin('payer', 'payer.id', 'plan.payer_id')
    .selectAll('coverage')
    .select([
      'payer.id as payerId',
      'payer.name as payerName',
      'plan.name as planName',
      'plan.group_number as groupNumber',
    ])
  query =
    'id' in where
      ? query.where('coverage.id', '=', where.id)
      : query.where('coverage.patient_id', '=', where.patientId).where('coverage.removed', '=', 0)
  return (await query.execute())
    .map((row) => ({
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
      payerId: row.payerId,
      payerName: row.payerName,
      planName: row.planName,
      groupNumber: row.groupNumber,
    }))
    .sort((a, b) => PLAN_ORDERS.indexOf(a.order) - PLAN_ORDERS.indexOf(b.order))
}
export async function addCoverage(tx: Writer, id: CoverageId, coverage: CoverageInput, stamp: Stamp): Promise<void> {
  await tx
    .insertInto('coverage')
    .values({ id, ...coverageColumns(coverage), removed: 0, ...stampOf(stamp) })
    .execute()
  await indexPatient(tx, coverage.patientId)
}
export async function updateCoverage(
  tx: Writer,
  id: CoverageId,
  version: number,
  coverage: CoverageInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'coverage', id, version, coverageColumns(coverage), stamp)
  await indexPatient(tx, coverage.patientId)
}
/** Takes a coverage off the patient; cases that were billed to it keep it. */
export async function removeCoverage(
  tx: Writer,
  coverage: Pick<Coverage, 'id' | 'patientId'>,
  version: number,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'coverage', coverage.id, version, { removed: 1 }, stamp)
  await indexPatient(tx, coverage.patientId)
}
