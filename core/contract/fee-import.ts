// A list of fees, from a practice system or a payer, into a fee schedule.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { FEE_FIELD_IDS } from '../fee-import/fields.ts'
import { FeeScheduleId } from '../ids.ts'
import { ImportList, listedChanges, listImported, listInput, listLook, Row, UndoImport } from './list-import.ts'
import { command, query } from './route.ts'

/** Where the fees go, and the first day on which they hold. */
export const FeeTarget = z.strictObject({
  /** null: a new schedule of this kind and name. */
  scheduleId: FeeScheduleId.nullable(),
  kind: z.enum(['office', 'contract']).default('office'),
  name: z.string().trim().max(100).default(''),
  from: IsoDate,
})
export type FeeTarget = z.infer<typeof FeeTarget>
const List = listInput(FEE_FIELD_IDS).extend({ into: FeeTarget })

export const feeImportRoutes = {
  /** What importing would do; writes nothing. */
  'feeSchedule.previewImport': query({
    permission: 'work',
    topics: ['payer'],
    audited: true,
    input: List,
    output: z.strictObject({
      ...listLook(FEE_FIELD_IDS),
      /** The schedule that the fees go into. */
      schedule: z.string(),
      /** Codes that have no fee on file yet. */
      ready: z.number().int(),
      /** How many fees the list says otherwise, and which: the first of them. */
      changing: z.number().int(),
      changed: z.array(z.strictObject({ row: Row, code: z.string(), changes: listedChanges })),
      /** Fees on file that are not in the list: they stay. */
      absent: z.number().int(),
    }),
  }),
  /** The new and the changed fees, as fees from that day on. */
  'feeSchedule.import': command({
    permission: 'work',
    backsUp: true,
    topics: ['payer', 'case', 'claim'],
    input: List.extend({ leaveOutProblems: z.boolean().default(false) }),
    output: z.strictObject(listImported),
  }),
  /** The schedule as it was before; one that was edited since stays. */
  'feeSchedule.undoImport': command({
    permission: 'work',
    backsUp: true,
    topics: ['payer', 'case', 'claim'],
    input: UndoImport,
    output: z.strictObject({ removed: z.number().int(), restored: z.number().int(), stayed: z.number().int() }),
  }),
  'feeSchedule.listImports': query({ permission: 'read', topics: ['payer'], output: ImportList }),
} as const
