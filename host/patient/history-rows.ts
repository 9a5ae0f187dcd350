// The practice system's history of patients: read with their cases, written by imports.
import { sql } from 'kysely'
import type { PatientId } from '#core/ids.ts'
import { PastPlaced, PastProcedure } from '#core/past-procedure.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRows } from '#host/kernel/insert-rows.ts'
import { groupedQuery } from '#host/kernel/set-query.ts'
import { type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

/** A procedure on file, and whether the last list that held its patient had it. */
export interface PastOnFile extends PastProcedure {
  id: string
  version: number
  isListed: boolean
}

/** What stands under a patient who was merged counts for whom it was merged into. */
const holder = sql<PatientId>`coalesce(o.merged_into, o.id)`
/** By patients, the newest first. */
export const pastByPatient = groupedQuery(
  'holder_id',
  (db, ids: PatientId[]) =>
    db
      .selectFrom('past_procedure as p')
      .innerJoin('patient as o', 'o.id', 'p.patient_id')
      .selectAll('p')
      .select(holder.as('holder_id'))
      .where((where) => where.or([where('o.id', 'in', ids), where('o.merged_into', 'in', ids)]))
      .orderBy('p.service_date', 'desc')
      .orderBy('p.code'),
  (row): PastOnFile => ({
    ...recordOf(PastProcedure, row as never),
    id: row.id,
    version: row.version,
    isListed: row.listed === 1,
  }),
)

/** The history of the patient of a case `c`, as `readPast` takes it: read with the head of the case. */
export const pastOfCase = sql<string>`(SELECT json_group_array(json_object('code', p.code, 'tooth', p.tooth, 'area', p.area, 'state', p.state,
  'serviceDate', p.service_date)) FROM past_procedure p JOIN patient o ON o.id = p.patient_id WHERE o.id = c.patient_id OR o.merged_into = c.patient_id)`
/** The newest first. */
export const readPast = (json: string): PastPlaced[] =>
  PastPlaced.array()
    .parse(JSON.parse(json))
    .sort((a, b) => ((a.serviceDate ?? '') < (b.serviceDate ?? '') ? 1 : -1))

/** Everything on file, by which a list is held against it. */
export async function allPast(db: Reader): Promise<PastOnFile[]> {
  const rows = await db.selectFrom('past_procedure').selectAll().execute()
  return rows.map((row) => ({
    ...recordOf(PastProcedure, row as never),
    id: row.id,
    version: row.version,
    isListed: row.listed === 1,
  }))
}

/** Everybody, by whom a list of procedures may be about. */
export async function everybody(db: Reader) {
  const rows = await db
    .selectFrom('patient')
    .select(['id', 'external_id', 'last_name', 'first_name', 'birth_date', 'standing'])
    .execute()
  return rows.map((row) => ({
    id: row.id,
    externalId: row.external_id,
    lastName: row.last_name,
    firstName: row.first_name,
    birthDate: row.birth_date,
    standing: row.standing,
  }))
}

/** Whose procedures an import made. */
export async function patientsOfImport(db: Reader, importId: string): Promise<PatientId[]> {
  const rows = await db
    .selectFrom('import_row as r')
    .innerJoin('past_procedure as p', 'p.id', 'r.entity_id')
    .select('p.patient_id')
    .distinct()
    .where('r.import_id', '=', importId)
    .execute()
  return rows.map((row) => row.patient_id)
}

export async function addPast(
  tx: Writer,
  rows: readonly { id: string; procedure: PastProcedure }[],
  stamp: Stamp,
): Promise<void> {
  await insertRows(
    tx,
    'past_procedure',
    rows.map(({ id, procedure }) => ({ id, ...columnsOf(PastProcedure, procedure), listed: 1, ...stampOf(stamp) })),
  )
}

export async function setPast(
  tx: Writer,
  { id, version }: Pick<PastOnFile, 'id' | 'version'>,
  { isListed, ...procedure }: PastProcedure & Pick<PastOnFile, 'isListed'>,
  stamp: Stamp,
): Promise<void> {
  const columns = { ...columnsOf(PastProcedure, procedure), listed: isListed ? 1 : 0 }
  await updateVersioned(tx, 'past_procedure', id, version, columns, stamp)
}

/** Open cases of these patients, and of those who were merged into them. */
export async function openCasesOf(db: Reader, ids: readonly PatientId[]) {
  const found = []
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500)
    const rows = await db
      .selectFrom('case_file as c')
      .innerJoin('patient as o', 'o.id', 'c.patient_id')
      .select('c.id')
      .where('c.state', '=', 'open')
      .where((where) =>
        where.or([
          where('o.id', 'in', some),
          where('o.id', 'in', where.selectFrom('patient').select('merged_into').where('id', 'in', some) as never),
        ]),
      )
      .execute()
    for (const { id } of rows) found.push(id)
  }
  return found
}
