// Guides: the list, one guide, and the choice of a code from given facts.
import type { guideRoutes } from '#core/contract/guide.ts'
import { choose } from '#core/guide/choose.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { getGuide, loadGuides } from './shelf.ts'

export const guideHandlers = {
  'guide.list': async ({ assetsDir, dataDir }) => ({
    guides: loadGuides(assetsDir, dataDir).heads.map(({ codes, ...guide }) => ({
      ...guide,
      codes: codes.map(({ code, label }) => ({ code, label })),
    })),
  }),
  'guide.problems': async ({ assetsDir, dataDir }) => ({ problems: loadGuides(assetsDir, dataDir).problems() }),
  'guide.get': async ({ assetsDir, dataDir }, { id }) => ({ guide: getGuide(loadGuides(assetsDir, dataDir), id) }),
  'guide.choose': async ({ assetsDir, dataDir }, { guideId, ...input }) =>
    choose(getGuide(loadGuides(assetsDir, dataDir), guideId), input),
} satisfies HandlersOf<keyof typeof guideRoutes>
