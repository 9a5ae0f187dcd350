// What a row of the audit trail was about: the tooth of its case, and whose case it is.
import { type RawBuilder, sql } from 'kysely'
import type { CaseId, PatientId } from '#core/ids.ts'
import { siteName } from '#core/teeth.ts'
import type { Database } from '#db/schema.ts'
import type { Reader } from '#db/reader.ts'

/** Tables of what belongs to a case and is written down by its own id. */
const PARTS = [
  'attachment',
  'patient_payment',
  'settlement',
  'chart_note',
  'authorization',
  'claim',
  'remittance',
  'appeal',
  'packet',
  'task',
  'benefit_check',
] as const satisfies (keyof Database)[]
const inCases = PARTS.map((table) => `UNION ALL SELECT id, case_id FROM ${table}`).join(' ')
/** Every id of a case or of what belongs to it, with the case. */
const OF_CASES = sql.raw(`(SELECT id, id AS case_id FROM case_file ${inCases})`) as RawBuilder<{
  id: string
  case_id: CaseId
}>

/** The tooth or area of the case of each id, as on every list; what belongs to no case is left out. */
export async function sitesOf(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom(OF_CASES.as('part'))
    .innerJoin('case_file', 'case_file.id', 'part.case_id')
    .select(['part.id', 'tooth', 'area'])
    .where('part.id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, tooth, area }) => [id, siteName(tooth, area)]))
}

/** Commands on several cases or claims at once: their row names the first, and lists all of them. */
const OF_MANY = sql.raw("('worklist.assign', 'worklist.snooze', 'action.undo')")

/**
 * A row about this patient: their chart, what belongs to their cases, a claim file or payment with a claim of theirs, an
 * import that made or changed them, and a step on a list that they stood in.
 */
export function aboutPatient(id: PatientId): RawBuilder<boolean> {
  const cases = sql`(SELECT id FROM case_file WHERE patient_id = ${id})`
  const claims = sql`(SELECT id FROM claim WHERE case_id IN ${cases})`
  return sql<boolean>`(audit.patient_id = ${id}
    OR entity_id IN (
      SELECT ${id} UNION SELECT id FROM coverage WHERE patient_id = ${id}
      UNION SELECT part.id FROM ${OF_CASES} AS part WHERE part.case_id IN ${cases}
      UNION SELECT claim_file_id FROM claim_file_item WHERE claim_id IN ${claims}
      UNION SELECT id FROM era_claim WHERE claim_id IN ${claims}
      UNION SELECT era_payment_id FROM era_claim WHERE claim_id IN ${claims}
      UNION SELECT import_id FROM import_row WHERE entity_id = ${id} OR entity_id IN ${cases})
    OR (action IN ${OF_MANY}
      AND EXISTS (SELECT 1 FROM json_each(after_json, '$.caseIds') WHERE value IN ${cases})))`
}
