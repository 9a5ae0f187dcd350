// Tasks and Today: what is due, overdue or stuck, with the reason and the one next action.
import * as z from 'zod'
import { Step, Task, TaskInput } from '../case/schema.ts'
import { IsoDate } from '../dates.ts'
import { CaseId, TaskId, UserId } from '../ids.ts'
import { command, Done, query } from './route.ts'
import { TodayBucket, TodayQuery, Touch } from './worklist.ts'

const Version = z.number().int()

/** One ringing clock. `reason` says why it is here, `action` what to do; Enter opens the case at `step`. */
export const TodayRow = z.strictObject({
  key: z.string(),
  caseId: CaseId,
  taskId: TaskId.nullable(),
  patientName: z.string(),
  tooth: z.string().nullable(),
  area: z.string().nullable(),
  code: z.string().nullable(),
  payerName: z.string().nullable(),
  providerName: z.string().nullable(),
  bucket: TodayBucket,
  dueOn: IsoDate,
  reason: z.string(),
  source: z.string(),
  action: z.string(),
  step: Step,
  assigneeName: z.string().nullable(),
})
export type TodayRow = z.infer<typeof TodayRow>

export const todayRoutes = {
  'today.list': query({
    permission: 'read',
    topics: ['task', 'case', 'authorization', 'claim', 'appeal'],
    input: z.strictObject({
      ...TodayQuery.shape,
      after: z.string().max(300).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      today: IsoDate,
      rows: z.array(TodayRow),
      next: z.string().nullable(),
      counts: z.strictObject({
        overdue: z.number().int(),
        today: z.number().int(),
        week: z.number().int(),
        waiting: z.number().int(),
      }),
      steps: z.record(Step, z.number().int()),
    }),
  }),
  'task.forCase': query({
    permission: 'read',
    topics: ['task'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({ tasks: z.array(Task) }),
  }),
  'task.add': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ task: TaskInput }),
    output: z.strictObject({ id: TaskId }),
  }),
  'task.update': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ id: TaskId, version: Version, task: TaskInput }),
    output: Done,
  }),
  'task.complete': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ id: TaskId, done: z.boolean(), note: z.string().trim().max(300).default('') }),
    output: Done,
  }),
  /** A dated touch on a case: a call, a portal check, a message. */
  'case.touch': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ caseId: CaseId, ...Touch.shape }),
    output: z.strictObject({ undoId: z.uuid() }),
  }),
  'case.snooze': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ caseId: CaseId, until: IsoDate, reason: z.string().trim().min(1).max(300) }),
    output: z.strictObject({ undoId: z.uuid() }),
  }),
  'case.assign': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ caseId: CaseId, userId: UserId.nullable() }),
    output: z.strictObject({ undoId: z.uuid() }),
  }),
} as const
