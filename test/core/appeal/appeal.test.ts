// Appeal deadlines, levels and the life cycles' tables.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appealLife, settlementOf, stateWords } from '#core/appeal/lifecycle.ts'
import { answerDue, deadlineByLetter, deadlineOf, levelsFor } from '#core/appeal/deadline.ts'
import { APPEAL_EVENTS, APPEAL_LEVELS, APPEAL_STATES } from '#core/appeal/schema.ts'
import { authorizationLife } from '#core/authorization/lifecycle.ts'
import { AUTHORIZATION_EVENTS, AUTHORIZATION_STATES } from '#core/authorization/schema.ts'
import { days } from '#test/helpers/payer-rules.ts'
import { figured, ownRule } from '../payer-figures.ts'
import { claimLife } from '#core/claim/lifecycle.ts'
import { CLAIM_EVENTS, CLAIM_STATES } from '#core/claim/schema.ts'

describe('row 42: the deadline counts from the EOB date', () => {
  const payer = figured({ name: 'Sample Dental', rules: [ownRule(days('appeal', 60, 'cd'), 'provider manual')] })
  it('the letter controls, then the payer, then an unverified default', () => {
    expect(deadlineOf({ eobDate: '2026-10-23', daysOnLetter: 30, payer })).toMatchObject({
      on: '2026-11-22',
      basis: 'letter',
    })
    expect(deadlineOf({ eobDate: '2026-10-23', daysOnLetter: null, payer })).toMatchObject({
      on: '2026-12-22',
      basis: 'payer',
    })
    expect(deadlineOf({ eobDate: '2026-10-23', daysOnLetter: null, payer: null })).toMatchObject({
      on: '2027-04-21',
      basis: 'default',
      confidence: 'unverified',
    })
  })
  it('P7: the letter’s own unit and start, over a weekend and a year', () => {
    const by = (unit: 'cd' | 'bd', from: 'letter' | 'received', day: string) =>
      deadlineByLetter({ count: 30, unit }, from, day)
    expect(by('bd', 'received', '2026-11-23')).toMatchObject({
      on: '2027-01-04',
      countedFrom: '2026-11-23',
      basis: 'letter',
    })
    expect(by('cd', 'letter', '2026-11-18')).toMatchObject({
      on: '2026-12-18',
      source: 'By the letter: 30 days from the date of the letter',
    })
  })
})

describe('levels', () => {
  const deadline = deadlineOf({ eobDate: '2026-10-23', daysOnLetter: null, payer: null })
  const levels = (changes: Partial<Parameters<typeof levelsFor>[0]>) =>
    levelsFor({
      outcome: 'denied',
      cause: 'documentation',
      deadline,
      informationDueOn: null,
      used: [],
      unprocessable: false,
      ...changes,
    }).map((one) => one.level)
  it('information comes before an appeal, a correction before both', () => {
    expect(levels({})[0]).toBe('information')
    expect(levels({ cause: 'mismatch' })[0]).toBe('corrected_claim')
  })
  it('a claim that could not be processed (MA130) is corrected, never appealed', () => {
    expect(levels({ unprocessable: true })).toEqual(['corrected_claim'])
  })
  it('nothing is offered for a paid line, the second level only after a lost first', () => {
    expect(levels({ outcome: 'paid' })).toEqual([])
    expect(levels({ cause: 'bundling' })).not.toContain('second')
    expect(
      levels({ cause: 'bundling', used: [{ level: 'first', lost: true, decidedOn: '2026-12-01', nextDays: null }] }),
    ).toContain('second')
  })
})

// Bugs: "Due Dec 23 · 180 days from Nov 23", and a second look offered first although the first appeal was upheld.
describe('what is offered says what is so', () => {
  const base = {
    outcome: 'info_requested' as const,
    cause: 'documentation' as const,
    deadline: deadlineOf({ eobDate: '2026-11-23', daysOnLetter: null, payer: null }),
    informationDueOn: '2026-12-23',
    used: [],
    unprocessable: false,
  }
  it('papers are due in the days to their own date', () => {
    expect(levelsFor(base)[0]).toMatchObject({
      level: 'information',
      deadline: { on: '2026-12-23', days: 30, countedFrom: '2026-11-23' },
    })
  })
  it('a reconsideration comes before a first appeal, not after its answer', () => {
    const after = (level: 'first' | 'reconsideration') =>
      levelsFor({
        ...base,
        outcome: 'denied',
        cause: 'bundling',
        used: [{ level, lost: true, decidedOn: '2026-12-01', nextDays: null }],
      }).map((one) => one.level)
    expect(after('first')).not.toContain('reconsideration')
    expect(after('reconsideration')).toContain('first')
  })
})

describe('each level has a deadline and an answer with their source', () => {
  const lost = (decidedOn: string, nextDays: number | null) => ({
    level: 'first' as const,
    lost: true,
    decidedOn,
    nextDays,
  })
  const deadline = deadlineOf({ eobDate: '2026-10-23', daysOnLetter: 180, payer: null })
  const advice = (used: Parameters<typeof levelsFor>[0]['used']) =>
    levelsFor({ outcome: 'denied', cause: 'bundling', deadline, informationDueOn: null, used, unprocessable: false })
  it('the second level counts from the first’s decision, by its letter or the shortest default', () => {
    const second = (used: Parameters<typeof advice>[0]) => advice(used).find((one) => one.level === 'second')!.deadline
    expect(second([lost('2026-12-01', 45)])).toMatchObject({
      on: '2027-01-15',
      basis: 'letter',
      confidence: 'confirmed',
    })
    expect(second([lost('2026-12-01', null)])).toMatchObject({
      on: '2026-12-31',
      countedFrom: '2026-12-01',
      basis: 'default',
      confidence: 'unverified',
    })
  })
  it('of two lost ones the later decision counts', () => {
    const both = [lost('2026-12-20', 10), { ...lost('2026-12-01', 90), level: 'reconsideration' as const }]
    expect(advice(both).find((one) => one.level === 'external')!.deadline).toMatchObject({ on: '2026-12-30' })
  })
  it('no level is offered without a day, and every one has a day for the answer', () => {
    expect(advice([lost('2026-12-01', null)]).filter((one) => one.deadline === null)).toEqual([])
    for (const level of APPEAL_LEVELS) {
      const due = answerDue(level, '2026-11-01')
      expect(due.on > '2026-11-01' && due.source.length > 10, level).toBe(true)
    }
  })
})

describe('a won appeal', () => {
  const won = { state: 'won', claimId: 'c1', remittanceId: 'r1', sentOn: '2026-12-01' } as never
  const paid = (receivedOn: string, paidCents: number, id = 'r2', claimId = 'c1') => ({
    id,
    claimId,
    receivedOn,
    paidCents,
  })
  const words = (payments: Parameters<typeof settlementOf>[1]) =>
    stateWords({ state: 'won', settlement: settlementOf(won, payments) })
  it('waits for its payment, which closes it with the amount', () => {
    expect(words([])).toBe('Won, waiting for payment')
    expect(words([paid('2027-01-05', 48000)])).toBe('Won, paid $480.00')
  })
  it('earlier payments, the contested EOB and other claims recover nothing', () => {
    const others = [paid('2026-11-20', 100), paid('2026-12-02', 100, 'r1'), paid('2026-12-02', 100, 'r3', 'c2')]
    expect(words(others)).toBe('Won, waiting for payment')
  })
  it('a payment taken back again leaves it waiting', () => {
    expect(words([paid('2027-01-05', 48000), paid('2027-01-09', -48000, 'r3')])).toBe('Won, waiting for payment')
  })
})

describe('life cycles', () => {
  const machines = [
    {
      name: 'authorization',
      states: AUTHORIZATION_STATES,
      events: AUTHORIZATION_EVENTS,
      transition: authorizationLife.transition,
      eventsFrom: authorizationLife.eventsFrom,
    },
    {
      name: 'claim',
      states: CLAIM_STATES,
      events: CLAIM_EVENTS,
      transition: claimLife.transition,
      eventsFrom: claimLife.eventsFrom,
    },
    {
      name: 'appeal',
      states: APPEAL_STATES,
      events: APPEAL_EVENTS,
      transition: appealLife.transition,
      eventsFrom: appealLife.eventsFrom,
    },
  ] as const
  it.each(machines.map((machine) => [machine.name, machine] as const))(
    '%s: only what the table offers is allowed, and refusals say why',
    (_name, machine) => {
      const step = machine.transition as (
        state: string,
        event: string,
      ) => { allowed: boolean; to?: string; reasons?: string[] }
      const offered = machine.eventsFrom as (state: string) => readonly string[]
      fc.assert(
        fc.property(
          fc.constantFrom(...machine.states),
          fc.array(fc.constantFrom(...machine.events), { maxLength: 30 }),
          (start, events) => {
            let state: string = start
            for (const event of events) {
              const result = step(state, event)
              expect(result.allowed).toBe(offered(state).includes(event))
              if (result.allowed) state = result.to!
              else expect(result.reasons![0]!.length).toBeGreaterThan(10)
            }
            expect(machine.states as readonly string[]).toContain(state)
          },
        ),
      )
    },
  )
  it('terminal states of domain.md 4 offer nothing', () => {
    for (const state of ['not_required', 'used', 'withdrawn'] as const)
      expect(authorizationLife.eventsFrom(state)).toEqual([])
  })
})
