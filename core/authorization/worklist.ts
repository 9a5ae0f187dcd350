// Which worklists an authorization stands in and how old it is, from its dated facts alone.
import { addDays, daysBetween, type IsoDate } from '../dates.ts'
import type { CaseState } from '../case/schema.ts'
import { keysOf } from '../keys-of.ts'
import { isApproved, isOpen } from './lifecycle.ts'
import type { AuthorizationState } from './schema.ts'

export const LIST_LABELS = {
  open: 'Open',
  unanswered: 'No answer',
  information: 'Information',
  expiring: 'Expiring',
  not_called: 'Not called',
  not_booked: 'Not booked',
  booked_late: 'Booked late',
  to_verify: 'To verify',
  stale: 'Stale',
}
export const AUTHORIZATION_LISTS = keysOf(LIST_LABELS)
export type AuthorizationList = keyof typeof LIST_LABELS

/** Authorizations in these states need no touch any more and stand in no list. */
export const OVER: readonly string[] = ['not_required', 'used', 'replaced', 'withdrawn']

/** An approval stands under "Expiring" this many days before its last day, and until treatment is done. */
export const EXPIRING_DAYS = 30

export interface WorklistFacts {
  state: AuthorizationState
  treatment: 'planned' | 'in_progress' | 'done'
  caseState: CaseState
  /** The day from which the payer's answer is overdue; null when none is expected. */
  answerDueOn: IsoDate | null
  validTo: IsoDate | null
  patientCalledOn: IsoDate | null
  /** The last day on which the patient is booked or a visit is planned. */
  lastVisitOn: IsoDate | null
  isStale: boolean
}

/** The lists an authorization stands in on `today`; none once its case is closed. */
export function listsOf(facts: WorklistFacts, today: IsoDate): AuthorizationList[] {
  const { state, treatment, validTo, lastVisitOn } = facts
  if (facts.caseState !== 'open') return []
  const granted = isApproved(state) && treatment !== 'done'
  const waiting = isApproved(state) && treatment === 'planned'
  const member: Record<AuthorizationList, boolean> = {
    open: isOpen(state),
    unanswered: state === 'submitted' && facts.answerDueOn !== null && facts.answerDueOn <= today,
    information: state === 'info_requested',
    expiring: granted && validTo !== null && validTo <= addDays(today, EXPIRING_DAYS),
    not_called: waiting && facts.patientCalledOn === null,
    not_booked: waiting && facts.patientCalledOn !== null && (lastVisitOn === null || lastVisitOn < today),
    booked_late: granted && isLate(validTo, lastVisitOn),
    to_verify: state === 'to_verify',
    stale: granted && facts.isStale,
  }
  return AUTHORIZATION_LISTS.filter((list) => member[list])
}

/** True when the last visit lies beyond the approval. */
export function isLate(validTo: IsoDate | null, lastVisitOn: IsoDate | null): boolean {
  return validTo !== null && lastVisitOn !== null && lastVisitOn > validTo
}

export const AGES = ['unsent', '0-15', '16-30', '31-60', '61-90', '90+'] as const
export type Age = (typeof AGES)[number]
const LAST_DAYS: readonly [Age, number][] = [
  ['0-15', 15],
  ['16-30', 30],
  ['31-60', 60],
  ['61-90', 90],
]

/** The age of a request in calendar days from the day it was sent. */
export function ageOf(sentOn: IsoDate | null, today: IsoDate): Age {
  if (sentOn === null) return 'unsent'
  const days = daysBetween(sentOn, today)
  return LAST_DAYS.find(([, last]) => days <= last)?.[0] ?? '90+'
}

/** The days of sending that make an age: from the first to the last, both counted; null is unbounded. */
export function sentBetween(age: Exclude<Age, 'unsent'>, today: IsoDate): { from: IsoDate | null; to: IsoDate | null } {
  const at = LAST_DAYS.findIndex(([one]) => one === age)
  const before = at < 0 ? LAST_DAYS.at(-1)![1] : (LAST_DAYS[at - 1]?.[1] ?? null)
  return {
    from: at < 0 ? null : addDays(today, -LAST_DAYS[at]![1]),
    to: before === null ? null : addDays(today, -before - 1),
  }
}
