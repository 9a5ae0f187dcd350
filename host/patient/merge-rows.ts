// What belongs to a patient, moved to another one and back.
import { sql } from 'kysely'
import type { CaseId, CoverageId, PatientId } from '#core/ids.ts'
import type { PatientInput, PaymentOrder } from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { COVERED } from '#host/import/rows.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { found, type Stamp, updaterOf } from '#host/kernel/versioned.ts'

/** What a merge or a void took along, as it was before. */
export interface Moved {
  cases: CaseId[]
  coverages: { id: CoverageId; order: PaymentOrder }[]
  /** Rows that were billed to a plan both had. */
  pointed: { table: (typeof COVERED)[number]; rows: string[]; from: CoverageId; to: CoverageId }[]
  filled: Partial<PatientInput>
  /** Blank until the merge filled them. */
  before: Partial<PatientInput>
}
export const NOTHING_MOVED: Moved = { cases: [], coverages: [], pointed: [], filled: {}, before: {} }

export const setPatientState = updaterOf('patient')
export const updateCoverageRow = updaterOf('coverage')

export async function casesOfPatient(db: Reader, id: PatientId): Promise<{ id: CaseId; state: string }[]> {
  return db.selectFrom('case_file').select(['id', 'state']).where('patient_id', '=', id).orderBy('id').execute()
}

/** Hands cases to another patient, with the words that find them. */
export async function handCases(
  tx: Writer,
  ids: readonly CaseId[],
  to: PatientId,
  { user, now }: Stamp,
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('case_file')
    .set({ patient_id: to, version: sql`version + 1`, updated_by: user.id, updated_at: now })
    .where('id', 'in', ids)
    .execute()
  await tx.updateTable('search_term').set({ patient_id: to }).where('entity_id', 'in', ids).execute()
}

/** Bills what was billed to one coverage to the same plan of the other patient. @returns what was changed */
export async function pointCoverage(
  tx: Writer,
  table: (typeof COVERED)[number],
  { from, to, rows }: { from: CoverageId; to: CoverageId; rows?: readonly string[] },
): Promise<string[]> {
  const key = sql.ref(table === 'estimate' ? 'case_id' : 'id')
  const only = rows ? sql`AND ${key} IN (${sql.join([...rows])})` : sql``
  const { rows: changed } = await sql<{
    id: string
  }>`UPDATE ${sql.table(table)} SET coverage_id = ${to} WHERE coverage_id = ${from} ${only} RETURNING ${key} AS id`.execute(
    tx,
  )
  return changed.map(({ id }) => id)
}

/** Whether something of these patients’ cases is billed to a plan of somebody else. */
export async function isAstray(db: Reader, ids: readonly PatientId[]): Promise<boolean> {
  for (const table of COVERED) {
    const row = await db
      .selectFrom(table as 'claim')
      .innerJoin('case_file as c', 'c.id', table === 'case_file' ? ('case_file.id' as 'claim.case_id') : 'case_id')
      .innerJoin('coverage as v', 'v.id', `${table as 'claim'}.coverage_id`)
      .select('c.id')
      .where('c.patient_id', 'in', ids)
      .whereRef('v.patient_id', '!=', 'c.patient_id')
      .executeTakeFirst()
    if (row) return true
  }
  return false
}

export async function keepMoved(
  tx: Writer,
  { id, action, moved }: { id: string; action: string; moved: Moved },
  { user, now }: Stamp,
): Promise<void> {
  const row = { id, user_id: user.id, at: now, action, before_json: JSON.stringify(moved), used_at: null }
  await insertRow(tx, 'undo_entry', row)
}
/** What was taken along, once. @throws NOT_FOUND when it was given back already */
export async function takeMoved(tx: Writer, id: string, { now }: Stamp): Promise<Moved> {
  const row = await tx
    .updateTable('undo_entry')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('before_json')
    .executeTakeFirst()
  return JSON.parse(found(row, 'undo', id).before_json) as Moved
}
