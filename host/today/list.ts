// What rings today, most urgent first, a row for each case.
import { formOf } from '#core/case/actions.ts'
import { describeClock } from '#core/case/clock-words.ts'
import { type Bucket, BUCKETS, deadlineOf } from '#core/case/urgency.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { AuthorizationId } from '#core/ids.ts'
import type { TodayRow } from '#core/contract/today.ts'
import { assigneeOf } from '#host/authorization/list.ts'
import { caseLabel, countByProgress } from '#host/case/list-rows.ts'
import { toClock } from '#host/case/task-rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'
import { countRinging, pageRinging, type RingingRow } from './ringing-rows.ts'

/** One page of Today with the counts of each bucket. */
export async function listToday(
  context: QueryContext,
  { bucket: chosen, assignee, after, limit, ...narrow }: ParsedInputOf<'today.list'>,
): Promise<OutputOf<'today.list'>> {
  const { db, today, user } = context
  const filter = { today, ...narrow, assigneeId: assigneeOf(assignee, user.id) }
  const { holidays } = await readSettings(context)
  const counts = { overdue: 0, today: 0, week: 0, waiting: 0 }
  let atStakeCents = 0
  for (const bucket of BUCKETS) {
    const { cases, feeCents } = await countRinging(db, { ...filter, bucket })
    counts[bucket] = cases
    if (bucket === 'overdue' || bucket === 'today') atStakeCents += feeCents
  }
  const rows: TodayRow[] = []
  let next: string | null = null
  const rooms = Object.entries(chosen === 'all' ? shareOut(counts, limit) : { [chosen]: limit }) as [Bucket, number][]
  for (const [bucket, room] of rooms) {
    if (room === 0) continue
    const page = await pageRinging(db, { ...filter, bucket }, { after: chosen === 'all' ? null : after, limit: room })
    rows.push(...page.rows.map((row) => toRow(row, bucket, today, holidays)))
    if (chosen !== 'all') next = page.next
  }
  return { today, rows, next, counts, atStakeCents, steps: await countByProgress(db) }
}

/** Rows per bucket, most urgent first; each keeps a quarter, so that a backlog never hides what waits behind it. */
function shareOut(counts: Record<Bucket, number>, limit: number): Record<Bucket, number> {
  const share = { overdue: 0, today: 0, week: 0, waiting: 0 }
  for (const bucket of BUCKETS) share[bucket] = Math.min(counts[bucket], Math.ceil(limit / 4))
  for (const bucket of BUCKETS) {
    const free = limit - BUCKETS.reduce((sum, one) => sum + share[one], 0)
    share[bucket] += Math.max(0, Math.min(free, counts[bucket] - share[bucket]))
  }
  return share
}

function toRow(row: RingingRow, bucket: Bucket, today: string, holidays: readonly string[]): TodayRow {
  const clock = toClock(row)
  const words = describeClock(clock, today, holidays)
  return {
    key: `${row.case_id}/${clock.key}`,
    caseId: row.case_id,
    taskId: clock.taskId,
    ...caseLabel(row),
    providerName: row.provider_name,
    bucket,
    amountCents: row.fee_cents,
    more: row.more,
    dueOn: clock.dueOn,
    deadline: deadlineOf(clock),
    ...words,
    form: formOf(words.action, clock.step),
    authorizationId: clock.authorizationId as AuthorizationId | null,
    step: clock.step,
  }
}
