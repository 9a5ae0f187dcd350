// A case as plain dated facts, for the tests of clocks, steps and status.
import { describeClock } from '#core/case/clock-words.ts'
import { type ClockKind, clocksOf } from '#core/case/clocks.ts'
import type { CaseSnapshot } from '#core/case/dated-facts.ts'

type Item<Key extends 'authorizations' | 'claims' | 'remittances' | 'appeals'> = CaseSnapshot[Key][number]

/** A decided and confirmed case of Nov 2, 2026 (a Monday) whose payer needs no authorization. */
export const snapshot = (change: Partial<CaseSnapshot> = {}): CaseSnapshot => ({
  state: 'open',
  createdOn: '2026-11-02',
  treatment: 'planned',
  assigneeId: null,
  snoozedUntil: null,
  snoozedOn: null,
  decided: true,
  confirmed: true,
  hasLines: true,
  visits: [],
  readiness: { authorization: { done: 6, total: 6, ready: true }, claim: { done: 8, total: 8, ready: true } },
  need: 'no',
  authorizations: [],
  isOpen: false,
  isUnsent: false,
  isPatientPaid: false,
  claims: [],
  remittances: [],
  appeals: [],
  tasks: [],
  holidays: [],
  ...change,
})

export const authorization = (change: Partial<Item<'authorizations'>> = {}): Item<'authorizations'> => ({
  id: 'a1',
  payerId: null,
  kind: 'required',
  state: 'submitted',
  createdOn: '2026-11-02',
  sentOn: '2026-11-02',
  expectedOn: null,
  expectedBasis: '',
  usual: null,
  infoDueOn: null,
  decidedOn: null,
  validTo: null,
  validBasis: '',
  patientCalledOn: null,
  bookedFor: null,
  stale: null,
  changesOpen: false,
  mismatches: [],
  ...change,
})

export const claim = (change: Partial<Item<'claims'>> = {}): Item<'claims'> => ({
  id: 'c1',
  isOpen: false,
  state: 'adjudicated',
  replacesId: null,
  sentOn: '2026-11-03',
  timelyFilingOn: null,
  ...change,
})

export const eob = (change: Partial<Item<'remittances'>> = {}): Item<'remittances'> => ({
  id: 'r1',
  claimId: 'c1',
  outcome: 'denied',
  eobDate: '2026-11-16',
  informationDueOn: null,
  isOpen: false,
  ...change,
})

export const appeal = (change: Partial<Item<'appeals'>> = {}): Item<'appeals'> => ({
  id: 'p1',
  claimId: 'c1',
  state: 'draft',
  deadlineOn: '2026-12-16',
  deadlineSource: 'Printed on the EOB: 30 days',
  sentOn: null,
  decidedOn: null,
  ...change,
})

/** The clocks as `kind date`. */
export const rings = (change: Partial<CaseSnapshot>) =>
  clocksOf(snapshot(change)).map((one) => `${one.kind} ${one.dueOn}`)
/** The words of its first clock, or of the first of a kind. */
export const words = (change: Partial<CaseSnapshot>, today: string, kind?: ClockKind) => {
  const clock = clocksOf(snapshot(change)).find((one) => kind === undefined || one.kind === kind)!
  return describeClock(clock, today)
}
