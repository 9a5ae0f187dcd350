// The practice system's history of patients: a list of procedures, and what is on file.
import * as z from 'zod'
import { HISTORY_FIELD_IDS } from '../history-import/fields.ts'
import { PatientId } from '../ids.ts'
import { PastProcedure } from '../past-procedure.ts'
import { ImportList, listedChanges, listImported, listInput, listLook, Named, Row, UndoImport } from './list-import.ts'
import { command, query } from './route.ts'

const List = listInput(HISTORY_FIELD_IDS)

export const historyImportRoutes = {
  /** What the practice system says of a patient, the newest first. */
  'patient.history': query({
    permission: 'read',
    topics: ['patient'],
    audited: 'view',
    input: z.strictObject({ id: PatientId }),
    output: z.strictObject({
      procedures: z.array(
        PastProcedure.omit({ patientId: true, listKey: true }).extend({ id: z.string(), isListed: z.boolean() }),
      ),
    }),
  }),
  /** What importing would do; writes nothing. */
  'patient.previewHistory': query({
    permission: 'work',
    topics: ['patient'],
    audited: true,
    input: List,
    output: z.strictObject({
      ...listLook(HISTORY_FIELD_IDS),
      ready: z.number().int(),
      /** How many patients the list holds procedures of. */
      patients: z.number().int(),
      changing: z.number().int(),
      changed: z.array(z.strictObject({ row: Row, ...Named, code: z.string(), changes: listedChanges })),
      /** On file, of the list's patients and days, and not in it: they stay, and say so. */
      absent: z.number().int(),
    }),
  }),
  'patient.importHistory': command({
    permission: 'work',
    backsUp: true,
    topics: ['patient', 'case'],
    input: List.extend({ leaveOutProblems: z.boolean().default(false) }),
    output: z.strictObject(listImported),
  }),
  'patient.undoHistory': command({
    permission: 'work',
    backsUp: true,
    topics: ['patient', 'case'],
    input: UndoImport,
    output: z.strictObject({ removed: z.number().int(), restored: z.number().int(), stayed: z.number().int() }),
  }),
  'patient.listHistoryImports': query({ permission: 'read', topics: ['patient'], output: ImportList }),
} as const
