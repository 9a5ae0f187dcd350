// What a plan should pay on a claim, and what it has used up of the patient’s benefits this year by the office’s own history.
import { sql } from 'kysely'
import type { IsoDate } from '#core/dates.ts'
import type { ClaimId, CoverageId } from '#core/ids.ts'
import { sumCents } from '#core/money.ts'
import { ExpectedTerms } from '#core/remittance/expected.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { putRow } from '#host/kernel/insert-rows.ts'
import { type Stamp, recordedBy } from '#host/kernel/versioned.ts'

export async function setExpectation(
  tx: Writer,
  claimId: ClaimId,
  { terms, planCents, source }: { terms: ExpectedTerms; planCents: number | null; source: string },
  stamp: Stamp,
): Promise<void> {
  const values = {
    terms_json: JSON.stringify(terms),
    plan_cents: planCents,
    source,
    ...recordedBy(stamp),
  }
  await putRow(tx, 'expectation', { claim_id: claimId }, values)
}

export async function dropExpectation(tx: Writer, claimId: ClaimId): Promise<void> {
  await tx.deleteFrom('expectation').where('claim_id', '=', claimId).execute()
}

/** Deductible taken and benefits paid under a coverage for services of the calendar year of `on`, by claims not among `exceptIds`. */
export async function usedInYear(
  db: Reader,
  coverageId: CoverageId,
  on: IsoDate,
  exceptIds: readonly ClaimId[],
): Promise<{ deductibleCents: number; paidCents: number }> {
  const year = on.slice(0, 4)
  // The last day of service, as `yearDayOf` has it; a claim without one counts by its EOB.
  const servedOn = sql<string>`COALESCE((SELECT MAX(service_date) FROM claim_line WHERE claim_id = k.id), r.eob_date)`
  let query = db
    .selectFrom('remittance as r')
    .innerJoin('claim as k', 'k.id', 'r.claim_id')
    .select('r.paid_cents')
    .select((where) => [
      where
        .selectFrom('remittance_line as l')
        .select(({ fn }) => fn.sum<number>('l.deductible_cents').as('cents'))
        .whereRef('l.remittance_id', '=', 'r.id')
        .as('at_lines'),
      where
        .selectFrom('claim_adjustment as a')
        .select(({ fn }) => fn.sum<number>('a.cents').as('cents'))
        .whereRef('a.remittance_id', '=', 'r.id')
        .where('a.group_code', '=', 'PR')
        .where('a.carc', '=', '1')
        .as('at_claim'),
    ])
    .where('k.coverage_id', '=', coverageId)
    .where('r.reversed_at', 'is', null)
    .where(servedOn, '>=', `${year}-01-01`)
    .where(servedOn, '<=', `${year}-12-31`)
  if (exceptIds.length > 0) query = query.where('k.id', 'not in', exceptIds)
  const rows = await query.execute()
  return {
    deductibleCents: sumCents(rows.map((row) => (row.at_lines ?? 0) + (row.at_claim ?? 0))),
    paidCents: sumCents(rows.map((row) => row.paid_cents)),
  }
}
