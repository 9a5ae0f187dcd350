// Lists, ages, stale reasons and figures from dated facts; undo and snooze as properties.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerFigures } from '#core/authorization/figures.ts'
import { authorizationLife, isOpen, standing } from '#core/authorization/lifecycle.ts'
import { AUTHORIZATION_EVENTS, AUTHORIZATION_STATES, type AuthorizationState } from '#core/authorization/schema.ts'
import { staleReasons } from '#core/authorization/stale.ts'
import { medianAnswerDays, middle } from '#core/authorization/turnaround.ts'
import { ageOf, AGES, listsOf, sentBetween, type WorklistFacts } from '#core/authorization/worklist.ts'
import { clocksOf } from '#core/case/clocks.ts'
import { addDays, daysBetween } from '#core/dates.ts'
import { authorization, snapshot } from '../case/snapshot.ts'

const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2025-01-01', days))
const maybe = fc.option(day)
const facts = fc.record<WorklistFacts>({
  state: fc.constantFrom(...AUTHORIZATION_STATES),
  treatment: fc.constantFrom('planned', 'in_progress', 'done'),
  caseState: fc.constantFrom('open', 'closed'),
  answerDueOn: maybe,
  validTo: maybe,
  patientCalledOn: maybe,
  lastVisitOn: maybe,
  isStale: fc.boolean(),
})

describe('lists', () => {
  it('every open request of an open case stands under open; nothing of a closed case stands anywhere', () => {
    fc.assert(
      fc.property(facts, day, (one, today) => {
        const lists = listsOf(one, today)
        if (one.caseState === 'closed') expect(lists).toEqual([])
        else expect(lists.includes('open')).toBe(isOpen(one.state))
      }),
    )
  })
  it('approved, not called and called, not booked never hold the same one', () => {
    fc.assert(
      fc.property(facts, day, (one, today) => {
        const lists = listsOf(one, today)
        expect(lists.includes('not_called') && lists.includes('not_booked')).toBe(false)
      }),
    )
  })
  it('expiring begins 30 days before the last day and lasts beyond it', () => {
    const one: WorklistFacts = {
      state: 'approved',
      treatment: 'planned',
      caseState: 'open',
      answerDueOn: null,
      validTo: '2026-12-31',
      patientCalledOn: '2026-11-20',
      lastVisitOn: '2026-12-05',
      isStale: false,
    }
    expect(listsOf(one, '2026-11-30')).toEqual([])
    expect(listsOf(one, '2026-12-01')).toEqual(['expiring'])
    expect(listsOf({ ...one, lastVisitOn: '2027-01-02' }, '2027-01-02')).toEqual(['expiring', 'booked_late'])
  })
  it('a booked visit that passed without treatment brings the patient back under not booked', () => {
    const one: WorklistFacts = {
      state: 'approved',
      treatment: 'planned',
      caseState: 'open',
      answerDueOn: null,
      validTo: '2027-05-19',
      patientCalledOn: '2026-11-20',
      lastVisitOn: '2026-12-05',
      isStale: false,
    }
    expect(listsOf(one, '2026-12-05')).toEqual([])
    expect(listsOf(one, '2026-12-06')).toEqual(['not_booked'])
    expect(listsOf({ ...one, treatment: 'in_progress' }, '2026-12-06')).toEqual([])
  })
  it('each day of sending has one age, and the age names the same days', () => {
    fc.assert(
      fc.property(day, day, (sentOn, today) => {
        fc.pre(daysBetween(sentOn, today) >= 0)
        const ages = AGES.filter((age) => {
          if (age === 'unsent') return false
          const { from, to } = sentBetween(age, today)
          return (from === null || sentOn >= from) && (to === null || sentOn <= to)
        })
        expect(ages).toEqual([ageOf(sentOn, today)])
      }),
    )
    expect(ageOf(null, '2026-11-23')).toBe('unsent')
  })
})

describe('histories', () => {
  it('no history of allowed steps and undos leaves the table, and undo returns to the state before', () => {
    const choice = fc.oneof(fc.constant('undo' as const), fc.constantFrom(...AUTHORIZATION_EVENTS))
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 40 }), (choices) => {
        const states: AuthorizationState[] = ['to_verify']
        const history: { event: string }[] = []
        for (const event of choices) {
          const now = states.at(-1)!
          if (event === 'undo') {
            if (states.length === 1) continue
            states.pop()
          } else {
            const next = authorizationLife.transition(now, event)
            expect(next.allowed).toBe(authorizationLife.eventsFrom(now).includes(event))
            if (!next.allowed) continue
            states.push(next.to)
          }
          history.push({ event })
        }
        expect(Object.keys(authorizationLife.table)).toContain(states.at(-1))
        expect(standing(history)).toHaveLength(states.length - 1)
      }),
    )
  })
})

describe('reminders and snooze', () => {
  const approved = authorization({
    state: 'approved',
    decidedOn: '2026-06-01',
    validTo: '2026-12-31',
    patientCalledOn: '2026-06-02',
    bookedFor: '2026-12-20',
  })
  const expiring = (snoozedOn: string | null, snoozedUntil: string | null) =>
    clocksOf(snapshot({ authorizations: [approved], snoozedOn, snoozedUntil })).find((one) => one.kind === 'expiring')!
      .dueOn
  it('expiry rings at 30, and a snooze never silences 14 and 7', () => {
    expect(expiring(null, null)).toBe('2026-12-01')
    expect(expiring('2026-12-02', '2026-12-10')).toBe('2026-12-10')
    expect(expiring('2026-12-02', '2027-03-01')).toBe('2026-12-17')
    expect(expiring('2026-12-17', '2027-03-01')).toBe('2026-12-24')
    expect(expiring('2026-12-24', '2027-03-01')).toBe('2026-12-31')
  })
  it('information due tomorrow rings although it was snoozed at five days', () => {
    const asked = authorization({ state: 'info_requested', infoDueOn: '2026-12-15' })
    const due = clocksOf(
      snapshot({ authorizations: [asked], snoozedOn: '2026-12-10', snoozedUntil: '2026-12-20' }),
    ).find((one) => one.kind === 'information_due')!.dueOn
    expect(due).toBe('2026-12-14')
  })
  it('no snooze moves a clock past its deadline', () => {
    fc.assert(
      fc.property(day, day, day, (validTo, on, until) => {
        const one = { ...approved, validTo }
        const clocks = clocksOf(snapshot({ authorizations: [one], snoozedOn: on, snoozedUntil: until }))
        const clock = clocks.find((each) => each.kind === 'expiring')!
        expect(clock.dueOn <= validTo).toBe(true)
      }),
    )
  })
})

describe('stale approvals', () => {
  const then = {
    coverageId: 'c1',
    planId: 'p1',
    memberId: 'M1',
    annualMaxCents: 150000,
    providerId: 'd1',
    fees: [{ code: 'D3353', feeCents: 85000 }],
  }
  it('nothing changed, nothing said', () => {
    expect(staleReasons(then, { ...then, fees: [...then.fees, { code: 'D3351', feeCents: 1 }] })).toEqual([])
  })
  it('what was not known at the approval cannot have changed: an imported one does not ring once the rest is filled in', () => {
    const log = {
      ...then,
      memberId: '',
      annualMaxCents: null,
      providerId: null,
      fees: [{ code: 'D3353', feeCents: 0 }],
    }
    expect(staleReasons(log, then)).toEqual([])
    expect(staleReasons(then, log)).toHaveLength(4)
  })
  it('names plan, dentist, maximum and fee', () => {
    const now = {
      ...then,
      planId: 'p2',
      providerId: 'd2',
      annualMaxCents: 100000,
      fees: [{ code: 'D3353', feeCents: 90000 }],
    }
    expect(staleReasons(then, now)).toEqual([
      'The coverage has changed',
      'Another dentist treats: approvals may not transfer',
      'The plan’s annual maximum has changed',
      'D3353: fee now $900.00, approved at $850.00',
    ])
  })
})

describe('figures', () => {
  const request = (change: object) => ({
    payerId: null,
    payerName: 'Sample',
    code: 'D3353',
    kind: 'required' as const,
    state: 'approved' as const,
    decision: 'approved' as const,
    sentOn: '2026-11-02',
    decidedOn: '2026-11-04',
    ...change,
  })
  it('count each decision once and name the cases behind', () => {
    const rows = answerFigures(
      [
        request({}),
        request({ decision: 'approved_modified', decidedOn: '2026-11-09' }),
        request({ decision: 'denied', decidedOn: '2026-11-16' }),
        request({ state: 'expired', sentOn: null }),
      ],
      [],
    )
    expect(rows).toEqual([
      {
        payerId: null,
        payerName: 'Sample',
        code: 'D3353',
        kind: 'required',
        cases: 4,
        approved: 2,
        modified: 1,
        denied: 1,
        medianDays: 5,
        ninetiethDays: 10,
        expiredUnused: 1,
      },
    ])
  })
  it('never add up estimates and authorizations that are required', () => {
    const rows = answerFigures([request({}), request({ kind: 'estimate', decision: 'denied' })], [])
    expect(rows.map(({ kind, cases, denied }) => ({ kind, cases, denied }))).toEqual([
      { kind: 'required', cases: 1, denied: 0 },
      { kind: 'estimate', cases: 1, denied: 1 },
    ])
  })
  it('the middle of what was answered is what a payer takes', () => {
    expect(medianAnswerDays([{ sentOn: '2026-11-20', decidedOn: '2026-11-23' }], [])).toBe(1)
    expect(middle([])).toBeNull()
  })
})
