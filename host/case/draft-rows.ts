// Unsaved input of people, each in its scope.
import type { UserId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { putRow } from '#host/kernel/insert-rows.ts'

export async function saveDraft(
  tx: Writer,
  draft: { userId: UserId; scope: string; valueJson: string; now: string },
): Promise<void> {
  const value = { value_json: draft.valueJson, updated_at: draft.now }
  await putRow(tx, 'draft', { user_id: draft.userId, scope: draft.scope }, value)
}

/** The JSON text of a draft. */
export async function findDraft(db: Reader, userId: UserId, scope: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('draft')
    .select('value_json')
    .where('user_id', '=', userId)
    .where('scope', '=', scope)
    .executeTakeFirst()
  return row?.value_json
}

export async function dropDraft(tx: Writer, userId: UserId, scope: string): Promise<void> {
  await tx.deleteFrom('draft').where('user_id', '=', userId).where('scope', '=', scope).execute()
}

/** A person's drafts, the last changed first. */
export async function listDrafts(db: Reader, userId: UserId): Promise<{ scope: string; updatedAt: string }[]> {
  return db
    .selectFrom('draft')
    .select(['scope', 'updated_at as updatedAt'])
    .where('user_id', '=', userId)
    .orderBy('updated_at', 'desc')
    .execute()
}
