// Claims as worklists: where each stands between its draft and its last answer.
import { type RawBuilder, sql } from 'kysely'
import { CLAIM_STATES } from '#core/claim/schema.ts'
import { type AnswerReason, CLAIM_AGES, type ClaimAge, type ClaimView } from '#core/contract/claim.ts'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { Reader } from '#db/reader.ts'
import { afterCursor, countSome, pageByState } from '#host/kernel/paging.ts'

/** A filing limit this near is a list of its own. */
const NEAR_DAYS = 30
const STATES: Record<ClaimView, readonly string[]> = {
  draft: ['draft'],
  rejected: ['rejected'],
  unacknowledged: ['sent'],
  waiting: ['sent'],
  timely: ['draft', 'rejected'],
  adjudicated: ['adjudicated', 'closed'],
  all: CLAIM_STATES,
}
const AGES: Record<ClaimAge, readonly [from: number, to: number]> = {
  '0-30': [0, 30],
  '31-60': [31, 60],
  '61-90': [61, 90],
  '91+': [91, 36_500],
}
const answered = (answer: string) =>
  sql`EXISTS (SELECT 1 FROM claim_file_item i WHERE i.claim_id = k.id AND i.answer = ${answer})`
const timelyOn = sql<IsoDate | null>`(SELECT t.urgent_on FROM clock t WHERE t.case_id = k.case_id AND t.key = 'timely:' || k.id)`

/** What a view asks beyond the state. */
function conditionOf(view: ClaimView, today: IsoDate): RawBuilder<boolean> | null {
  if (view === 'unacknowledged') return sql<boolean>`(${answered('none')} AND NOT ${answered('accepted')})`
  if (view === 'timely') return sql<boolean>`${timelyOn} <= ${addDays(today, NEAR_DAYS)}`
  return null
}

/** One page of claims; unsent first, then by the date sent. */
export async function pageClaims(
  db: Reader,
  input: { view: ClaimView; age: ClaimAge | null; after: string | null; limit: number },
  today: IsoDate,
) {
  const condition = conditionOf(input.view, today)
  const { rows, next } = await pageByState(STATES[input.view], input.limit, async (state) => {
    let query = db
      .selectFrom('claim as k')
      .innerJoin('case_file as c', 'c.id', 'k.case_id')
      .innerJoin('patient as p', 'p.id', 'c.patient_id')
      .leftJoin('coverage as v', 'v.id', 'k.coverage_id')
      .leftJoin('plan', 'plan.id', 'v.plan_id')
      .leftJoin('payer', 'payer.id', 'plan.payer_id')
      .select(['k.id', 'k.case_id as caseId', 'k.number', 'k.state', 'k.total_cents as totalCents', 'k.sent_on'])
      .select(['c.tooth', 'c.main_code as code', 'p.last_name', 'p.first_name', 'payer.name as payerName'])
      .select(timelyOn.as('timelyOn'))
      .select((where) =>
        where
          .selectFrom('claim_file_item as i')
          .select(sql<string>`i.answer || '|' || i.reasons_json`.as('said'))
          .whereRef('i.claim_id', '=', 'k.id')
          .orderBy('i.claim_file_id', 'desc')
          .limit(1)
          .as('said'),
      )
      .where('k.state', '=', state)
      .where('c.state', '!=', 'voided')
      .orderBy('k.sent_on')
      .orderBy('k.id')
      .limit(input.limit + 1)
    if (condition) query = query.where(condition)
    if (input.age) {
      const [from, to] = AGES[input.age]
      query = query.where('k.sent_on', '<=', addDays(today, -from)).where('k.sent_on', '>=', addDays(today, -to))
    }
    if (input.after !== null) query = query.where(afterCursor('k', input.after))
    return query.execute()
  })
  return {
    rows: rows.map(({ sent_on: sentOn, last_name, first_name, said, ...row }) => ({
      ...row,
      sentOn,
      patientName: `${last_name}, ${first_name}`,
      ...answerOf(said),
    })),
    next,
  }
}
function answerOf(said: string | null): { answer: 'none' | 'accepted' | 'rejected' | null; answerWords: string } {
  if (said === null) return { answer: null, answerWords: '' }
  const at = said.indexOf('|')
  const reasons: AnswerReason[] = JSON.parse(said.slice(at + 1))
  const answer = said.slice(0, at)
  return {
    answer: answer === 'accepted' || answer === 'rejected' ? answer : 'none',
    answerWords: reasons.map((reason) => reason.words).join('; '),
  }
}

/** Sent and unanswered claims, and what is billed on them, by the days since. */
export async function ageClaims(db: Reader, today: IsoDate) {
  const ages = []
  for (const age of CLAIM_AGES) {
    const [from, to] = AGES[age]
    const sums = await db
      .selectFrom('claim')
      .select(({ fn }) => [fn.countAll<number>().as('claims'), fn.sum<number | null>('total_cents').as('cents')])
      .where('state', '=', 'sent')
      .where('sent_on', '<=', addDays(today, -from))
      .where('sent_on', '>=', addDays(today, -to))
      .executeTakeFirstOrThrow()
    ages.push({ age, claims: sums.claims, cents: sums.cents ?? 0 })
  }
  return ages
}

/** How many claims each list holds, at most `MOST_COUNTED`; lists of decided ones are not counted. */
export async function countClaims(db: Reader, today: IsoDate): Promise<Record<ClaimView, number>> {
  const inState = (state: string) => countSome(db, db.selectFrom('claim').select('id').where('state', '=', state))
  // Only what was never sent can belong to a case that was voided.
  const drafts = db
    .selectFrom('claim as k')
    .innerJoin('case_file as c', 'c.id', 'k.case_id')
    .select('k.id')
    .where('k.state', '=', 'draft')
    .where('c.state', '!=', 'voided')
  const open = db
    .selectFrom('claim_file_item as i')
    .innerJoin('claim as k', 'k.id', 'i.claim_id')
    .select('k.id')
    .distinct()
    // Written out, not bound: only then does the index of open ones serve.
    .where(sql<boolean>`i.answer = 'none'`)
    .where('k.state', '=', 'sent')
    .where(sql<boolean>`NOT ${answered('accepted')}`)
  const timely = db
    .selectFrom('clock')
    .select('case_id as id')
    .where('kind', '=', 'timely_filing')
    .where('urgent_on', '<=', addDays(today, NEAR_DAYS))
  return {
    draft: await countSome(db, drafts),
    rejected: await inState('rejected'),
    unacknowledged: await countSome(db, open),
    waiting: await inState('sent'),
    timely: await countSome(db, timely),
    adjudicated: 0,
    all: 0,
  }
}
