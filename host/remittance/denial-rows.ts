// Decided lines and claims of a period, for figures.
import type { IsoDate } from '#core/dates.ts'
import type { DecidedClaim, FigureLine, WonAppeal } from '#core/remittance/denial-figures.ts'
import type { LineOutcome } from '#core/remittance/schema.ts'
import type { Reader } from '#db/reader.ts'

interface Period {
  from: IsoDate
  to: IsoDate
}

function decided(db: Reader, { from, to }: Period) {
  return db
    .selectFrom('remittance as r')
    .innerJoin('claim as k', 'k.id', 'r.claim_id')
    .innerJoin('case_file as c', 'c.id', 'r.case_id')
    .leftJoin('provider as d', 'd.id', 'c.provider_id')
    .leftJoin('coverage as v', 'v.id', 'k.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .where('r.received_on', '>=', from)
    .where('r.received_on', '<=', to)
    .where('r.reversed_at', 'is', null)
}

/** Reasons and remarks of denied lines, by line. */
export async function reasonsOfDenied(
  db: Reader,
  period: Period,
): Promise<Map<string, { kind: 'carc' | 'rarc'; code: string }[]>> {
  const denied = decided(db, period)
    .innerJoin('remittance_line as l', 'l.remittance_id', 'r.id')
    .where('l.outcome', 'in', ['denied', 'info_requested'])
  const remarks = await denied
    .innerJoin('remark as m', 'm.remittance_line_id', 'l.id')
    .select(['l.id', 'm.rarc as code'])
    .execute()
  const reasons = await denied
    .innerJoin('adjustment as a', 'a.remittance_line_id', 'l.id')
    .select(['l.id', 'a.carc as code'])
    .execute()
  const found = new Map<string, { kind: 'carc' | 'rarc'; code: string }[]>()
  const add = (id: string, kind: 'carc' | 'rarc', code: string) =>
    found.set(id, [...(found.get(id) ?? []), { kind, code }])
  for (const { id, code } of remarks) add(id, 'rarc', code)
  for (const { id, code } of reasons) add(id, 'carc', code)
  return found
}

export async function listDecidedLines(
  db: Reader,
  period: Period,
): Promise<(Omit<FigureLine, 'documents'> & { id: string })[]> {
  const rows = await decided(db, period)
    .innerJoin('remittance_line as l', 'l.remittance_id', 'r.id')
    .select(['l.id', 'r.id as remittanceId', 'r.claim_id as claimId', 'r.received_on as receivedOn'])
    .select(['l.code', 'l.outcome', 'l.cause', 'l.billed_cents as billedCents'])
    .select(['payer.name as payer', 'd.last_name', 'd.first_name'])
    .select((where) =>
      where
        .selectFrom('transition as t')
        .innerJoin('app_user as u', (join) => join.onRef('u.id', '=', 't.user_id'))
        .select('u.name')
        .whereRef('t.entity_id', '=', 'r.claim_id')
        .where('t.event', '=', 'send')
        .orderBy('t.at', 'desc')
        .limit(1)
        .as('sender'),
    )
    .execute()
  return rows.map(({ last_name, first_name, sender, payer, ...row }) => ({
    ...row,
    payer: payer ?? 'No payer',
    provider: last_name === null ? 'No dentist' : `${first_name} ${last_name}`,
    user: sender ?? 'Not known',
    outcome: row.outcome as LineOutcome,
    cause: row.cause as FigureLine['cause'],
  }))
}

/** Claims with a decision in the period, each with all its decisions up to the period’s end. */
export async function listDecidedClaims(db: Reader, period: Period): Promise<DecidedClaim[]> {
  const ids = decided(db, period).select('r.claim_id')
  const rows = await db
    .selectFrom('remittance as r')
    .innerJoin('claim as k', 'k.id', 'r.claim_id')
    .innerJoin('case_file as c', 'c.id', 'r.case_id')
    .leftJoin('coverage as v', 'v.id', 'k.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .select(['r.claim_id', 'r.received_on', 'r.outcome', 'r.paid_cents', 'r.expected_plan_cents'])
    .select(['k.sent_on', 'k.frequency', 'c.main_code', 'payer.name as payer'])
    .select((where) =>
      where
        .exists(
          where
            .selectFrom('transition as t')
            .select('t.id')
            .whereRef('t.entity_id', '=', 'k.id')
            .where('t.event', '=', 'reject'),
        )
        .as('rejected'),
    )
    .where('r.claim_id', 'in', ids)
    .where('r.reversed_at', 'is', null)
    .where('r.received_on', '<=', period.to)
    .orderBy('r.received_on')
    .orderBy('r.id')
    .execute()
  const claims = new Map<string, DecidedClaim & { decisions: DecidedClaim['decisions'][number][] }>()
  for (const row of rows) {
    const claim = claims.get(row.claim_id) ?? {
      claimId: row.claim_id,
      payer: row.payer ?? 'No payer',
      code: row.main_code ?? '–',
      sentOn: row.sent_on,
      wasRejected: Boolean(row.rejected),
      isCorrection: row.frequency !== 'original',
      decisions: [],
    }
    const { received_on: receivedOn, paid_cents: paidCents, expected_plan_cents: expectedCents } = row
    claim.decisions.push({ receivedOn, outcome: row.outcome as LineOutcome, paidCents, expectedCents })
    claims.set(row.claim_id, claim)
  }
  return [...claims.values()]
}

/** Appeals decided in the period with what was paid on their claim since they were sent. */
export async function listDecidedAppeals(db: Reader, { from, to }: Period): Promise<WonAppeal[]> {
  const rows = await db
    .selectFrom('appeal as a')
    .select(['a.state', 'a.decided_on'])
    .select((where) =>
      where
        .selectFrom('remittance as r')
        .select(({ fn }) => fn.sum<number>('r.paid_cents').as('paid'))
        .whereRef('r.claim_id', '=', 'a.claim_id')
        .whereRef('r.received_on', '>=', 'a.sent_on')
        .where('r.reversed_at', 'is', null)
        .as('paid'),
    )
    .where('a.state', 'in', ['won', 'partly_won', 'lost'])
    .where('a.decided_on', '>=', from)
    .where('a.decided_on', '<=', to)
    .execute()
  return rows.map((row) => ({
    decidedOn: row.decided_on!,
    state: row.state as WonAppeal['state'],
    recoveredCents: Math.max(0, row.paid ?? 0),
  }))
}
