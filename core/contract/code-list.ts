// Editions of the code set, and the list of codes that an office imports under its own license.
import * as z from 'zod'
import { Edition } from '../codes/edition.ts'
import { CODE_FIELD_IDS } from '../codes/list-fields.ts'
import { ListOf } from '../codes/listed.ts'
import { IsoDate } from '../dates.ts'
import { CaseId } from '../ids.ts'
import { ImportList, listedChanges, listImported, listInput, listLook, Row, UndoImport } from './list-import.ts'
import { command, query } from './route.ts'

const List = listInput(CODE_FIELD_IDS).extend({
  into: z.strictObject({
    of: ListOf,
    /** Of an edition: codes of the guides that the list no longer has ended with the year before. */
    endMissing: z.boolean().default(false),
  }),
})

export const codeListRoutes = {
  'codeList.editions': query({
    permission: 'read',
    topics: ['guide'],
    output: z.strictObject({
      editions: z.array(
        Edition.extend({
          /** How many codes the office's own list of it has; null: there is none. */
          listed: z.number().int().nullable(),
        }),
      ),
    }),
  }),
  /** What importing would do; writes nothing. */
  'codeList.previewImport': query({
    permission: 'manage',
    topics: ['guide', 'case'],
    audited: true,
    input: List,
    output: z.strictObject({
      ...listLook(CODE_FIELD_IDS),
      /** Codes that the list says something of. */
      listed: z.number().int(),
      /** Codes that no guide, no table and no earlier list knows. */
      ready: z.number().int(),
      changing: z.number().int(),
      /** The first of them. */
      changed: z.array(z.strictObject({ row: Row, code: z.string(), changes: listedChanges })),
      /** Codes of the guides that a whole list does not have. */
      absent: z.array(z.string()),
      /** Lines of open cases that the list reaches: the first of them, and how many. */
      affected: z.array(
        z.strictObject({
          caseId: CaseId,
          patient: z.string(),
          code: z.string(),
          on: IsoDate,
          why: z.enum(['ended', 'not_yet', 'revised']),
        }),
      ),
      affecting: z.number().int(),
    }),
  }),
  /** Keeps the list: from then on its days and descriptors hold for the edition's codes. */
  'codeList.import': command({
    permission: 'manage',
    backsUp: true,
    topics: ['guide', 'case', 'claim'],
    input: List.extend({ leaveOutProblems: z.boolean().default(false) }),
    output: z.strictObject(listImported),
  }),
  'codeList.undoImport': command({
    permission: 'manage',
    backsUp: true,
    topics: ['guide', 'case', 'claim'],
    input: UndoImport,
    output: z.strictObject({ removed: z.number().int(), restored: z.number().int(), stayed: z.number().int() }),
  }),
  'codeList.listImports': query({ permission: 'read', topics: ['guide'], output: ImportList }),
} as const
