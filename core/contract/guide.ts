// Guides: the list, one guide as reference pages, and the headless choice of a code.
import * as z from 'zod'
import { Choice, ChooseInput, Guide } from '../guide/schema.ts'
import { HelpPage } from '../help.ts'
import { CdtCode } from '../case/schema.ts'
import { GuideEdits } from '../guide/edits.ts'
import { GUIDE_FILE_LIMIT, GuidePreview, OwnGuide } from '../guide/own.ts'
import { command, query } from './route.ts'

const GuideId = z.string().max(60)
/** What somebody says about a version. */
const Note = z.string().trim().max(200).default('')

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
          /** The office keeps it as its own. */
          isOurs: z.boolean(),
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
  /** A guide with what the office made of it, for its editor. */
  'guide.editing': query({
    permission: 'read',
    topics: ['guide'],
    input: z.strictObject({ id: GuideId }),
    output: OwnGuide,
  }),
  /** Makes it the office's own, or changes what is. `seq`: the last saving that the person saw. */
  'guide.save': command({
    permission: 'manage',
    topics: ['guide', 'case'],
    input: z.strictObject({ id: GuideId, seq: z.number().int(), edits: GuideEdits, note: Note }),
  }),
  /** A new one from the template, with its first code. */
  'guide.add': command({
    permission: 'manage',
    topics: ['guide'],
    input: z.strictObject({
      title: z.string().trim().min(1).max(80),
      code: CdtCode,
      label: z.string().trim().min(1).max(200),
    }),
    output: z.strictObject({ id: z.string() }),
  }),
  /** Back to an earlier version; null: to the shipped guide. What was saved since stays among the versions. */
  'guide.goBack': command({
    permission: 'manage',
    topics: ['guide', 'case'],
    input: z.strictObject({ id: GuideId, seq: z.number().int(), to: z.number().int().nullable(), note: Note }),
  }),
  /** What changed in the shipped guide goes into the office's own; what the office changed itself stays. */
  'guide.takeNews': command({
    permission: 'manage',
    topics: ['guide', 'case'],
    input: z.strictObject({ id: GuideId, seq: z.number().int() }),
  }),
  'guide.previewImport': query({
    permission: 'manage',
    topics: ['guide'],
    input: z.strictObject({ text: z.string().max(GUIDE_FILE_LIMIT) }),
    output: GuidePreview,
  }),
  'guide.import': command({
    permission: 'manage',
    topics: ['guide', 'case'],
    input: z.strictObject({ text: z.string().max(GUIDE_FILE_LIMIT), seq: z.number().int(), note: Note }),
    output: z.strictObject({ id: z.string() }),
  }),
  /** All help pages; the page finds and shows them without asking again. */
  'help.pages': query({
    permission: 'read',
    topics: ['guide'],
    output: z.strictObject({ pages: z.array(HelpPage) }),
  }),
  'guide.choose': query({ permission: 'read', topics: ['guide'], input: ChooseInput, output: Choice }),
} as const
