// What stands on the days of the calendar, in words.
import type { CalendarItem } from '#core/contract/today.ts'
import type { IsoDate } from '#core/dates.ts'
import { caseLabel } from '#host/case/list-rows.ts'
import type { Reader } from '#host/kernel/store.ts'
import { listDays } from './calendar-rows.ts'

const TEXTS: Record<CalendarItem['kind'], (own: string) => string> = {
  ends: (kind) => (kind === 'estimate' ? 'Estimate ends' : 'Authorization ends'),
  // The day on which the clock rings: what is usual, and two days more.
  answer: () => 'Call the payer',
  information: () => 'Information due to the payer',
  visit: (phase) => (phase === 'booked' ? 'Visit booked' : `Visit planned (${phase})`),
  claim: () => 'Timely filing ends',
  appeal: () => 'Appeal due',
  task: (title) => title,
}

/** What of these kinds stands on the days from `from` to `to`, both counted. */
export async function calendarItems(
  db: Reader,
  kinds: readonly CalendarItem['kind'][],
  days: { from: IsoDate; to: IsoDate; limit: number },
) {
  const items: CalendarItem[] = []
  let isCut = false
  for (const kind of kinds) {
    const rows = await listDays(db, kind, days)
    isCut ||= rows.length === days.limit
    for (const row of rows) {
      // A booked visit that also stands in the plan is one visit.
      const isPlanned = (item: CalendarItem) => item.kind === kind && item.caseId === row.case_id && item.on === row.on
      if (kind === 'visit' && items.some(isPlanned)) continue
      items.push({
        id: `${kind}:${row.id}`,
        on: row.on,
        kind,
        caseId: row.case_id,
        ...caseLabel(row),
        text: TEXTS[kind](row.text),
        step: row.step,
      })
    }
  }
  items.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return { items, isCut }
}
