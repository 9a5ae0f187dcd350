// The five steps and the status line of a case, derived from its snapshot, never typed.
import * as z from 'zod'
import { authorizationLife, isApproved, isOpen } from '../authorization/lifecycle.ts'
import { daysBetween, formatDate, type IsoDate } from '../dates.ts'
import type { CaseSnapshot } from './dated-facts.ts'
import { isWithPayer, speakingOf } from './eobs.ts'
import { Step } from './schema.ts'

/** A step as the bar over the case shows it. */
export const StepState = z.strictObject({
  step: Step,
  state: z.enum(['todo', 'active', 'done', 'attention', 'not_needed']),
  /** `5/6`, `sent 16d`, or empty. */
  detail: z.string(),
})
export type StepState = z.infer<typeof StepState>

/** The newest element that holds; the lists are in order of time. */
function last<Item>(items: readonly Item[], holds: (item: Item) => boolean): Item | undefined {
  return items.filter(holds).at(-1)
}

/** The step the case is in: the first that still needs somebody. */
export function progressOf(snapshot: CaseSnapshot): Step {
  return (
    stepsOf(snapshot, snapshot.createdOn).find((step) => step.state !== 'done' && step.state !== 'not_needed')?.step ??
    'follow_up'
  )
}

/** The bar over the case. */
export function stepsOf(snapshot: CaseSnapshot, today: IsoDate): StepState[] {
  const sent = snapshot.claims.some((claim) => !['draft', 'void'].includes(claim.state))
  const authorization =
    last(snapshot.authorizations, (one) => one.state !== 'withdrawn') ?? snapshot.authorizations.at(-1)
  const readiness = () => snapshot.readiness[snapshot.treatment === 'done' || sent ? 'claim' : 'authorization']
  const isReady = () => readiness().total > 0 && readiness().ready
  return [
    {
      step: 'code',
      state: snapshot.decided ? (snapshot.confirmed ? 'done' : 'attention') : 'active',
      detail: snapshot.decided && !snapshot.confirmed ? 'dentist to confirm' : '',
    },
    {
      step: 'documentation',
      state: sent || isReady() ? 'done' : snapshot.decided ? 'active' : 'todo',
      // Judging all documents is most of what deriving a case costs, and only the bar says how many there are.
      get detail() {
        const { done, total } = readiness()
        return total > 0 ? `${done}/${total}` : ''
      },
    },
    { step: 'authorization', ...authorizationStep(snapshot, authorization, sent, today) },
    { step: 'claim', ...claimStep(snapshot, sent, today) },
    { step: 'follow_up', ...followUpStep(snapshot, sent) },
  ]
}

type Part = Omit<StepState, 'step'>
const sentAgo = (on: IsoDate, today: IsoDate) => (on === today ? 'sent today' : `sent ${daysBetween(on, today)}d`)

function authorizationStep(
  snapshot: CaseSnapshot,
  authorization: CaseSnapshot['authorizations'][number] | undefined,
  sent: boolean,
  today: IsoDate,
): Part {
  if (!authorization) {
    if (snapshot.need === 'no') return { state: 'not_needed', detail: 'not needed' }
    if (sent) return { state: 'not_needed', detail: '' }
    return { state: snapshot.decided ? 'active' : 'todo', detail: snapshot.need === 'yes' ? 'needed' : '' }
  }
  const { state } = authorization
  if (state === 'not_required') return { state: 'not_needed', detail: 'not required' }
  if (state === 'submitted' && authorization.sentOn)
    return { state: 'active', detail: sentAgo(authorization.sentOn, today) }
  if (isApproved(state)) {
    const expired = authorization.validTo !== null && authorization.validTo < today && snapshot.treatment !== 'done'
    return expired
      ? { state: 'attention', detail: 'expired' }
      : { state: 'done', detail: state === 'approved' ? 'approved' : 'changed' }
  }
  if (state === 'used') return { state: 'done', detail: 'used' }
  if (state === 'withdrawn') return { state: sent ? 'not_needed' : 'active', detail: 'withdrawn' }
  return {
    state: isOpen(state) && state !== 'info_requested' ? 'active' : 'attention',
    detail: authorizationLife.states[state].toLowerCase(),
  }
}

function claimStep(snapshot: CaseSnapshot, sent: boolean, today: IsoDate): Part {
  const claim = last(snapshot.claims, (one) => one.state !== 'void')
  if (claim?.state === 'rejected') return { state: 'attention', detail: 'rejected' }
  if (sent)
    return {
      state: 'done',
      detail: claim?.state === 'sent' && claim.sentOn ? sentAgo(claim.sentOn, today) : '',
    }
  if (claim) return { state: 'active', detail: 'draft' }
  return { state: snapshot.treatment === 'done' ? 'active' : 'todo', detail: '' }
}

function followUpStep(snapshot: CaseSnapshot, sent: boolean): Part {
  if (snapshot.state !== 'open') return { state: 'done', detail: snapshot.state }
  const eob = speakingOf(snapshot.remittances)
  const appeal = snapshot.appeals.at(-1)
  if (appeal?.state === 'draft') return { state: 'attention', detail: 'appeal' }
  if (appeal?.state === 'sent') return { state: 'active', detail: 'appealed' }
  if (awaitsPayment(snapshot)) return { state: 'active', detail: 'appeal won' }
  if (eob?.outcome === 'denied') return { state: 'attention', detail: 'denied' }
  if (eob?.outcome === 'info_requested') return { state: 'attention', detail: 'information' }
  if (eob)
    return {
      state: snapshot.isOpen || snapshot.isUnsent || !snapshot.isPatientPaid ? 'active' : 'done',
      detail: eob.outcome === 'paid' ? 'paid' : 'EOB posted',
    }
  return { state: sent ? 'active' : 'todo', detail: '' }
}

/** Whether the last appeal was won and no EOB has come since. */
function awaitsPayment({ appeals, remittances }: CaseSnapshot): boolean {
  const appeal = appeals.at(-1)
  const eob = speakingOf(remittances)
  if (!appeal?.decidedOn || !eob || appeal.decidedOn < eob.eobDate) return false
  return eob.outcome !== 'paid' && (appeal.state === 'won' || appeal.state === 'partly_won')
}

/** Papers are wanted before it goes out. */
export const MISSING = 'Documentation missing'
/** Nothing is open any more. */
export const TO_CLOSE = 'Paid: close the case'

/**
 * The status in the header: who has the next move.
 * @param today left out where the words are kept: what changes by itself overnight is not said there
 */
export function statusOf(snapshot: CaseSnapshot, today?: IsoDate): string {
  if (snapshot.state !== 'open') return snapshot.state === 'closed' ? 'Closed' : 'Voided'
  const appeal = snapshot.appeals.at(-1)
  if (appeal?.state === 'draft')
    return appeal.deadlineOn ? `Appeal due ${formatDate(appeal.deadlineOn)}` : 'Write the appeal'
  if (appeal?.state === 'sent') return 'Waiting: payer (appeal)'
  if (awaitsPayment(snapshot)) return 'Waiting: payer (appeal won)'
  const eob = speakingOf(snapshot.remittances)
  const claim = last(snapshot.claims, (one) => one.state !== 'void')
  if (claim?.state === 'rejected') return 'Correct the claim'
  if (claim?.state === 'sent') return 'Waiting: payer'
  if (eob?.outcome === 'paid' && snapshot.isOpen)
    return isWithPayer(snapshot.claims) ? 'Waiting: payer' : 'Paid: check what is open'
  const settled = snapshot.isPatientPaid ? TO_CLOSE : 'Bill the patient'
  // What no claim was sent for comes next.
  if (eob && !(eob.outcome === 'paid' && snapshot.isUnsent))
    return {
      denied: 'Denied: decide next step',
      other_payer: 'Bill the other payer first',
      info_requested: 'Send information',
      paid: settled,
      partly_paid: 'Partly paid: check',
      patient_only: settled,
      pended: 'Waiting: payer',
      repeated: 'Duplicate: ask the payer',
      reversed: 'Payment reversed',
      predetermined: 'Estimate received',
    }[eob.outcome]
  const authorization = last(snapshot.authorizations, (one) => one.state !== 'withdrawn')
  if (!snapshot.decided) return 'Choose the code'
  if (!snapshot.confirmed) return 'Dentist to confirm'
  if (snapshot.treatment !== 'done') {
    if (authorization?.state === 'submitted' || authorization?.state === 'appealed') return 'Waiting: payer'
    if (authorization?.state === 'info_requested') return 'Send information'
    if (authorization?.state === 'denied') return 'Authorization denied'
    if (
      authorization &&
      isApproved(authorization.state) &&
      today &&
      authorization.validTo &&
      authorization.validTo < today
    )
      return 'Approval ended'
    if (authorization && isApproved(authorization.state))
      return authorization.patientCalledOn ? 'Approved: treat' : 'Approved: call the patient'
    if (!authorization && snapshot.need === 'unknown') return 'Is an authorization needed?'
    if (authorization || snapshot.need === 'yes')
      return snapshot.readiness.authorization.ready ? 'Ready to request authorization' : MISSING
    return 'Planned'
  }
  return snapshot.readiness.claim.ready ? 'Ready to send claim' : MISSING
}
