// The cases that ring on a day: each once, by the most urgent of its clocks, with how many more of them ring.
import { type RawBuilder, sql } from 'kysely'
import { AHEAD_DAYS, type Bucket, BUCKETS, NEVER } from '#core/case/urgency.ts'
import { MOST_COUNTED } from '#core/counts.ts'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { PayerId, ProviderId, UserId } from '#core/ids.ts'
import type { Cents } from '#core/money.ts'
import type { Reader } from '#db/reader.ts'
import { pageOf } from '#host/kernel/paging.ts'

export interface BucketFilter {
  bucket: Bucket
  today: IsoDate
  /** Null: assigned to nobody. */
  assigneeId?: UserId | null | undefined
  payerId?: PayerId | undefined
  providerId?: ProviderId | undefined
}
type Condition = RawBuilder<boolean>
const all = (conditions: readonly Condition[]): Condition => sql`(${sql.join(conditions, sql` AND `)})`
const any = (conditions: readonly Condition[]): Condition => sql`(${sql.join(conditions, sql` OR `)})`

/** A clock `of` in a bucket, by the rule of `bucketOf` in core. */
function isIn(bucket: Bucket, of: string, today: IsoDate): Condition {
  const [due, urgent, waiting] = ['due_on', 'urgent_on', 'waiting'].map((name) => sql.ref(`${of}.${name}`))
  switch (bucket) {
    case 'overdue':
      return sql`(${urgent} < ${today} AND ${due} <= ${today})`
    case 'today':
      return sql`(${urgent} >= ${today} AND ${due} <= ${today} AND (${urgent} = ${today} OR ${urgent} = ${NEVER}))`
    case 'week':
      return sql`((${due} <= ${today} AND ${urgent} > ${today} AND ${urgent} < ${NEVER})
        OR (${waiting} = 0 AND ${due} > ${today} AND ${due} <= ${addDays(today, AHEAD_DAYS)}))`
    case 'waiting':
      return sql`(${waiting} = 1 AND ${due} > ${today})`
  }
}

/** What the list was narrowed to holds for the clock `of`. */
function narrowed(of: string, { assigneeId, payerId, providerId }: BucketFilter): Condition {
  const column = (name: string) => sql.ref(`${of}.${name}`)
  return all([
    sql`true`,
    ...(assigneeId === undefined ? [] : [sql<boolean>`${column('assignee_id')} IS ${assigneeId}`]),
    ...(payerId ? [sql<boolean>`${column('payer_id')} = ${payerId}`] : []),
    ...(providerId ? [sql<boolean>`${column('provider_id')} = ${providerId}`] : []),
  ])
}

/** The first clock of each case in this bucket: none of the same case is more urgent. */
function ringing(db: Reader, filter: BucketFilter) {
  const { bucket, today } = filter
  const earlier = BUCKETS.slice(0, BUCKETS.indexOf(bucket)).map((one) => isIn(one, 'o', today))
  const same = sql<boolean>`(${isIn(bucket, 'o', today)} AND (o.urgent_on, o.due_on, o.key) < (k.urgent_on, k.due_on, k.key))`
  return db
    .selectFrom('clock as k')
    .innerJoin('case_file as c', 'c.id', 'k.case_id')
    .where(isIn(bucket, 'k', today))
    .where(narrowed('k', filter))
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM clock AS o WHERE o.case_id = k.case_id AND ${narrowed('o', filter)}
        AND ${any([...earlier, same])})`,
    )
}

/** One page of a bucket, most urgent first; `after` is the `next` of the page before. */
export async function pageRinging(
  db: Reader,
  filter: BucketFilter,
  { after, limit }: { after: string | null; limit: number },
) {
  const { today } = filter
  // The columns of the index, so that a page is read and nothing is sorted.
  const order =
    filter.bucket === 'waiting'
      ? (['k.due_on', 'k.case_id', 'k.key'] as const)
      : (['k.urgent_on', 'k.due_on', 'k.case_id', 'k.key'] as const)
  const others = any((['overdue', 'today', 'week'] as const).map((bucket) => isIn(bucket, 'o', today)))
  let query = ringing(db, filter)
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('payer', 'payer.id', 'k.payer_id')
    .leftJoin('provider', 'provider.id', 'k.provider_id')
    .leftJoin('app_user as u', 'u.id', 'k.assignee_id')
    .selectAll('k')
    .select(['p.last_name', 'p.first_name', 'c.tooth', 'c.area', 'c.main_code', 'c.fee_cents'])
    .select(['payer.name as payer_name', 'provider.last_name as provider_name', 'u.name as assignee_name'])
    .select(
      sql<number>`(SELECT count(*) FROM clock AS o WHERE o.case_id = k.case_id AND o.key != k.key
        AND ${narrowed('o', filter)} AND ${others})`.as('more'),
    )
    .limit(limit + 1)
  for (const column of order) query = query.orderBy(column)
  if (after !== null) {
    const at = sql.join(split(after, order.length))
    query = query.where(sql<boolean>`(${sql.join(order.map((column) => sql.ref(column)))}) > (${at})`)
  }
  return pageOf(await query.execute(), limit, (last) =>
    [...(filter.bucket === 'waiting' ? [] : [last.urgent_on]), last.due_on, last.case_id, last.key].join('|'),
  )
}
export type RingingRow = Awaited<ReturnType<typeof pageRinging>>['rows'][number]

/** The parts of a page's end; only the last one may hold the separator. */
function split(after: string, parts: number): string[] {
  const pieces = after.split('|')
  return [...pieces.slice(0, parts - 1), pieces.slice(parts - 1).join('|')]
}

/** How many cases a bucket holds, at most `MOST_COUNTED`: reading stops there; and the sum of their fees. */
export async function countRinging(db: Reader, filter: BucketFilter): Promise<{ cases: number; feeCents: Cents }> {
  const rows = ringing(db, filter).select('c.fee_cents').limit(MOST_COUNTED)
  return db
    .selectFrom(rows.as('some'))
    .select(({ fn }) => fn.countAll<number>().as('cases'))
    .select(sql<number>`coalesce(sum(fee_cents), 0)`.as('feeCents'))
    .executeTakeFirstOrThrow()
}
