// Drafts: unsaved input of one person, encrypted like everything else; its content never enters the trail.
import type { draftRoutes } from '#core/contract/case.ts'
import { AppError } from '#core/errors.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { dropDraft, findDraft, listDrafts, saveDraft } from './draft-rows.ts'

const LIMIT = 200_000

export const draftHandlers = {
  'draft.save': async ({ tx, user, now, audit }, { scope, value }) => {
    const valueJson = JSON.stringify(value)
    if (valueJson.length > LIMIT)
      throw new AppError('REFUSED', 'This text is too long to keep as a draft. Save it first.', { limit: LIMIT })
    await saveDraft(tx, { userId: user.id, scope, valueJson, now })
    audit({ entity: 'draft', entityId: scope })
  },
  'draft.get': async ({ db, user }, { scope }) => ({
    value: JSON.parse((await findDraft(db, user.id, scope)) ?? 'null'),
  }),
  'draft.discard': async ({ tx, user, audit }, { scope }) => {
    await dropDraft(tx, user.id, scope)
    audit({ entity: 'draft', entityId: scope })
  },
  'draft.list': async ({ db, user }) => ({ drafts: await listDrafts(db, user.id) }),
} satisfies HandlersOf<keyof typeof draftRoutes>
