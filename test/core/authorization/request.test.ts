// A draft asks for what the case plans; what an approval says of the money.
import { describe, expect, it } from 'vitest'
import { approvedAmounts } from '#core/authorization/approved-amounts.ts'
import { askedOf, followed, requestWords, nothingToAsk, type TreatmentProgress } from '#core/authorization/request.ts'
import type { Authorization, AuthorizationLine } from '#core/authorization/schema.ts'
import type { Line } from '#core/case/schema.ts'

const line = (id: string, change: Partial<Line> = {}) =>
  ({ id, code: 'D3353', tooth: '8', quantity: 1, feeCents: 85000, ...change }) as Line

describe('followed', () => {
  // Bug: the request kept the fee of the day it was drafted, $0.00 where none was entered yet.
  it('a changed fee, a new line and a line taken off are followed; the same lines change nothing', () => {
    const asked = [askedOf(line('a', { feeCents: 0 }))]
    expect(followed(asked, [line('a')])).toEqual([askedOf(line('a'))])
    expect(followed(asked, [line('a', { feeCents: 0 }), line('b')])).toHaveLength(2)
    expect(followed([...asked, askedOf(line('b'))], [line('b')])).toEqual([askedOf(line('b'))])
    expect(followed(asked, [line('a', { feeCents: 0 })])).toBeNull()
  })
  // Bug: a request went on asking for services that the case no longer had.
  it('a case without lines empties it', () => {
    expect(followed([askedOf(line('a'))], [])).toEqual([])
    expect(followed([], [])).toBeNull()
  })
})

describe('approvedAmounts', () => {
  const approval = (...lines: Partial<AuthorizationLine>[]) =>
    ({
      state: 'approved',
      lines: lines.map((one) => ({ ...askedOf(line('a')), ...one })),
    }) as Authorization
  // Bug: an approval of $480.00 and $120.00 left the case at “expected –”.
  it('adds up plan and patient over all lines of the case', () => {
    const both = approval(
      { lineId: 'a' as never, approvedCents: 48000, patientCents: 12000 },
      { lineId: 'b' as never, approvedCents: 10000, patientCents: 5000 },
    )
    expect(approvedAmounts([line('a'), line('b')], [both])).toEqual({ planCents: 58000, patientCents: 17000 })
  })
  it.each([
    ['a line that no approval speaks of', [line('a'), line('b', { code: 'D2950' })], { approvedCents: 48000 }],
    ['an approval without amounts', [line('a')], {}],
    ['amounts above the fee of today', [line('a', { feeCents: 50000 })], { approvedCents: 48000, patientCents: 12000 }],
  ])('%s: nothing is known', (_what, lines, change) => {
    expect(approvedAmounts(lines, [approval({ lineId: 'a' as never, ...change })])).toBeNull()
  })
  it('a denied or expired request says nothing, a line granted not at all pays nothing', () => {
    const amounts = { lineId: 'a' as never, approvedCents: 48000, patientCents: 12000 }
    const denied = { ...approval(amounts), state: 'denied' } as Authorization
    expect(approvedAmounts([line('a')], [denied])).toBeNull()
    const none = approval({ lineId: 'a' as never, approvedQuantity: 0 })
    expect(approvedAmounts([line('a')], [none])).toEqual({ planCents: 0, patientCents: null })
  })
})

describe('requestWords', () => {
  const done: TreatmentProgress = { treatment: 'done', startedOn: '2026-10-05', completedOn: '2026-11-20' }
  const marked: TreatmentProgress = { treatment: 'done', startedOn: null, completedOn: null }
  const planned: TreatmentProgress = { treatment: 'planned', startedOn: null, completedOn: null }
  const words = (sentOn: string | null, progress: TreatmentProgress) =>
    requestWords({ kind: 'required', sentOn }, progress)
  // Bug: “prior authorization” in each of them.
  it.each([
    ['not begun', null, planned, 'prior authorization'],
    ['begun, not sent', null, { ...done, treatment: 'in_progress' as const, completedOn: null }, 'authorization'],
    ['done, not sent', null, done, 'retroactive authorization'],
    ['done by a mark alone', null, marked, 'retroactive authorization'],
    ['sent before the first visit', '2026-10-01', done, 'prior authorization'],
    ['sent between the visits', '2026-10-20', done, 'authorization'],
    ['sent after the last', '2026-11-22', done, 'retroactive authorization'],
  ])('%s: asks for what the record allows', (_what, sentOn, progress, subject) => {
    expect(words(sentOn, progress).subject).toBe(subject)
  })
  it('says no day that is not on record', () => {
    expect(words(null, marked).opening).toBe(
      'We request retroactive authorization for the treatment below. Treatment was completed.',
    )
  })
  it('a request that names no service is held', () => {
    const words = 'The request names no service.'
    expect(nothingToAsk({ kind: 'required', sentOn: null, lines: [] }, planned)).toEqual([{ line: null, words }])
  })
  it('an estimate that was asked for in time is printed again, one of what is done is held', () => {
    const lines = [line('a')]
    expect(nothingToAsk({ kind: 'estimate', sentOn: '2026-10-01', lines }, done)).toEqual([])
    expect(nothingToAsk({ kind: 'estimate', sentOn: null, lines }, done)).toHaveLength(1)
    expect(nothingToAsk({ kind: 'required', sentOn: null, lines }, done)).toEqual([])
  })
})
