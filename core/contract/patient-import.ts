// Bringing the practice: its patients, their payers, plans and coverages, from the list of a practice system.
import * as z from 'zod'
import { PERSON_FIELD_IDS } from '../patient-import/fields.ts'
import { ImportList, listedChanges, listImported, listInput, listLook, Named, Row, UndoImport } from './list-import.ts'
import { command, query } from './route.ts'

const List = listInput(PERSON_FIELD_IDS)
const Differing = z.array(z.strictObject({ row: Row, ...Named, changes: listedChanges }))

export const patientImportRoutes = {
  /** What importing would do; writes nothing. */
  'patient.previewImport': query({
    permission: 'work',
    topics: ['patient', 'payer'],
    audited: true,
    input: List,
    output: z.strictObject({
      ...listLook(PERSON_FIELD_IDS),
      /** New patients. */
      ready: z.number().int(),
      /** How many people on file the list says something new of, and what: the first of them. */
      changing: z.number().int(),
      changed: Differing,
      /** What the list says otherwise than it stands here, where somebody edited it: it stays as it is here. */
      kept: Differing,
      /** People who were in an earlier list and are not in this one: they stay. */
      absent: z.number().int(),
      newCoverages: z.number().int(),
      newPayers: z.array(z.string()),
      /** What was read otherwise than it is written, or not taken. */
      readAs: z.array(z.strictObject({ row: Row, words: z.string() })),
      /** Taken for the subscriber, as nobody else of the list has their member ID. */
      assumedSubscribers: z.number().int(),
      /** People with a plan whose subscriber the list does not tell. */
      openSubscribers: z.number().int(),
    }),
  }),
  /** Everybody who can be read, in one transaction; rows with problems only when they are to be left out. */
  'patient.import': command({
    permission: 'work',
    backsUp: true,
    topics: ['patient', 'payer', 'case'],
    input: List.extend({ leaveOutProblems: z.boolean().default(false) }),
    output: z.strictObject(listImported),
  }),
  /** Removes whom the import brought, and puts back what it changed; who was worked on since stays. */
  'patient.undoImport': command({
    permission: 'work',
    backsUp: true,
    topics: ['patient', 'payer', 'case'],
    input: UndoImport,
    output: z.strictObject({ removed: z.number().int(), restored: z.number().int(), stayed: z.number().int() }),
  }),
  'patient.listImports': query({ permission: 'read', topics: ['patient'], output: ImportList }),
} as const
