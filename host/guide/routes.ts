// Guides: the list, one guide, and the choice of a code from given facts.
import type { guideRoutes } from '#core/contract/guide.ts'
import { choose } from '#core/guide/choose.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

export const guideHandlers = {
  'guide.list': async ({ assets }) => ({
    guides: assets.guides.heads.map(({ codes, ...guide }) => ({
      ...guide,
      codes: codes.map(({ code, label, kind }) => ({ code, label, kind })),
    })),
  }),
  'guide.problems': async ({ assets }) => ({ problems: assets.guides.problems() }),
  'guide.get': async ({ assets }, { id }) => ({ guide: assets.guides.get(id) }),
  'help.pages': async ({ assets }) => ({ pages: [...assets.help] }),
  'guide.choose': async ({ assets }, { guideId, ...input }) => choose(assets.guides.get(guideId), input),
} satisfies HandlersOf<keyof typeof guideRoutes>
