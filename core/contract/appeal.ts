// Appeals: drafted, sent, answered.
import * as z from 'zod'
import { AppealEvent, AppealLetter, AppealLevel, Deadline } from '../appeal/schema.ts'
import { Channel } from '../authorization/schema.ts'
import { IsoDate } from '../dates.ts'
import { AppealId, ClaimId, RemittanceId } from '../ids.ts'
import { command, Version } from './route.ts'

export const appealRoutes = {
  'appeal.create': command({
    permission: 'work',
    topics: ['appeal', 'case', 'task'],
    input: z.strictObject({
      claimId: ClaimId,
      remittanceId: RemittanceId.nullable(),
      level: AppealLevel,
      deadlineOn: IsoDate.nullable().default(null),
    }),
    output: z.strictObject({ id: AppealId }),
  }),
  'appeal.update': command({
    permission: 'work',
    topics: ['appeal', 'case'],
    input: z.strictObject({ id: AppealId, version: Version, letter: AppealLetter, deadline: Deadline.nullable() }),
  }),
  'appeal.transition': command({
    permission: 'work',
    topics: ['appeal', 'case', 'task', 'claim'],
    input: z.strictObject({
      id: AppealId,
      version: Version,
      event: AppealEvent,
      on: IsoDate,
      channel: Channel.nullable().default(null),
      note: z.string().trim().max(500).default(''),
      gapReason: z.string().trim().max(500).default(''),
      /** Days to the next level, when the decision names them. */
      nextDays: z.number().int().min(1).max(730).nullable().default(null),
    }),
  }),
  /** Takes back its last step by its author; both stay in the history. */
  'appeal.undo': command({
    permission: 'work',
    topics: ['appeal', 'case', 'task', 'claim'],
    input: z.strictObject({ id: AppealId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
} as const
