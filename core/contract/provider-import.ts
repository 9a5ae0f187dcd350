// A list of the office's dentists.
import * as z from 'zod'
import { PROVIDER_FIELD_IDS } from '../provider-import/fields.ts'
import { ImportList, listedChanges, listImported, listInput, listLook, Row, UndoImport } from './list-import.ts'
import { command, query } from './route.ts'

const List = listInput(PROVIDER_FIELD_IDS)

export const providerImportRoutes = {
  /** What importing would do; writes nothing. */
  'provider.previewImport': query({
    permission: 'work',
    topics: ['provider'],
    audited: true,
    input: List,
    output: z.strictObject({
      ...listLook(PROVIDER_FIELD_IDS),
      ready: z.number().int(),
      /** Who is new. */
      fresh: z.array(z.strictObject({ row: Row, name: z.string(), npi: z.string() })),
      changed: z.array(z.strictObject({ row: Row, name: z.string(), changes: listedChanges })),
    }),
  }),
  'provider.import': command({
    permission: 'work',
    topics: ['provider', 'case'],
    input: List.extend({ leaveOutProblems: z.boolean().default(false) }),
    output: z.strictObject(listImported),
  }),
  /** Removes whom the import brought, and puts back what it changed; who is named in a case stays. */
  'provider.undoImport': command({
    permission: 'work',
    topics: ['provider', 'case'],
    input: UndoImport,
    output: z.strictObject({ removed: z.number().int(), restored: z.number().int(), stayed: z.number().int() }),
  }),
  'provider.listImports': query({ permission: 'read', topics: ['provider'], output: ImportList }),
} as const
