// Decisions on authorizations, for figures and for what a payer usually takes.
import type { Answered } from '#core/authorization/turnaround.ts'
import type { DecidedRequest } from '#core/authorization/figures.ts'
import type { IsoDate } from '#core/dates.ts'
import type { PayerId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'

const DECISIONS = { approve: 'approved', approve_modified: 'approved_modified', deny: 'denied' } as const
/** The latest answers of a payer: what it does now, not years ago. */
const LATEST = 50

/** Requests decided in the period, each by its latest decision, with the first code asked for. */
export async function decidedBetween(
  db: Reader,
  { from, to }: { from: IsoDate; to: IsoDate },
): Promise<DecidedRequest[]> {
  const rows = await db
    .selectFrom('authorization as a')
    .innerJoin('authorization_line as l', (join) => join.onRef('l.authorization_id', '=', 'a.id').on('l.seq', '=', 1))
    .leftJoin('coverage as v', 'v.id', 'a.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .innerJoin('transition as t', 't.entity_id', 'a.id')
    .select(['a.id', 'a.state', 'a.kind', 'a.sent_on as sentOn', 'a.decided_on as decidedOn', 'l.code'])
    .select(['payer.id as payerId', 'payer.name as payerName', 't.event'])
    .where('a.decided_on', '>=', from)
    .where('a.decided_on', '<=', to)
    .where('t.event', 'in', Object.keys(DECISIONS))
    .orderBy('t.at')
    .orderBy('t.id')
    .execute()
  // The last decision of each stands.
  const latest = new Map(rows.map((row) => [row.id, row]))
  return [...latest.values()].map(({ id: _, event, ...row }) => ({
    ...row,
    payerName: row.payerName ?? 'No payer',
    state: row.state as DecidedRequest['state'],
    decision: DECISIONS[event as keyof typeof DECISIONS],
    decidedOn: row.decidedOn!,
  }))
}

/** The dates of a payer's latest answers. */
export async function answersOf(db: Reader, payerId: PayerId): Promise<Answered[]> {
  const rows = await db
    .selectFrom('authorization as a')
    .innerJoin('coverage as v', 'v.id', 'a.coverage_id')
    .innerJoin('plan', 'plan.id', 'v.plan_id')
    .select(['a.sent_on', 'a.decided_on'])
    .where('plan.payer_id', '=', payerId)
    .where('a.sent_on', 'is not', null)
    .where('a.decided_on', 'is not', null)
    .orderBy('a.decided_on', 'desc')
    .limit(LATEST)
    .execute()
  return rows.map((row) => ({ sentOn: row.sent_on!, decidedOn: row.decided_on! }))
}

/** Keeps how long a payer took for the office's own requests. */
export async function keepTurnaround(
  tx: Writer,
  id: PayerId,
  { days, answers }: { days: number | null; answers: number },
): Promise<void> {
  await tx.updateTable('payer').set({ own_answer_days: days, own_answers: answers }).where('id', '=', id).execute()
}
