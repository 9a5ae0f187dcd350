// What list actions changed, as it was before; each can be taken back once by whoever did it.
import type { CaseId, UserId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { found, type Stamp } from '#host/kernel/versioned.ts'

export interface UndoneCase {
  caseId: CaseId
  /** Of the case after the action; another one now means that something changed since. */
  version: number
  before: {
    assignee_id: UserId | null
    snoozed_until: string | null
    snoozed_on: string | null
    snooze_reason: string
  }
}

export async function addUndo(
  tx: Writer,
  entry: { id: string; action: string; cases: readonly UndoneCase[] },
  { user, now }: Stamp,
): Promise<void> {
  await insertRow(tx, 'undo_entry', {
    id: entry.id,
    user_id: user.id,
    at: now,
    action: entry.action,
    before_json: JSON.stringify(entry.cases),
    used_at: null,
  })
}

/** Hands out what was before and marks it used. @throws NOT_FOUND for another person's, or a used one */
export async function takeUndo(
  tx: Writer,
  id: string,
  { user, now }: Stamp,
): Promise<{ action: string; cases: UndoneCase[] }> {
  const row = found(
    await tx
      .selectFrom('undo_entry')
      .selectAll()
      .where('id', '=', id)
      .where('user_id', '=', user.id)
      .where('used_at', 'is', null)
      .executeTakeFirst(),
    'undo',
    id,
  )
  await tx.updateTable('undo_entry').set({ used_at: now }).where('id', '=', id).execute()
  return { action: row.action, cases: JSON.parse(row.before_json) as UndoneCase[] }
}

/** The name of somebody who works at the office. */
export async function findPersonName(db: Reader, id: UserId): Promise<string | undefined> {
  const row = await db
    .selectFrom('app_user')
    .select('name')
    .where('id', '=', id)
    .where('active', '=', 1)
    .executeTakeFirst()
  return row?.name
}
