// What rings on a case and when: clocks from dated facts, independent of today (domain.md 4, 5, 7).
import { addBusinessDays, addDays, type IsoDate, latestOf } from '../dates.ts'
import { isApproved, isOpen } from '../authorization/lifecycle.ts'
import { firstUncovered, whyNotCovered } from '../coverage/dates.ts'
import { answerDue, nextDeadline } from '../appeal/deadline.ts'
import type { TaskId, UserId } from '../ids.ts'
import { addSpan } from '../payer-figures.ts'
import { spanWords } from '../payer-rule/words.ts'
import type { CaseSnapshot } from './dated-facts.ts'
import type { Step, Visit } from './schema.ts'
import { isCorrected, isWithPayer, speakingOf } from './eobs.ts'
import { APPEAL_REMINDERS, EXPIRY_REMINDERS, INFORMATION_REMINDERS, snoozed } from './reminders.ts'

export interface Clock {
  key: string
  kind: ClockKind
  /** The day it starts to ring. */
  dueOn: IsoDate
  params: Record<string, string | number | null>
  step: Step
  /** True while the next move is somebody else's and nothing is late yet. */
  waiting: boolean
  assigneeId: UserId | null
  taskId: TaskId | null
  /** The authorization that it is about. */
  authorizationId: string | null
}
export type ClockKind =
  | 'task'
  | 'undecided'
  | 'unconfirmed'
  | 'need_unknown'
  | 'unsent_authorization'
  | 'no_answer'
  | 'information_due'
  | 'expiring'
  | 'not_called'
  | 'not_booked'
  | 'visit_after_expiry'
  | 'stale_approval'
  | 'not_covered'
  | 'claim_mismatch'
  | 'changes_open'
  | 'denied_authorization'
  | 'claim_unsent'
  | 'timely_filing'
  | 'no_eob'
  | 'rejected_claim'
  | 'denied_claim'
  | 'appeal_due'
  | 'appeal_unanswered'
  | 'eob_information'
  | 'eob_to_check'

/** Own design of domain.md 4 "Reminders"; the office changes the payer's own figures, not these. */
const UNSENT_BUSINESS_DAYS = 2
const UNBOOKED_BUSINESS_DAYS = 2
const NO_ANSWER_SLACK = 2
export const NO_ANSWER_DEFAULT = 14
const NO_EOB_DAYS = 30
/** From the day of the appeal, not of the denial. */
const PRE_SERVICE_ANSWER_DAYS = 30
const PRE_SERVICE = '29 CFR 2560.503-1(i): an appeal before service, 30 days'
export const DESIGN = 'Claimwright’s advice'

/** The clocks of a case; none for a closed one. A snoozed case rings when the snooze ends, or on a deadline before that. */
export function clocksOf(snapshot: CaseSnapshot): Clock[] {
  if (snapshot.state !== 'open') return []
  const clocks: Clock[] = []
  const ring = (
    key: string,
    kind: ClockKind,
    dueOn: IsoDate,
    step: Step,
    params: Clock['params'] = {},
    waiting = false,
  ) => {
    const authorizationId = authorizationOf(key, snapshot)
    clocks.push({
      key,
      kind,
      dueOn,
      step,
      params,
      waiting,
      assigneeId: snapshot.assigneeId,
      taskId: null,
      authorizationId,
    })
  }
  for (const task of snapshot.tasks) {
    clocks.push({
      key: `task:${task.id}`,
      kind: 'task',
      dueOn: task.dueOn,
      step: 'follow_up',
      params: { title: task.title, ...(task.about && { about: task.about }) },
      waiting: false,
      assigneeId: task.assigneeId ?? snapshot.assigneeId,
      taskId: task.id,
      authorizationId: null,
    })
  }
  if (!snapshot.decided) ring('undecided', 'undecided', snapshot.createdOn, 'code')
  else if (!snapshot.confirmed && !isAskedForOnly(snapshot))
    ring('unconfirmed', 'unconfirmed', snapshot.createdOn, 'code')
  ringAuthorizations(snapshot, ring)
  ringClaims(snapshot, ring)
  const { snoozedUntil: until, snoozedOn: since } = snapshot
  return until ? clocks.map((clock) => ({ ...clock, dueOn: snoozed(clock, until, since) })) : clocks
}

/** A request has gone out and nothing was done yet: the dentist confirms the code before the claim. */
function isAskedForOnly({ authorizations, treatment }: CaseSnapshot): boolean {
  return treatment === 'planned' && authorizations.some((one) => one.sentOn !== null)
}

/** Keys of an authorization's clocks end in its id. */
function authorizationOf(key: string, { authorizations }: CaseSnapshot): string | null {
  return authorizations.find((one) => key.endsWith(`:${one.id}`))?.id ?? null
}

type Ring = (
  key: string,
  kind: ClockKind,
  dueOn: IsoDate,
  step: Step,
  params?: Clock['params'],
  waiting?: boolean,
) => void

function ringAuthorizations(snapshot: CaseSnapshot, ring: Ring): void {
  const { holidays } = snapshot
  if (
    snapshot.decided &&
    snapshot.authorizations.length === 0 &&
    snapshot.need === 'unknown' &&
    snapshot.claims.length === 0
  )
    ring('need', 'need_unknown', snapshot.createdOn, 'authorization')
  if (snapshot.need === 'yes' && snapshot.authorizations.length === 0)
    ring(
      'unsent',
      'unsent_authorization',
      addBusinessDays(snapshot.createdOn, UNSENT_BUSINESS_DAYS, holidays),
      'authorization',
    )
  for (const authorization of snapshot.authorizations) {
    const { state, createdOn, sentOn, decidedOn, validTo, isSuperseded = false, appealedOn = null } = authorization
    // An estimate promises nothing, so its clocks say what they are about.
    const about: Clock['params'] = authorization.kind === 'estimate' ? { about: 'estimate' } : {}
    const follow: Follow = (kind, name, dueOn, params = {}, waiting = false, step = 'authorization') =>
      ring(`${name}:${authorization.id}`, kind, dueOn, step, { ...about, ...params }, waiting)
    ringCoverage(snapshot, authorization, follow)
    switch (state) {
      case 'to_verify':
        follow('need_unknown', 'verify', createdOn)
        break
      case 'drafting':
        follow('unsent_authorization', 'unsent', addBusinessDays(createdOn, UNSENT_BUSINESS_DAYS, holidays))
        break
      case 'submitted': {
        const { expectedOn, usual, expectedBasis: basis } = authorization
        const from = sentOn ?? createdOn
        const due = expectedOn ?? (usual && addSpan(from, usual, holidays))
        const dueOn = due
          ? addBusinessDays(due, NO_ANSWER_SLACK, holidays)
          : addBusinessDays(from, NO_ANSWER_DEFAULT, holidays)
        follow('no_answer', 'no_answer', dueOn, { sentOn: from, usual: usual && spanWords(usual), basis }, true)
        break
      }
      case 'info_requested': {
        const due = authorization.infoDueOn
        const first = due ? addDays(due, -INFORMATION_REMINDERS[0]!) : (sentOn ?? createdOn)
        follow('information_due', 'info', first, { due })
        break
      }
      case 'denied':
        if (!isSuperseded)
          follow('denied_authorization', 'denied', decidedOn ?? createdOn, {
            appealBy: authorization.appealUntil ?? null,
          })
        break
      case 'appealed': {
        const deniedOn = decidedOn ?? createdOn
        const sent = appealedOn ?? deniedOn
        const answer = addDays(sent, PRE_SERVICE_ANSWER_DAYS)
        follow('appeal_unanswered', 'appeal', answer, { deniedOn, sentOn: sent, answer, source: PRE_SERVICE }, true)
        break
      }
      case 'expired':
        if (!isSuperseded && snapshot.treatment !== 'done')
          follow('expiring', 'expiring', validTo ?? decidedOn ?? createdOn, { validTo })
        break
      case 'approved':
      case 'approved_modified':
        ringApproved(snapshot, authorization, follow)
        break
      default:
    }
  }
}

type Follow = (
  kind: ClockKind,
  name: string,
  dueOn: IsoDate,
  params?: Clock['params'],
  waiting?: boolean,
  step?: Step,
) => void

/** The last day on which a visit is planned or booked and not done; null when there is none. */
export function lastVisitOn(
  visits: readonly Pick<Visit, 'plannedOn' | 'doneOn'>[],
  bookedFor: IsoDate | null,
): IsoDate | null {
  const planned = visits.flatMap((visit) => (visit.doneOn === null ? (visit.plannedOn ?? []) : []))
  return [...planned, ...(bookedFor ? [bookedFor] : [])].sort().at(-1) ?? null
}

/** A request or an approval under a coverage that ends before the treatment, or begins after a visit. */
function ringCoverage(
  { treatment, visits }: CaseSnapshot,
  authorization: CaseSnapshot['authorizations'][number],
  follow: Follow,
): void {
  const { state, coverage, createdOn, bookedFor, validTo, isSuperseded } = authorization
  if (!coverage || isSuperseded || treatment === 'done' || !(isOpen(state) || isApproved(state))) return
  const days = [...visits.map((visit) => visit.doneOn ?? visit.plannedOn), bookedFor]
  const outside = firstUncovered(coverage, days)
  if (outside) return follow('not_covered', 'covered', createdOn, { visitOn: outside.day, why: outside.why })
  const { validTo: endsOn } = coverage
  if (endsOn !== null && (validTo === null || validTo > endsOn))
    follow('not_covered', 'covered', addDays(endsOn, 1), { why: whyNotCovered(coverage, addDays(endsOn, 1)), validTo })
}

/** Call the patient, book the visit, treat before the approval ends. */
function ringApproved(
  { treatment, visits, holidays }: CaseSnapshot,
  authorization: CaseSnapshot['authorizations'][number],
  follow: Follow,
): void {
  const { createdOn, decidedOn, patientCalledOn, bookedFor, validTo, validBasis: basis, stale } = authorization
  const last = lastVisitOn(visits, bookedFor)
  if (authorization.mismatches.length > 0)
    follow('claim_mismatch', 'mismatch', decidedOn ?? createdOn, { why: authorization.mismatches.join(' ') })
  if (authorization.isSuperseded) return
  if (treatment === 'planned') {
    if (decidedOn && !patientCalledOn) follow('not_called', 'call', decidedOn, { approvedOn: decidedOn, validTo })
    if (patientCalledOn && last === null) {
      const dueOn = addBusinessDays(patientCalledOn, UNBOOKED_BUSINESS_DAYS, holidays)
      follow('not_booked', 'book', dueOn, { calledOn: patientCalledOn, validTo })
    }
    // Waits for the visit; once it came and went without treatment, it was missed or not recorded. Visits stand by the code.
    if (patientCalledOn && last !== null)
      follow('not_booked', 'book', addDays(last, 1), { visitOn: last, validTo }, true, 'code')
  }
  if (authorization.changesOpen) follow('changes_open', 'changes', decidedOn ?? createdOn, { decidedOn })
  if (treatment === 'done') return
  if (stale) follow('stale_approval', 'stale', stale.since, { why: stale.reasons.join('; ') })
  if (!validTo) return
  follow('expiring', 'expiring', addDays(validTo, -EXPIRY_REMINDERS[0]!), { validTo, basis, visitOn: last })
  if (last && last > validTo) follow('visit_after_expiry', 'late', decidedOn ?? createdOn, { planned: last, validTo })
}

function ringClaims(snapshot: CaseSnapshot, ring: Ring): void {
  const live = snapshot.claims.filter((claim) => claim.state !== 'void')
  const done = latestOf(snapshot.visits.flatMap((visit) => visit.doneOn ?? []))
  if (snapshot.treatment === 'done' && !live.some((claim) => claim.state !== 'draft'))
    ring('claim', 'claim_unsent', done ?? snapshot.createdOn, 'claim', { doneOn: done ?? snapshot.createdOn })
  for (const claim of live) {
    const key = (kind: string) => `${kind}:${claim.id}`
    if (claim.state === 'sent' && claim.sentOn)
      ring(key('no_eob'), 'no_eob', addDays(claim.sentOn, NO_EOB_DAYS), 'follow_up', { sentOn: claim.sentOn }, true)
    if (claim.state === 'rejected') ring(key('rejected'), 'rejected_claim', claim.sentOn ?? snapshot.createdOn, 'claim')
    if ((claim.state === 'draft' || claim.state === 'rejected') && claim.timelyFilingOn)
      ring(key('timely'), 'timely_filing', addDays(claim.timelyFilingOn, -14), 'claim', { due: claim.timelyFilingOn })
  }
  for (const claim of live) ringDecision(snapshot, claim, ring)
  for (const appeal of snapshot.appeals) {
    const { state, deadlineOn: due, deadlineSource: source, sentOn } = appeal
    const key = `appeal:${appeal.id}`
    if (state === 'draft' && due)
      ring(key, 'appeal_due', addDays(due, -APPEAL_REMINDERS[0]!), 'follow_up', { due, source })
    if (state === 'sent' && sentOn) {
      const answer = answerDue(appeal.level ?? 'first', sentOn)
      ring(key, 'appeal_unanswered', answer.on, 'follow_up', { sentOn, answer: answer.on, source: answer.source }, true)
    }
  }
}

/** What the EOB of a claim asks for, until a correction, an appeal or a later EOB answers it. */
function ringDecision(snapshot: CaseSnapshot, claim: CaseSnapshot['claims'][number], ring: Ring): void {
  const remittance = speakingOf(snapshot.remittances.filter((one) => one.claimId === claim.id))
  if (!remittance || claim.state !== 'adjudicated' || isCorrected(claim, snapshot.claims)) return
  const { outcome, eobDate, informationDueOn: due, appealUntil } = remittance
  const follow = (kind: ClockKind, name: string, dueOn: IsoDate, params: Clock['params'], waiting = false) =>
    ring(`${name}:${remittance.id}`, kind, dueOn, 'follow_up', params, waiting)
  switch (outcome) {
    case 'pended':
      return follow('no_eob', 'pended', addDays(eobDate, NO_EOB_DAYS), { pendedOn: eobDate }, true)
    case 'paid':
      if (isWithPayer(snapshot.claims)) return
      if (claim.isOpen) return follow('eob_to_check', 'check', eobDate, { outcome, eobDate })
      if (snapshot.isOpen || snapshot.isUnsent || snapshot.isPatientPaid) return
      // Asked for once, whatever the number of plans.
      if (remittance !== speakingOf(snapshot.remittances)) return
      return follow('eob_to_check', 'check', eobDate, { outcome: 'patient_share', eobDate })
    case 'patient_only':
      if (snapshot.isPatientPaid) return
      return follow('eob_to_check', 'check', eobDate, { outcome: remittance.isSettled ? 'settled' : outcome, eobDate })
    case 'partly_paid':
    case 'other_payer':
    case 'repeated':
    case 'reversed':
      return follow('eob_to_check', 'check', eobDate, { outcome, eobDate })
    case 'denied':
    case 'info_requested': {
      const appeal = snapshot.appeals.filter((one) => answers(one, claim.id, eobDate)).at(-1)
      if (appeal?.state === 'sent' || (appeal?.state === 'draft' && appeal.deadlineOn)) return
      const decidedOn = appeal?.decidedOn ?? null
      if (decidedOn && (appeal?.state === 'won' || appeal?.state === 'partly_won'))
        return follow('no_eob', 'won', addDays(decidedOn, NO_EOB_DAYS), { wonOn: decidedOn }, true)
      if (decidedOn && appeal?.state === 'lost')
        return follow('denied_claim', 'denied', decidedOn, {
          eobDate,
          lostOn: decidedOn,
          appealBy: nextDeadline({ decidedOn, nextDays: appeal.nextDays ?? null }).on,
        })
      if (outcome === 'denied')
        return follow('denied_claim', 'denied', eobDate, { eobDate, ...(appealUntil && { appealBy: appealUntil }) })
      return follow('eob_information', 'info', due ? addDays(due, -5) : eobDate, { due })
    }
    default:
  }
}

/** An appeal that was over before this EOB does not answer it. */
function answers(appeal: CaseSnapshot['appeals'][number], claimId: string, eobDate: IsoDate): boolean {
  const over = appeal.decidedOn ?? appeal.sentOn
  return appeal.claimId === claimId && appeal.state !== 'withdrawn' && (over === null || over >= eobDate)
}
