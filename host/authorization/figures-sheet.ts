// The figures of authorizations on paper: what ends soon, what payers decide, how long they take.
import { addDays, formatDate, IsoDate } from '#core/dates.ts'
import type { Document } from '#core/document/document.ts'
import { sheet } from '#core/document/sheets.ts'
import { AppError } from '#core/errors.ts'
import { spanWords } from '#core/payer-rule/words.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { getOffice } from '#host/office/rows.ts'
import { readSettings } from '#host/office/settings.ts'
import { countDays } from '#host/today/calendar-rows.ts'
import { authorizationFigures } from './list.ts'

const WEEKS = 6
/** Of a day’s ends so many are counted. */
const MOST = 100
const days = (value: number | null) => (value === null ? '–' : `${value} d`)

/** `id`: the period as `2026-01-01:2026-11-23`. */
export async function figuresDocument(context: QueryContext, id: string): Promise<Document> {
  const [from, to] = id.split(':').map((day) => IsoDate.safeParse(day).data)
  if (!from || !to) throw new AppError('NOT_FOUND', 'This report needs a period.', { entity: 'period', id })
  const { db, today, assets } = context
  const { holidays } = await readSettings(context)
  const { rows, turnaround } = await authorizationFigures(db, { from, to }, holidays, assets)
  const weeks = []
  for (let week = 0; week < WEEKS; week += 1) {
    const own = Array.from({ length: 7 }, (_, day) => addDays(today, week * 7 + day))
    const counts = await countDays(db, 'ends', own, MOST)
    weeks.push([formatDate(own[0]!), String(counts.reduce((sum, { count }) => sum + count, 0))])
  }
  const title = 'Authorization figures'
  return sheet(await getOffice(db), today, title, `${title} ${formatDate(from)} to ${formatDate(to)}`, [
    { kind: 'heading', text: 'Approvals that end in the next six weeks' },
    { kind: 'table', head: ['Week from', 'Approvals'], rows: weeks, right: [1] },
    { kind: 'heading', text: 'What payers decide' },
    {
      kind: 'table',
      head: ['Payer', 'Code', 'Cases', 'Approved', 'With changes', 'Denied', 'Usual days', 'Expired unused'],
      rows: rows.map((row) => [
        row.payerName,
        row.code,
        ...[row.cases, row.approved, row.modified, row.denied].map(String),
        days(row.medianDays),
        String(row.expiredUnused),
      ]),
      right: [2, 3, 4, 5, 6, 7],
    },
    { kind: 'heading', text: 'How long payers take' },
    {
      kind: 'table',
      head: ['Payer', 'Learned', 'Answers', 'Clocks use'],
      rows: turnaround.map((row) => [row.payerName, days(row.ownDays), String(row.answers), spanWords(row.counts)]),
      right: [1, 2],
    },
  ])
}
