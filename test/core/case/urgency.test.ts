// When a clock is late, and where it stands on a day.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clocksOf } from '#core/case/clocks.ts'
import type { CaseSnapshot } from '#core/case/dated-facts.ts'
import { nextOf } from '#core/case/next.ts'
import { BUCKETS, bucketOf, deadlineOf } from '#core/case/urgency.ts'
import { addDays } from '#core/dates.ts'
import { anyCase, day } from './any-case.ts'
import { authorization, claim, eob, snapshot } from './snapshot.ts'

const approved = authorization({ state: 'approved', decidedOn: '2026-11-20', validTo: '2027-05-19' })
const done = {
  treatment: 'done' as const,
  visits: [{ phase: 'final' as const, plannedOn: null, doneOn: '2026-11-02' }],
}

// Bug: a denial with 50 days left, a visit planned ahead and a code chosen tomorrow all stood among the overdue, in red.
describe('where a clock stands on a day', () => {
  const on = (change: Partial<CaseSnapshot>, today: string, kind: string) =>
    bucketOf(
      clocksOf(snapshot(change)).find((one) => one.kind === kind)!,
      today,
    )
  const adjudicated = { ...done, claims: [claim({ state: 'adjudicated' })] }
  const denied = { ...adjudicated, remittances: [eob({ outcome: 'denied', appealUntil: '2027-01-12' })] }

  it.each([
    ['2026-11-23', 'week'],
    ['2027-01-11', 'week'],
    ['2027-01-12', 'today'],
    ['2027-01-13', 'overdue'],
  ])('a denial with an appeal until Jan 12, 2027 stands on %s under %s', (today, bucket) => {
    expect(on(denied, today, 'denied_claim')).toBe(bucket)
  })
  it('a visit planned after the approval ends is no delay while the approval holds', () => {
    const late = {
      authorizations: [approved],
      visits: [{ phase: 'final' as const, plannedOn: '2027-06-01', doneOn: null }],
    }
    expect(on(late, '2026-11-23', 'visit_after_expiry')).toBe('week')
    expect(on(late, '2027-05-20', 'visit_after_expiry')).toBe('overdue')
  })
  it('what nobody set a date for is to be done today, however long it has rung', () => {
    expect(on({ decided: false }, '2026-11-02', 'undecided')).toBe('today')
    expect(on({ decided: false }, '2027-03-01', 'undecided')).toBe('today')
    expect(on({ authorizations: [approved] }, '2027-03-01', 'not_called')).toBe('today')
  })
  it('an answer that the payer owes is waited for, then due, then late', () => {
    const sent = { authorizations: [authorization()] }
    const days = ['2026-11-19', '2026-11-20', '2026-11-21']
    expect(days.map((day) => on(sent, day, 'no_answer'))).toEqual(['waiting', 'today', 'overdue'])
  })
  it('what was snoozed rests until its day, also when its time was over before', () => {
    const sent = { authorizations: [authorization()], snoozedOn: '2026-11-30', snoozedUntil: '2026-12-04' }
    const days = ['2026-12-01', '2026-12-04', '2026-12-05']
    expect(days.map((day) => on(sent, day, 'no_answer'))).toEqual(['waiting', 'today', 'overdue'])
  })
})

describe('every case', () => {
  it('as days go by a clock only comes nearer: ahead, waiting or this week, today, late', () => {
    const near = [null, 'waiting', 'week', 'today', 'overdue']
    fc.assert(
      fc.property(anyCase, day, fc.nat(120), (one, today, later) => {
        for (const clock of clocksOf(one)) {
          const [now, then] = [today, addDays(today, later)].map((on) => near.indexOf(bucketOf(clock, on)))
          // What the payer owed us comes from waiting; what is ours lies ahead first.
          expect(then, JSON.stringify(clock)).toBeGreaterThanOrEqual(now!)
        }
      }),
    )
  })
  it('late is what has a deadline that has passed, and nothing else', () => {
    fc.assert(
      fc.property(anyCase, day, (one, today) => {
        for (const clock of clocksOf(one)) {
          const deadline = deadlineOf(clock)
          const isLate = clock.dueOn <= today && deadline !== null && deadline < today
          expect(bucketOf(clock, today) === 'overdue').toBe(isLate)
        }
      }),
    )
  })
  it('what comes next is the most urgent of what rings, and nothing where nothing does', () => {
    fc.assert(
      fc.property(anyCase, day, (one, today) => {
        const clocks = clocksOf(one)
        const places = clocks.flatMap((clock) => bucketOf(clock, today) ?? []).map((name) => BUCKETS.indexOf(name))
        const next = nextOf(clocks, today, [], { status: '', hasQuestions: false })
        expect(next === null).toBe(places.length === 0)
        expect(next?.bucket).toBe(BUCKETS[Math.min(...places)])
      }),
    )
  })
})
