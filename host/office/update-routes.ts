// Updates in the trail: who looked, what was refused and why, what was installed.
import type { updateRoutes } from '#core/contract/update.ts'
import { UPDATE_REFUSALS } from '#core/update/refusals.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

const WORDS = {
  looked: 'Looked for an update.',
  ready: 'Fetched and checked.',
  refused: 'Refused.',
  installing: 'Installing, after a backup.',
} as const

export const updateHandlers = {
  'update.note': async ({ audit }, { what, version, refusal }) =>
    audit({
      entity: 'setting',
      entityId: 'updates',
      after: { what, version, refusal },
      reason: refusal
        ? UPDATE_REFUSALS[refusal]
        : [WORDS[what], version && `Version ${version}.`].filter(Boolean).join(' '),
    }),
} satisfies HandlersOf<keyof typeof updateRoutes>
