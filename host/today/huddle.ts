// The sheet for the morning's huddle: who comes, whose approval does not hold, whom to call, what is due.
import { LIST_LABELS } from '#core/authorization/worklist.ts'
import { authorizationLife, isApproved } from '#core/authorization/lifecycle.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { type CalendarItem, type Huddle, huddleCount, type HuddlePart } from '#core/contract/today.ts'
import { MOST_COUNTED } from '#core/counts.ts'
import { addBusinessDays, addDays, formatDate, type IsoDate } from '#core/dates.ts'
import type { Block, Document } from '#core/document/document.ts'
import { sheet } from '#core/document/sheets.ts'
import { siteName } from '#core/teeth.ts'
import { newestAuthorizations } from './calendar-rows.ts'
import { getOffice } from '#host/office/rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { calendarItems } from './calendar-items.ts'
import { listToday } from './list.ts'
import { listWork } from '#host/authorization/list.ts'
import { readSettings } from '#host/office/settings.ts'

/** Rows of one part; more than a team can speak about in a huddle. */
const MOST = 40
const AHEAD_DAYS = 14
/** An approval that ended unused is spoken about for so long. */
const ENDED_DAYS = 60
/** Calendar items of one kind; beyond it the sheet says "or more". */
const MOST_READ = 500

/** What stands between the patient in the chair and payment, in a few words. */
function standingOf(on: IsoDate, authorization: { state: string; validTo: IsoDate | null } | undefined): string {
  if (!authorization) return 'No request'
  const { validTo } = authorization
  const state = authorization.state as AuthorizationState
  if (isApproved(state) && validTo && validTo < on) return `ENDS BEFORE: ${formatDate(validTo)}`
  return `${authorizationLife.states[state]}${isApproved(state) && validTo ? `, to ${formatDate(validTo)}` : ''}`
}

/** The parts of the sheet for the day: as on screen, so on paper. */
export async function huddleOf(context: QueryContext): Promise<Huddle> {
  const { db, today } = context
  const { holidays } = await readSettings(context)
  const next = addBusinessDays(today, 1, holidays)
  const last = addDays(today, AHEAD_DAYS)
  const of = async (kinds: readonly CalendarItem['kind'][], to: IsoDate, from = today) => {
    const { items, isCut } = await calendarItems(db, kinds, { from, to, limit: MOST_READ })
    return { rows: items, count: items.length, isMore: isCut }
  }
  const visits = await of(['visit'], next)
  const newest = await newestAuthorizations(
    db,
    visits.rows.slice(0, MOST).map((item) => item.caseId),
  )
  const { counts } = await listToday(context, { bucket: 'all', after: null, limit: 1 })
  const lead = `${counts.overdue} late, ${counts.today} due today, ${counts.week} more this week, ${counts.waiting} waiting on others.`
  const parts = [
    part(
      `Coming today and ${formatDate(next)}`,
      visits,
      ['Day', 'Patient', 'Tooth', 'Code', 'Authorization'],
      (item) => [
        formatDate(item.on),
        item.patientName,
        siteName(item.tooth, item.area),
        item.code ?? '',
        standingOf(item.on, newest.get(item.caseId)),
      ],
    ),
    part(
      `Due today and ${formatDate(next)}`,
      await of(['information', 'claim', 'appeal', 'task'], next),
      ['Day', 'What', 'Patient', 'Payer', 'Who'],
      (item) => [formatDate(item.on), item.text, item.patientName, item.payerName ?? '', item.assigneeName ?? ''],
    ),
    part(
      `Approvals that ended, or end by ${formatDate(last)}`,
      await of(['ends'], last, addDays(today, -ENDED_DAYS)),
      ['Ends', 'Patient', 'Tooth', 'Code', 'Payer'],
      (item) => [
        formatDate(item.on),
        item.patientName,
        siteName(item.tooth, item.area),
        item.code ?? '',
        item.payerName ?? '',
      ],
    ),
  ]
  for (const list of ['not_called', 'not_booked', 'booked_late', 'unanswered'] as const) {
    const { rows, counts: all } = await listWork(context, {
      list,
      sort: 'urgency',
      after: null,
      limit: MOST,
    })
    parts.push(
      part(
        LIST_LABELS[list],
        { rows, count: all[list], isMore: all[list] >= MOST_COUNTED },
        ['Patient', 'Tooth', 'Payer', 'Why', 'Do', 'Who'],
        (row) => [
          row.patientName,
          siteName(row.tooth, row.area),
          row.payerName ?? '',
          row.reason,
          row.action,
          row.assigneeName ?? '',
        ],
      ),
    )
  }
  return { day: today, lead, parts }
}

export async function huddleDocument(context: QueryContext): Promise<Document> {
  const { lead, parts } = await huddleOf(context)
  const blocks = parts.flatMap((one): Block[] => {
    const { title, head, rows } = one
    const heading: Block = { kind: 'heading', text: `${title}: ${huddleCount(one)}` }
    // A part without rows says so, so that nobody wonders whether it was forgotten.
    return [heading, rows.length === 0 ? { kind: 'text', text: 'None.' } : { kind: 'table', head, rows }]
  })
  return sheet(
    await getOffice(context.db),
    context.today,
    'Huddle sheet',
    `Morning huddle, ${formatDate(context.today)}`,
    [{ kind: 'text', text: lead }, ...blocks],
  )
}

function part<Row>(
  title: string,
  { rows, count, isMore }: { rows: readonly Row[]; count: number; isMore: boolean },
  head: string[],
  cells: (row: Row) => string[],
): HuddlePart {
  return { title, count, isMore, head, rows: rows.slice(0, MOST).map(cells) }
}
