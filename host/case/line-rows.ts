// The procedure lines of cases, planned and done.
import { Line, LineInput } from '#core/case/schema.ts'
import type { CaseId, LineId, PatientId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRows } from '#host/kernel/insert-rows.ts'
import { groupedQuery, setQuery } from '#host/kernel/set-query.ts'

/** Lines of all cases of the patients, each with its case and dentist. */
export const linesByPatient = groupedQuery(
  'patient_id',
  (db, ids: PatientId[]) =>
    db
      .selectFrom('procedure_line as l')
      .innerJoin('case_file as c', 'c.id', 'l.case_id')
      .selectAll('l')
      .select(['c.provider_id', 'c.patient_id', 'c.state as case_state'])
      .where('c.patient_id', 'in', ids)
      .orderBy('l.case_id')
      .orderBy('l.seq'),
  (row) => ({
    caseId: row.case_id,
    isVoided: row.case_state === 'voided',
    providerId: row.provider_id,
    line: recordOf(Line, row),
  }),
)
/** Replaces the lines of a case; its own ids that are given stay, so that claims keep their service. */
export async function replaceLines(
  tx: Writer,
  caseId: CaseId,
  before: readonly Pick<Line, 'id'>[],
  lines: readonly LineInput[],
  newId: () => LineId,
): Promise<void> {
  const present = new Set(before.map((line) => line.id))
  await tx.deleteFrom('procedure_line').where('case_id', '=', caseId).execute()
  await addLines(tx, caseId, lines, ({ id }) => (id && present.has(id) ? id : newId()))
}
/** The lines of a case that has none. */
export async function addLines(
  tx: Writer,
  caseId: CaseId,
  lines: readonly LineInput[],
  idOf: (line: LineInput) => LineId,
): Promise<void> {
  await insertRows(
    tx,
    'procedure_line',
    lines.map((line, index) => ({
      ...columnsOf(LineInput, line),
      id: idOf(line),
      case_id: caseId,
      seq: index + 1,
    })),
  )
}
/** The day of a line follows that of its visit. */
export async function setServiceDate(tx: Writer, id: LineId, serviceDate: string | null): Promise<void> {
  await tx.updateTable('procedure_line').set({ service_date: serviceDate }).where('id', '=', id).execute()
}

const feeRow = setQuery((db, [code]: string[]) =>
  db
    .selectFrom('procedure_line')
    .select('fee_cents')
    .where('code', '=', code!)
    .where('fee_cents', '>', 0)
    .orderBy('id', 'desc')
    .limit(1),
)
/** The fee last used for each code in this office. */
export async function lastFees(db: Reader, codes: ReadonlySet<string>): Promise<Map<string, number>> {
  const fees = new Map<string, number>()
  // One by one: each is a step along the index, while a list would walk all lines of its codes.
  for (const code of codes) for (const row of await feeRow(db, [code])) fees.set(code, row.fee_cents)
  return fees
}
