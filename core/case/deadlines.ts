// What rings on a case and when: clocks from dated facts, independent of today; and their words for a given day (domain.md 4, 5, 7).
import {
  addBusinessDays,
  addDays,
  businessDaysBetween,
  daysBetween,
  formatDate,
  type IsoDate,
  relativeDays,
} from '../dates.ts'
import type { AuthorizationState } from '../authorization/schema.ts'
import type { AppealState } from '../appeal/schema.ts'
import type { ClaimState } from '../claim/schema.ts'
import type { TaskId, UserId } from '../ids.ts'
import type { LineOutcome } from '../remittance/schema.ts'
import type { Step, Visit } from './schema.ts'

/** Everything the clocks and the status of a case depend on, as plain dated facts. */
export interface CaseSnapshot {
  state: 'open' | 'closed'
  createdOn: IsoDate
  treatment: 'planned' | 'in_progress' | 'done'
  assigneeId: UserId | null
  snoozedUntil: IsoDate | null
  decided: boolean
  confirmed: boolean
  hasLines: boolean
  visits: readonly Pick<Visit, 'phase' | 'plannedOn' | 'doneOn'>[]
  readiness: { authorization: ReadinessCount; claim: ReadinessCount }
  /** The latest answer to "is an authorization needed?". */
  need: 'yes' | 'no' | 'unknown'
  authorizations: readonly {
    id: string
    kind: 'estimate' | 'required'
    state: AuthorizationState
    createdOn: IsoDate
    sentOn: IsoDate | null
    expectedOn: IsoDate | null
    expectedBasis: string
    usualDays: number | null
    infoDueOn: IsoDate | null
    decidedOn: IsoDate | null
    validTo: IsoDate | null
    validBasis: string
    patientCalledOn: IsoDate | null
    bookedFor: IsoDate | null
  }[]
  claims: readonly { id: string; state: ClaimState; sentOn: IsoDate | null; timelyFilingOn: IsoDate | null }[]
  remittances: readonly {
    id: string
    claimId: string
    outcome: LineOutcome
    eobDate: IsoDate
    informationDueOn: IsoDate | null
    openCents: number
  }[]
  appeals: readonly {
    id: string
    claimId: string
    state: AppealState
    deadlineOn: IsoDate | null
    deadlineSource: string
    sentOn: IsoDate | null
  }[]
  tasks: readonly { id: TaskId; title: string; dueOn: IsoDate; assigneeId: UserId | null }[]
  holidays: readonly IsoDate[]
}
export interface ReadinessCount {
  done: number
  total: number
  ready: boolean
}

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
  | 'visit_after_expiry'
  | 'denied_authorization'
  | 'claim_unsent'
  | 'timely_filing'
  | 'no_eob'
  | 'rejected_claim'
  | 'denied_claim'
  | 'appeal_due'
  | 'appeal_unanswered'
  | 'eob_information'

/** Own design of domain.md 4 "Reminders"; the office changes the payer's own figures, not these. */
const UNSENT_BUSINESS_DAYS = 2
const NO_ANSWER_SLACK = 2
const NO_ANSWER_DEFAULT = 14
const NO_EOB_DAYS = 30
const DESIGN = 'Claimwright reminder (domain pack, section 4)'

/** The clocks of a case; none for a closed one. A snoozed case rings when the snooze ends. */
export function clocksOf(snapshot: CaseSnapshot): Clock[] {
  if (snapshot.state === 'closed') return []
  const clocks: Clock[] = []
  const ring = (
    key: string,
    kind: ClockKind,
    dueOn: IsoDate,
    step: Step,
    params: Clock['params'] = {},
    waiting = false,
  ) => {
    clocks.push({ key, kind, dueOn, step, params, waiting, assigneeId: snapshot.assigneeId, taskId: null })
  }
  for (const task of snapshot.tasks) {
    clocks.push({
      key: `task:${task.id}`,
      kind: 'task',
      dueOn: task.dueOn,
      step: 'follow_up',
      params: { title: task.title },
      waiting: false,
      assigneeId: task.assigneeId ?? snapshot.assigneeId,
      taskId: task.id,
    })
  }
  if (!snapshot.decided) ring('undecided', 'undecided', snapshot.createdOn, 'code')
  else if (!snapshot.confirmed) ring('unconfirmed', 'unconfirmed', snapshot.createdOn, 'code')
  ringAuthorizations(snapshot, ring)
  ringClaims(snapshot, ring)
  const until = snapshot.snoozedUntil
  return clocks.map((clock) =>
    until && clock.dueOn < until && clock.kind !== 'appeal_due' ? { ...clock, dueOn: until } : clock,
  )
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
  const lastVisit = snapshot.visits.reduce<IsoDate | null>(
    (last, visit) => (visit.plannedOn && (!last || visit.plannedOn > last) ? visit.plannedOn : last),
    null,
  )
  for (const authorization of snapshot.authorizations) {
    const key = (kind: string) => `${kind}:${authorization.id}`
    switch (authorization.state) {
      case 'to_verify':
      case 'drafting':
        ring(
          key('unsent'),
          'unsent_authorization',
          addBusinessDays(authorization.createdOn, UNSENT_BUSINESS_DAYS, holidays),
          'authorization',
        )
        break
      case 'submitted': {
        const sentOn = authorization.sentOn ?? authorization.createdOn
        const days = authorization.usualDays === null ? NO_ANSWER_DEFAULT : authorization.usualDays + NO_ANSWER_SLACK
        const dueOn = authorization.expectedOn
          ? addBusinessDays(authorization.expectedOn, NO_ANSWER_SLACK, holidays)
          : addBusinessDays(sentOn, days, holidays)
        ring(
          key('no_answer'),
          'no_answer',
          dueOn,
          'authorization',
          { sentOn, usual: authorization.usualDays, basis: authorization.expectedBasis },
          true,
        )
        break
      }
      case 'info_requested':
        ring(
          key('info'),
          'information_due',
          authorization.infoDueOn
            ? addDays(authorization.infoDueOn, -5)
            : (authorization.sentOn ?? authorization.createdOn),
          'authorization',
          { due: authorization.infoDueOn },
        )
        break
      case 'denied':
        ring(key('denied'), 'denied_authorization', authorization.decidedOn ?? authorization.createdOn, 'authorization')
        break
      case 'approved':
      case 'approved_modified':
        if (authorization.decidedOn && !authorization.patientCalledOn && snapshot.treatment === 'planned')
          ring(key('call'), 'not_called', authorization.decidedOn, 'authorization', { validTo: authorization.validTo })
        if (authorization.validTo) {
          if (snapshot.treatment !== 'done')
            ring(key('expiring'), 'expiring', addDays(authorization.validTo, -30), 'authorization', {
              validTo: authorization.validTo,
              basis: authorization.validBasis,
            })
          const planned = [lastVisit, authorization.bookedFor].find(
            (day) => day !== null && day > authorization.validTo!,
          )
          if (planned && snapshot.treatment !== 'done')
            ring(
              key('late'),
              'visit_after_expiry',
              authorization.decidedOn ?? authorization.createdOn,
              'authorization',
              { planned, validTo: authorization.validTo },
            )
        }
        break
      default:
    }
  }
}

function ringClaims(snapshot: CaseSnapshot, ring: Ring): void {
  const live = snapshot.claims.filter((claim) => claim.state !== 'void')
  const done = snapshot.visits
    .flatMap((visit) => visit.doneOn ?? [])
    .sort()
    .at(-1)
  if (snapshot.treatment === 'done' && !live.some((claim) => claim.state !== 'draft'))
    ring('claim', 'claim_unsent', done ?? snapshot.createdOn, 'claim')
  for (const claim of live) {
    const key = (kind: string) => `${kind}:${claim.id}`
    if (claim.state === 'sent' && claim.sentOn)
      ring(key('no_eob'), 'no_eob', addDays(claim.sentOn, NO_EOB_DAYS), 'follow_up', { sentOn: claim.sentOn }, true)
    if (claim.state === 'rejected') ring(key('rejected'), 'rejected_claim', claim.sentOn ?? snapshot.createdOn, 'claim')
    if ((claim.state === 'draft' || claim.state === 'rejected') && claim.timelyFilingOn)
      ring(key('timely'), 'timely_filing', addDays(claim.timelyFilingOn, -14), 'claim', { due: claim.timelyFilingOn })
  }
  for (const remittance of snapshot.remittances) {
    const key = (kind: string) => `${kind}:${remittance.id}`
    const answered = snapshot.appeals.some(
      (appeal) => appeal.claimId === remittance.claimId && appeal.state !== 'withdrawn',
    )
    if (remittance.outcome === 'info_requested' && !answered)
      ring(
        key('info'),
        'eob_information',
        remittance.informationDueOn ? addDays(remittance.informationDueOn, -5) : remittance.eobDate,
        'follow_up',
        { due: remittance.informationDueOn },
      )
    if (remittance.outcome === 'denied' && !answered)
      ring(key('denied'), 'denied_claim', remittance.eobDate, 'follow_up', { eobDate: remittance.eobDate })
  }
  for (const appeal of snapshot.appeals) {
    if (appeal.state === 'draft' && appeal.deadlineOn)
      ring(`appeal:${appeal.id}`, 'appeal_due', addDays(appeal.deadlineOn, -14), 'follow_up', {
        due: appeal.deadlineOn,
        source: appeal.deadlineSource,
      })
    if (appeal.state === 'sent' && appeal.sentOn)
      ring(
        `appeal:${appeal.id}`,
        'appeal_unanswered',
        addDays(appeal.sentOn, 30),
        'follow_up',
        { sentOn: appeal.sentOn },
        true,
      )
  }
}

export interface ClockWords {
  reason: string
  action: string
  source: string
  /** The day that counts for urgency: a deadline, else the day it began to ring. */
  deadline: IsoDate
}

/** A clock in words for `today`. */
export function describeClock(
  clock: Pick<Clock, 'kind' | 'dueOn' | 'params'>,
  today: IsoDate,
  holidays: readonly IsoDate[] = [],
): ClockWords {
  const { params, dueOn } = clock
  const date = (name: string): IsoDate | null => (typeof params[name] === 'string' ? params[name] : null)
  const say = (reason: string, action: string, deadline: IsoDate = dueOn, source = DESIGN): ClockWords => ({
    reason,
    action,
    source,
    deadline,
  })
  const due = date('due')
  switch (clock.kind) {
    case 'task':
      return say(`${params['title']} (task, due ${relativeDays(dueOn, today)})`, 'Open the task', dueOn, 'Task')
    case 'undecided':
      return say('Code not chosen yet', 'Answer the questions')
    case 'unconfirmed':
      return say('The dentist has not confirmed the code', 'Ask the dentist')
    case 'need_unknown':
      return say('Not known whether an authorization is needed', 'Ask the payer')
    case 'unsent_authorization':
      return say('Authorization request not sent', 'Send the request')
    case 'no_answer': {
      const sentOn = date('sentOn')!
      const usual = params['usual'] === null ? `none on file, default ${NO_ANSWER_DEFAULT}` : `${params['usual']}`
      return say(
        `No answer for ${businessDaysBetween(sentOn, today, holidays)} business days; usual: ${usual}`,
        'Call the payer',
        dueOn,
        String(params['basis'] || DESIGN),
      )
    }
    case 'information_due':
      return say(
        due ? `Payer wants information by ${formatDate(due)}` : 'Payer asked for information',
        'Send the information',
        due ?? dueOn,
      )
    case 'denied_authorization':
      return say('Authorization denied', 'Correct and resubmit, or appeal')
    case 'expiring': {
      const validTo = date('validTo')!
      const words =
        validTo < today
          ? `Authorization expired ${relativeDays(validTo, today)}`
          : `Authorization expires ${relativeDays(validTo, today)}, ${formatDate(validTo)}`
      return say(
        words,
        validTo < today ? 'Ask for an extension' : 'Book the visit or ask for an extension',
        validTo,
        String(params['basis'] || DESIGN),
      )
    }
    case 'not_called': {
      const validTo = date('validTo')
      return say(
        `Approved ${formatDate(dueOn)}, patient not called${validTo ? `; valid to ${formatDate(validTo)}` : ''}`,
        'Call the patient',
      )
    }
    case 'visit_after_expiry':
      return say(
        `Visit planned ${formatDate(date('planned')!)}, but the authorization ends ${formatDate(date('validTo')!)}`,
        'Ask for an extension',
      )
    case 'claim_unsent':
      return say(`Treatment finished ${daysBetween(dueOn, today)} days ago, claim not sent`, 'Send the claim')
    case 'timely_filing':
      return say(`Timely filing ends ${formatDate(due!)}`, 'Send the claim', due!)
    case 'no_eob':
      return say(`No EOB for ${daysBetween(date('sentOn')!, today)} days`, 'Call the payer')
    case 'rejected_claim':
      return say('Claim rejected', 'Correct and send again')
    case 'denied_claim':
      return say(`Denied on the EOB of ${formatDate(date('eobDate')!)}`, 'Decide: correct, inform or appeal')
    case 'eob_information':
      return say(
        due ? `EOB asks for information by ${formatDate(due)}` : 'EOB asks for information',
        'Send the information',
        due ?? dueOn,
      )
    case 'appeal_due':
      return say(
        `Appeal due ${relativeDays(due!, today)}, ${formatDate(due!)}`,
        'Finish the letter',
        due!,
        String(params['source'] ?? ''),
      )
    case 'appeal_unanswered':
      return say(`Appeal without answer for ${daysBetween(date('sentOn')!, today)} days`, 'Call the payer')
  }
}

/** Where a ringing clock stands in Today. */
export function bucketOf(
  clock: Pick<Clock, 'waiting' | 'dueOn'>,
  deadline: IsoDate,
  today: IsoDate,
): 'overdue' | 'today' | 'week' | 'waiting' | null {
  const day = deadline > clock.dueOn ? deadline : clock.dueOn
  if (clock.waiting && clock.dueOn > today) return 'waiting'
  if (day < today) return 'overdue'
  if (clock.dueOn <= today) return 'today'
  return daysBetween(today, clock.dueOn) <= 7 ? 'week' : null
}
