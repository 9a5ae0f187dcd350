// Drafts: unsaved input of one person, encrypted like everything else; its content never enters the trail.
import type { draftRoutes } from '#core/contract/draft.ts'
import { AppError } from '#core/errors.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

const LIMIT = 200_000

export const draftHandlers = {
  'draft.save': async ({ tx, user, now, audit }, { scope, value }) => {
    const valueJson = JSON.stringify(value)
    if (valueJson.length > LIMIT)
      throw new AppError('REFUSED', 'This text is too long to keep as a draft. Save it first.', { limit: LIMIT })
    await tx
      .insertInto('draft')
      .values({ user_id: user.id, scope, value_json: valueJson, updated_at: now })
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'scope']).doUpdateSet({ value_json: valueJson, updated_at: now }),
      )
      .execute()
    audit({ entity: 'draft', entityId: scope })
    return {}
  },
  'draft.get': async ({ db, user }, { scope }) => {
    const row = await db
      .selectFrom('draft')
      .select('value_json')
      .where('user_id', '=', user.id)
      .where('scope', '=', scope)
      .executeTakeFirst()
    return { value: row ? JSON.parse(row.value_json) : null }
  },
  'draft.discard': async ({ tx, user, audit }, { scope }) => {
    await tx.deleteFrom('draft').where('user_id', '=', user.id).where('scope', '=', scope).execute()
    audit({ entity: 'draft', entityId: scope })
    return {}
  },
  'draft.list': async ({ db, user }) => {
    const rows = await db
      .selectFrom('draft')
      .select(['scope', 'updated_at'])
      .where('user_id', '=', user.id)
      .orderBy('updated_at', 'desc')
      .execute()
    return { drafts: rows.map((row) => ({ scope: row.scope, updatedAt: row.updated_at })) }
  },
} satisfies HandlersOf<keyof typeof draftRoutes>
