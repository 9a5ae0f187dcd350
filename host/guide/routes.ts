// Guides: the list, one guide, and the choice of a code from given facts.
import type { guideRoutes } from '#core/contract/guide.ts'
import { withListed } from '#core/codes/listed.ts'
import { choose } from '#core/guide/choose.ts'
import { addGuide, editingOf, goBack, importGuide, previewImport, saveGuide, takeNews } from './own.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

export const guideHandlers = {
  'guide.list': async ({ assets }) => ({
    guides: assets.guides.heads.map(({ codes, ...guide }) => ({
      ...guide,
      isOurs: assets.guides.isOurs(guide.id),
      codes: codes.map(({ code, label, kind }) => ({ code, label, kind })),
    })),
  }),
  'guide.problems': async ({ assets }) => ({ problems: assets.guides.problems() }),
  'guide.get': async ({ assets }, { id }) => ({ guide: withListed(assets.guides.get(id), assets.codeList) }),
  'guide.editing': (context, { id }) => editingOf(context, id),
  'guide.save': saveGuide,
  'guide.add': addGuide,
  'guide.goBack': goBack,
  'guide.takeNews': takeNews,
  'guide.previewImport': (context, { text }) => previewImport(context, text),
  'guide.import': importGuide,
  'help.pages': async ({ assets }) => ({ pages: [...assets.help] }),
  'guide.choose': async ({ assets }, { guideId, ...input }) =>
    choose(withListed(assets.guides.get(guideId), assets.codeList), input),
} satisfies HandlersOf<keyof typeof guideRoutes>
