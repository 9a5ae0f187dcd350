// Random histories on a real host: no state outside the table, every list as the facts say, undo exact.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorizationLife } from '#core/authorization/lifecycle.ts'
import {
  AUTHORIZATION_EVENTS,
  type Authorization,
  type AuthorizationEvent,
  type AuthorizationState,
} from '#core/authorization/schema.ts'
import { AUTHORIZATION_LISTS, type AuthorizationList } from '#core/authorization/worklist.ts'
import { addBusinessDays, addDays, type IsoDate } from '#core/dates.ts'
import { createD3353, type D3353, setVisits } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'
import { times } from '#test/helpers/times.ts'

let test: TestHost
beforeAll(async () => {
  test = await openTestHost()
})
afterAll(() => test.close())

type Step =
  | { do: 'event'; event: AuthorizationEvent; isTakenBack: boolean }
  /** One of the events that the table offers, by its place; withdrawing, the last of each, seldom: it ends all. */
  | { do: 'next'; at: number; isTakenBack: boolean }
  | { do: 'undo' }
  | { do: 'wait'; days: number }
  | { do: 'call' | 'book'; days: number }
  | { do: 'touch' | 'snooze' | 'assign'; days: number; isTakenBack: boolean }

const days = fc.integer({ min: 1, max: 100 })
const isTakenBack = fc.nat(3).map((one) => one === 0)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('next' as const), at: fc.nat(20), isTakenBack }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('event' as const),
      event: fc.constantFrom(...AUTHORIZATION_EVENTS),
      isTakenBack,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), days }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('call' as const, 'book' as const), days }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('touch' as const, 'snooze' as const, 'assign' as const),
      days,
      isTakenBack,
    }),
  },
)

/** The lists by the words of the issue, not by the code under test. A request of a planned case without visits. */
function listsBy(one: Authorization, today: IsoDate): AuthorizationList[] {
  const { state, validTo, patientCalledOn: called, bookedFor: booked } = one
  const isApproved = state === 'approved' || state === 'approved_modified'
  const isSilent = one.expectedOn !== null && addBusinessDays(one.expectedOn, 2) <= today
  const isOpen = ['to_verify', 'drafting', 'submitted', 'info_requested', 'appealed'].includes(state)
  const lists: [AuthorizationList, boolean][] = [
    ['open', isOpen],
    ['unanswered', state === 'submitted' && isSilent],
    ['information', state === 'info_requested'],
    ['expiring', isApproved && validTo !== null && addDays(validTo, -30) <= today],
    ['not_called', isApproved && called === null],
    ['not_booked', isApproved && called !== null && (booked === null || booked < today)],
    ['booked_late', isApproved && booked !== null && validTo !== null && booked > validTo],
    ['to_verify', state === 'to_verify'],
    ['stale', false],
  ]
  return lists.flatMap(([list, isIn]) => (isIn ? [list] : []))
}

describe('random histories', () => {
  it('stay inside the table, stand in exactly the lists their facts say, and are undone exactly', async () => {
    const table: Record<
      AuthorizationState,
      Partial<Record<AuthorizationEvent, AuthorizationState>>
    > = authorizationLife.table
    let today = '2026-11-23'
    const reached = new Set<AuthorizationState>()

    async function follow(steps: readonly Step[]): Promise<void> {
      const story: D3353 = await createD3353(test)
      const { caseId, coverageId } = story
      const view = await test.call('case.get', { id: caseId })
      await test.call('case.setVisits', { id: caseId, version: view.version, visits: [] })
      const { id } = await test.call('authorization.create', { caseId, kind: 'required', coverageId })
      const states: AuthorizationState[] = ['drafting']
      const one = async () => (await test.call('authorization.forCase', { caseId })).authorizations[0]!
      const payerId = (await test.call('patient.get', { id: story.patientId })).coverages[0]!.payerId
      /** Its row and in which lists SQL finds it, but for the version that each change counts. The payer is its own. */
      const standing = async () => {
        const { rows, counts } = await test.call('authorization.list', { list: 'all', payerId })
        return { counts, rows: rows.map(({ version: _, ...row }) => row) }
      }
      const takeBack = async () => {
        const { version } = await one()
        await test.call('authorization.undo', { id, version, reason: 'mistaken' })
        states.pop()
      }
      for (const next of steps) {
        const [before, { version }] = [await standing(), await one()]
        switch (next.do) {
          case 'next':
          case 'event': {
            const offered = Object.keys(table[states.at(-1)!]) as AuthorizationEvent[]
            const event =
              next.do === 'event' ? next.event : offered[next.at % Math.max(1, offered.length - (next.at < 18 ? 1 : 0))]
            if (!event) break
            const to = table[states.at(-1)!][event]
            const contact = 'Lee, ref 12'
            const { validTo } = await one()
            const end = validTo !== null && validTo > today ? validTo : today
            const details = event === 'extend' ? { contact, validTo: addDays(end, 30) } : { contact }
            const input = { id, version, event, on: today, gapReason: 'films follow', details }
            const reply = await test.host.call('authorization.transition', input)
            if (to && reply.ok) states.push(to)
            else {
              expect(reply, `${states.at(-1)} ${event}`).toMatchObject({ ok: false, error: { code: 'REFUSED' } })
              // Only an approval that is still valid refuses what the table has: it cannot have expired.
              if (to) expect(event).toBe('expire')
              expect(await standing()).toEqual(before)
            }
            if (to && reply.ok && next.isTakenBack) {
              await takeBack()
              expect(await standing()).toEqual(before)
            }
            break
          }
          case 'undo':
            if (states.length > 1) await takeBack()
            break
          case 'wait':
            today = addDays(today, next.days)
            test.setNow(`${today}T15:00:00`)
            break
          case 'call':
            await test.call('authorization.update', { id, version, details: { patientCalledOn: today } })
            break
          case 'book':
            await test.call('authorization.update', {
              id,
              version,
              details: { bookedFor: addDays(today, next.days * 4) },
            })
            break
          default: {
            const caseIds = [caseId]
            const { undoId } = await (next.do === 'touch'
              ? test.call('authorization.touch', { id, kind: 'call', text: 'asked', nextOn: addDays(today, next.days) })
              : next.do === 'snooze'
                ? test.call('worklist.snooze', { caseIds, until: addDays(today, next.days), reason: 'later' })
                : test.call('worklist.assign', { caseIds, userId: null }))
            if (!next.isTakenBack) break
            await test.call('action.undo', { id: undoId })
            expect(await standing()).toEqual(before)
          }
        }
        const now = await one()
        reached.add(now.state)
        expect(now.state).toBe(states.at(-1))
        expect(now.events).toEqual(Object.keys(table[now.state]))
        const isOver = ['not_required', 'used', 'withdrawn'].includes(now.state)
        const { counts, rows } = await standing()
        const wanted = isOver ? [] : listsBy(now, today)
        expect(AUTHORIZATION_LISTS.filter((list) => counts[list] === 1)).toEqual(wanted)
        expect(rows).toMatchObject(isOver ? [] : [{ state: now.state, lists: wanted }])
      }
    }

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 20 }), (steps) => follow(steps)),
      { numRuns: times(10, 200), seed: 3, endOnFailure: true },
    )
    expect(reached.size, 'the histories visit most states').toBeGreaterThan(8)
  }, 120_000)

  it('a visit that is done leaves the lists of those who wait for one', async () => {
    const story = await createD3353(test)
    const { caseId, coverageId } = story
    const { id } = await test.call('authorization.create', { caseId, kind: 'required', coverageId })
    const move = async (event: 'submit' | 'approve') => {
      const { version } = (await test.call('authorization.forCase', { caseId })).authorizations[0]!
      const { today } = await test.call('session.status', {})
      await test.call('authorization.transition', { id, version, event, on: today, gapReason: 'x' })
    }
    await move('submit')
    await move('approve')
    const listed = async () =>
      (await test.call('authorization.list', { list: 'not_called', limit: 500 })).rows.some((row) => row.id === id)
    expect(await listed()).toBe(true)
    await setVisits(test, caseId, 3)
    expect(await listed()).toBe(false)
  })
})
