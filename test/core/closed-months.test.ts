// Which days lie in a closed month: whole months only, and never one that still runs.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { closedWords, closingProblem, endedMonths } from '#core/closed-months.ts'

it('the months that ended, the latest first, over the end of a year and a leap day', () => {
  expect(endedMonths('2024-03-31', 4)).toEqual(['2024-02-29', '2024-01-31', '2023-12-31', '2023-11-30'])
  expect(endedMonths('2026-11-01', 1)).toEqual(['2026-10-31'])
})
it('every month that is offered can be closed, and nothing else of it', () => {
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, (date) => {
      const today = date.toISOString().slice(0, 10)
      for (const end of endedMonths(today, 6)) {
        expect(closingProblem(end, today)).toBeNull()
        expect(closedWords(end, end)).not.toBeNull()
        expect(closingProblem(`${end.slice(0, 8)}15`, today)).toMatch(/whole/)
      }
    }),
  )
})
it('the running month cannot be closed, and the first day after a closed one is open', () => {
  expect(closingProblem('2026-11-30', '2026-11-30')).toMatch(/once it has ended/)
  expect(closedWords('2026-11-01', '2026-10-31')).toBeNull()
  expect(closedWords('2026-10-31', null)).toBeNull()
})
