// The office's lists of codes in the database, and the open work that their codes stand in.
import * as z from 'zod'
import { type OfficeList, ListedCode } from '#core/codes/listed.ts'
import type { Instant } from '#core/dates.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'

const Codes = z.array(ListedCode)

/** The newest list of its kind; null when there is none. */
export async function codeListOf(db: Reader, of: string): Promise<OfficeList['codes'] | null> {
  return (await codeLists(db)).filter((one) => one.of === of).at(-1)?.codes ?? null
}

/** Every list, the oldest import first. */
export async function codeLists(db: Reader): Promise<OfficeList[]> {
  const rows = await db.selectFrom('code_list').select(['of', 'codes_json']).orderBy('recorded_at').execute()
  return rows.map(({ of, codes_json }) => ({ of, codes: Codes.parse(JSON.parse(codes_json)) }))
}

export async function addCodeList(
  tx: Writer,
  { id, of, codes, now }: OfficeList & { id: string; now: Instant },
): Promise<void> {
  await insertRow(tx, 'code_list', { id, of, codes_json: JSON.stringify(codes), version: 1, recorded_at: now })
}

/** Lines of open cases that report these codes on a day, done or planned. */
export async function openLinesOf(db: Reader, codes: readonly string[]) {
  if (codes.length === 0) return []
  const rows = await db
    .selectFrom('procedure_line as line')
    .innerJoin('case_file as one', 'one.id', 'line.case_id')
    .innerJoin('patient', 'patient.id', 'one.patient_id')
    .leftJoin('visit', 'visit.id', 'line.visit_id')
    .select(['line.case_id', 'line.code', 'patient.last_name', 'patient.first_name'])
    .select(({ fn }) => fn.coalesce('line.service_date', 'visit.done_on', 'visit.planned_on').as('on_day'))
    .where('one.state', '=', 'open')
    .where('line.code', 'in', codes)
    .execute()
  return rows.map((row) => ({
    caseId: row.case_id,
    patient: `${row.last_name}, ${row.first_name}`,
    code: row.code,
    on: row.on_day,
  }))
}
