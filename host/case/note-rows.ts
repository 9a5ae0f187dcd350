// Dated chart notes, answers to checklist items, and the narrative of a case.
import type { Selectable } from 'kysely'
import type { ChartNote, ChartNoteInput } from '#core/case/schema.ts'
import type { CaseId, NoteId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import type { ChartNoteTable } from '#db/tables/case.ts'
import { groupedQuery } from '#host/kernel/set-query.ts'
import { found, type Stamp, stampOf, updateVersioned, recordedBy } from '#host/kernel/versioned.ts'

function toNote(row: Selectable<ChartNoteTable>): ChartNote {
  return {
    id: row.id,
    notedOn: row.noted_on,
    author: row.author,
    visitId: row.visit_id,
    text: row.body,
    itemKeys: JSON.parse(row.item_keys_json) as string[],
    version: row.version,
  }
}
const columns = (note: ChartNoteInput) => ({
  visit_id: note.visitId,
  noted_on: note.notedOn,
  author: note.author,
  body: note.text,
  item_keys_json: JSON.stringify(note.itemKeys),
})

/** Notes of the cases by date; removed ones are left out. */
export const notesByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) =>
    db
      .selectFrom('chart_note')
      .selectAll()
      .where('case_id', 'in', ids)
      .where('removed_at', 'is', null)
      .orderBy('noted_on')
      .orderBy('id'),
  toNote,
)
/** A note with its case, also a removed one. @throws NOT_FOUND */
export async function getNote(db: Reader, id: NoteId): Promise<ChartNote & { caseId: CaseId }> {
  const row = found(await db.selectFrom('chart_note').selectAll().where('id', '=', id).executeTakeFirst(), 'note', id)
  return { ...toNote(row), caseId: row.case_id }
}
export async function addNote(
  tx: Writer,
  id: NoteId,
  caseId: CaseId,
  note: ChartNoteInput,
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'chart_note', { id, case_id: caseId, ...columns(note), removed_at: null, ...stampOf(stamp) })
}
export async function updateNote(
  tx: Writer,
  id: NoteId,
  version: number,
  note: ChartNoteInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'chart_note', id, version, columns(note), stamp)
}
/** Takes the note off the case; its text stays for the trail. */
export async function removeNote(tx: Writer, id: NoteId, stamp: Stamp): Promise<void> {
  await updateVersioned(tx, 'chart_note', id, null, { removed_at: stamp.now }, stamp)
}

export const answersByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) =>
    db
      .selectFrom('item_answer')
      .leftJoin('app_user', 'app_user.id', 'recorded_by')
      .select(['case_id', 'item_key', 'state', 'note', 'recorded_at', 'app_user.name'])
      .where('case_id', 'in', ids),
  (row) => ({ key: row.item_key, state: row.state, note: row.note, user: row.name ?? '', at: row.recorded_at }),
)
/** Keeps one answer per item; null takes it back. */
export async function setItemAnswer(
  tx: Writer,
  caseId: CaseId,
  key: string,
  answer: { state: 'done' | 'waived'; note: string } | null,
  stamp: Stamp,
): Promise<void> {
  await tx.deleteFrom('item_answer').where('case_id', '=', caseId).where('item_key', '=', key).execute()
  if (answer === null) return
  await insertRow(tx, 'item_answer', {
    case_id: caseId,
    item_key: key,
    ...answer,
    ...recordedBy(stamp),
  })
}

/** Saves the text in the version the person saw; version 0 means none was saved yet. @returns the new version */
export async function saveNarrative(
  tx: Writer,
  caseId: CaseId,
  version: number,
  text: string,
  stamp: Stamp,
): Promise<number> {
  if (version === 0) {
    const added = await tx
      .insertInto('narrative')
      .values({ case_id: caseId, body: text, ...stampOf(stamp) })
      .onConflict((conflict) => conflict.column('case_id').doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 1n) return 1
  }
  await updateVersioned(tx, 'narrative', caseId, version, { body: text }, stamp, 'case_id')
  return version + 1
}
