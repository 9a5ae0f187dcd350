// Guides: the list, one guide as reference pages, and the headless choice of a code.
import * as z from 'zod'
import { Choice, ChooseInput, Guide } from '../guide/schema.ts'
import { HelpPage } from '../help.ts'
import { query } from './route.ts'

export const guideRoutes = {
  'guide.list': query({
    permission: 'read',
    topics: ['guide'],
    output: z.strictObject({
      guides: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          alsoCalled: z.array(z.string()),
          revision: z.string(),
          /** Of kind `other`: only named here, another guide holds it. */
          codes: z.array(z.strictObject({ code: z.string(), label: z.string(), kind: z.string() })),
        }),
      ),
    }),
  }),
  /** Guide files that cannot be read, with what is wrong; reads them all. */
  'guide.problems': query({
    permission: 'read',
    topics: ['guide'],
    output: z.strictObject({ problems: z.array(z.strictObject({ file: z.string(), message: z.string() })) }),
  }),
  'guide.get': query({
    permission: 'read',
    topics: ['guide'],
    input: z.strictObject({ id: z.string().max(60) }),
    output: z.strictObject({ guide: Guide }),
  }),
  /** All help pages; the page finds and shows them without asking again. */
  'help.pages': query({
    permission: 'read',
    topics: ['guide'],
    output: z.strictObject({ pages: z.array(HelpPage) }),
  }),
  'guide.choose': query({ permission: 'read', topics: ['guide'], input: ChooseInput, output: Choice }),
} as const
