// Import of an office's own log of authorizations: preview, import or nothing, take back.
import * as z from 'zod'
import { IMPORT_FIELD_IDS } from '../authorization-import/fields.ts'
import { Instant } from '../dates.ts'
import { Bytes } from './bytes.ts'
import { command, Nothing, query } from './route.ts'

const List = z.strictObject({
  /** CSV as text, or a CSV or XLSX file as bytes. */
  text: z.string().max(20_000_000).optional(),
  content: Bytes.optional(),
  sheet: z.string().max(100).optional(),
  /** Column of each field from 0; left out: as mapped for these headings before, else by the headings. */
  mapping: z.partialRecord(z.enum(IMPORT_FIELD_IDS), z.number().int().min(0).max(200)).optional(),
})
const Counts = {
  /** Rows of the file below its headings. */
  rows: z.number().int(),
  duplicates: z.number().int(),
  problems: z.array(
    z.strictObject({
      /** As the spreadsheet counts: the headings are row 1. */
      row: z.number().int(),
      column: z.string(),
      message: z.string(),
    }),
  ),
}

export const authorizationImportRoutes = {
  /** What importing would do; writes nothing. */
  'authorization.previewImport': query({
    permission: 'work',
    topics: ['authorization', 'patient', 'payer', 'case'],
    audited: true,
    input: List,
    output: z.strictObject({
      sheets: z.array(z.string()),
      /** The sheet that was read; empty for CSV. */
      sheet: z.string(),
      headings: z.array(z.string()),
      mapping: z.partialRecord(z.enum(IMPORT_FIELD_IDS), z.number().int()),
      /** Fields that must be mapped first. */
      missing: z.array(z.string()),
      samples: z.array(z.array(z.string())),
      ready: z.number().int(),
      newPatients: z.number().int(),
      newPayers: z.array(z.string()),
      /** Their cases open as “Any other procedure”. */
      codesWithoutGuide: z.array(z.string()),
      ...Counts,
    }),
  }),
  /** All rows that can be read, in one transaction; rows with problems only when they are to be left out. */
  'authorization.import': command({
    permission: 'work',
    topics: ['authorization', 'patient', 'payer', 'case', 'task'],
    input: List.extend({ leaveOutProblems: z.boolean().default(false) }),
    output: z.strictObject({ importId: z.uuid().nullable(), imported: z.number().int(), ...Counts }),
  }),
  /** Removes what the import made. Refused while something of it has been worked on since. */
  'authorization.undoImport': command({
    permission: 'work',
    topics: ['authorization', 'patient', 'payer', 'case', 'task'],
    input: z.strictObject({ importId: z.uuid(), reason: z.string().trim().max(300).default('') }),
    output: z.strictObject({ removed: z.number().int() }),
  }),
  'authorization.listImports': query({
    permission: 'read',
    topics: ['authorization'],
    input: Nothing,
    output: z.strictObject({
      imports: z.array(
        z.strictObject({
          id: z.uuid(),
          rows: z.number().int(),
          user: z.string(),
          at: Instant,
          undone: z.boolean(),
        }),
      ),
    }),
  }),
} as const
