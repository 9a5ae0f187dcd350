// Authorizations: an `estimate` (predetermination, no promise) or a `required` prior authorization, per line.
import * as z from 'zod'
import { Fee } from '../money.ts'
import { Instant, IsoDate } from '../dates.ts'
import { AuthorizationId, CaseId, CoverageId, LineId } from '../ids.ts'
import { CdtCode } from '../case/schema.ts'
import { keysOf } from '../keys-of.ts'
import { OralArea, Tooth } from '../teeth.ts'

export const AuthorizationKind = z.enum(['estimate', 'required'])
export type AuthorizationKind = z.infer<typeof AuthorizationKind>
export const STATE_WORDS = {
  to_verify: 'To verify',
  not_required: 'Not required',
  drafting: 'Drafting',
  submitted: 'Sent',
  info_requested: 'Information requested',
  approved: 'Approved',
  approved_modified: 'Approved with changes',
  denied: 'Denied',
  appealed: 'Appealed',
  expired: 'Expired',
  replaced: 'Replaced',
  used: 'Used',
  withdrawn: 'Withdrawn',
}
export const AUTHORIZATION_STATES = keysOf(STATE_WORDS)
export const AuthorizationState = z.enum(AUTHORIZATION_STATES)
export type AuthorizationState = (typeof AUTHORIZATION_STATES)[number]
/** What a person does, or says that the payer did. */
export const EVENT_WORDS = {
  find_not_required: 'Not required',
  start_draft: 'Start the request',
  submit: 'Mark as sent',
  request_info: 'Payer asks for information',
  answer_info: 'Information sent',
  approve: 'Approved',
  approve_modified: 'Approved with changes',
  deny: 'Denied',
  appeal: 'Appeal',
  resubmit: 'Prepare again',
  expire: 'Mark as expired',
  extend: 'Payer extends it',
  replace: 'Payer replaced it',
  confirm: 'Payer confirms it is still valid',
  use: 'Mark as used',
  withdraw: 'Withdraw',
}
export const AUTHORIZATION_EVENTS = keysOf(EVENT_WORDS)
export const AuthorizationEvent = z.enum(AUTHORIZATION_EVENTS)
export type AuthorizationEvent = (typeof AUTHORIZATION_EVENTS)[number]
export const Channel = z.enum(['portal', 'electronic', 'mail', 'fax', 'phone', 'other'])
export type Channel = z.infer<typeof Channel>

export const AuthorizationLineInput = z.strictObject({
  lineId: LineId.nullable(),
  code: CdtCode,
  tooth: Tooth.nullable(),
  area: OralArea.nullable().default(null),
  quantity: z.number().int().min(1).max(99),
  feeCents: Fee,
  approvedCode: CdtCode.nullable().default(null),
  approvedTooth: Tooth.nullable().default(null),
  approvedQuantity: z.number().int().min(0).max(99).nullable().default(null),
  approvedCents: Fee.nullable().default(null),
  patientCents: Fee.nullable().default(null),
})
export type AuthorizationLineInput = z.infer<typeof AuthorizationLineInput>
export const AuthorizationLine = AuthorizationLineInput.extend({
  id: z.uuid(),
  approvedCode: z.string().nullable(),
  approvedTooth: z.string().nullable(),
  approvedQuantity: z.number().int().nullable(),
  approvedCents: Fee.nullable(),
  patientCents: Fee.nullable(),
})
export type AuthorizationLine = z.infer<typeof AuthorizationLine>

/** What the office made of an approval that differs from the request; an appeal is a step of its own. */
export const ChangesAnswer = z.enum(['accepted', 'requoted'])
export type ChangesAnswer = z.infer<typeof ChangesAnswer>

/** What staff may fill in at any time; states change only by events. */
export const AuthorizationDetails = z.strictObject({
  kind: AuthorizationKind,
  coverageId: CoverageId.nullable(),
  channel: Channel.nullable(),
  reference: z.string().trim().max(60),
  contact: z.string().trim().max(100),
  expectedOn: IsoDate.nullable(),
  infoDueOn: IsoDate.nullable(),
  validFrom: IsoDate.nullable(),
  validTo: IsoDate.nullable(),
  /** Days to appeal as the decision names them; null: it names none. */
  appealDays: z.number().int().min(1).max(730).nullable(),
  patientCalledOn: IsoDate.nullable(),
  bookedFor: IsoDate.nullable(),
  note: z.string().trim().max(1000),
})
export type AuthorizationDetails = z.infer<typeof AuthorizationDetails>

const AuthorizationTransition = z.strictObject({
  /** `undo` takes back the step before it; both stay. */
  event: z.enum([...AUTHORIZATION_EVENTS, 'undo']),
  from: AuthorizationState,
  to: AuthorizationState,
  on: IsoDate,
  at: Instant,
  user: z.string(),
  note: z.string(),
})

export const Authorization = AuthorizationDetails.extend({
  id: AuthorizationId,
  caseId: CaseId,
  state: AuthorizationState,
  sentOn: IsoDate.nullable(),
  decidedOn: IsoDate.nullable(),
  /** Where `expectedOn` and `validTo` come from when nobody typed them. */
  expectedBasis: z.string(),
  validBasis: z.string(),
  changesAnswer: ChangesAnswer.nullable(),
  changesAnsweredOn: IsoDate.nullable(),
  lines: z.array(AuthorizationLine),
  history: z.array(AuthorizationTransition),
  payerName: z.string().nullable(),
  version: z.number().int(),
})
export type Authorization = z.infer<typeof Authorization>
