// Appeals and the steps before them: level, deadline and its basis, letter, outcome (domain.md 7).
import * as z from 'zod'
import { Instant, IsoDate } from '../dates.ts'
import { AppealId, AttachmentId, CaseId, ClaimId, NoteId, RemittanceId } from '../ids.ts'
import { Channel } from '../authorization/schema.ts'
import { keysOf } from '../keys-of.ts'
import { Cents } from '../money.ts'

export const LEVEL_LABELS = {
  corrected_claim: 'Corrected claim',
  information: 'Send the requested information',
  reconsideration: 'Reconsideration',
  first: 'First appeal',
  second: 'Second appeal',
  peer_to_peer: 'Peer-to-peer review',
  external: 'External review',
}
export const APPEAL_LEVELS = keysOf(LEVEL_LABELS)
export const AppealLevel = z.enum(APPEAL_LEVELS)
export type AppealLevel = (typeof APPEAL_LEVELS)[number]
export const APPEAL_STATES = ['draft', 'sent', 'won', 'partly_won', 'lost', 'withdrawn'] as const
export const AppealState = z.enum(APPEAL_STATES)
export type AppealState = (typeof APPEAL_STATES)[number]
export const APPEAL_EVENTS = ['send', 'win', 'win_partly', 'lose', 'withdraw'] as const
export const AppealEvent = z.enum(APPEAL_EVENTS)
export type AppealEvent = (typeof APPEAL_EVENTS)[number]

/** Where a deadline's length comes from; the letter controls. */
const DeadlineBasis = z.enum(['letter', 'payer', 'default'])
export const Deadline = z.strictObject({
  on: IsoDate,
  days: z.number().int(),
  countedFrom: IsoDate,
  basis: DeadlineBasis,
  source: z.string(),
  confidence: z.enum(['confirmed', 'reported', 'unverified']),
})
export type Deadline = z.infer<typeof Deadline>

export const AppealLetter = z.strictObject({
  /** The denial reason as the EOB words it. */
  quotedReason: z.string().trim().max(1000),
  request: z.string().trim().max(1000),
  body: z.string().trim().max(8000),
  /** Dated chart notes quoted word for word. */
  noteIds: z.array(NoteId).max(10),
  enclosureIds: z.array(AttachmentId).max(30),
})
export type AppealLetter = z.infer<typeof AppealLetter>

export const Appeal = z.strictObject({
  id: AppealId,
  caseId: CaseId,
  claimId: ClaimId,
  remittanceId: RemittanceId.nullable(),
  level: AppealLevel,
  state: AppealState,
  deadline: Deadline.nullable(),
  letter: AppealLetter,
  sentOn: IsoDate.nullable(),
  channel: Channel.nullable(),
  decidedOn: IsoDate.nullable(),
  outcomeNote: z.string(),
  /** Days to the next level as printed on the decision. */
  nextDays: z.number().int().nullable(),
  history: z.array(z.strictObject({ event: z.string(), on: IsoDate, at: Instant, user: z.string(), note: z.string() })),
  version: z.number().int(),
})
export type Appeal = z.infer<typeof Appeal>

/** The payment that closes a won appeal; `paidOn` null while it is awaited. */
export const Settlement = z.strictObject({ paidOn: IsoDate.nullable(), recoveredCents: Cents })
export type Settlement = z.infer<typeof Settlement>
