// What a plan should pay on a claim, and what it has used up of the patient’s benefits this year by the office’s own history.
import type { IsoDate } from '#core/dates.ts'
import type { ClaimId, CoverageId } from '#core/ids.ts'
import { ExpectedTerms } from '#core/remittance/expected.ts'
import type { Reader, Writer } from '../reader.ts'
import type { Stamp } from './versioned.ts'

type Db = Reader | Writer

export async function findExpectation(db: Db, claimId: ClaimId) {
  const row = await db.selectFrom('expectation').selectAll().where('claim_id', '=', claimId).executeTakeFirst()
  return (
    row && { terms: ExpectedTerms.parse(JSON.parse(row.terms_json)), planCents: row.plan_cents, source: row.source }
  )
}
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
    recorded_by: stamp.user.id,
    recorded_at: stamp.now,
  }
  await tx
    .insertInto('expectation')
    .values({ claim_id: claimId, ...values })
    .onConflict((conflict) => conflict.column('claim_id').doUpdateSet(values))
    .execute()
}

export async function dropExpectation(tx: Writer, claimId: ClaimId): Promise<void> {
  await tx.deleteFrom('expectation').where('claim_id', '=', claimId).execute()
}

/** Deductible taken and benefits paid under a coverage in the calendar year of `on`, other claims than `exceptId`. */
export async function usedInYear(
  db: Db,
  coverageId: CoverageId,
  on: IsoDate,
  exceptId: ClaimId | null,
): Promise<{ deductibleCents: number; paidCents: number }> {
  const year = on.slice(0, 4)
  let query = db
    .selectFrom('remittance_line as l')
    .innerJoin('remittance as r', 'r.id', 'l.remittance_id')
    .innerJoin('claim as k', 'k.id', 'r.claim_id')
    .select(({ fn }) => [
      fn.sum<number>('l.deductible_cents').as('deductible'),
      fn.sum<number>('l.paid_cents').as('paid'),
    ])
    .where('k.coverage_id', '=', coverageId)
    .where('r.reversed_at', 'is', null)
    .where('r.eob_date', '>=', `${year}-01-01`)
    .where('r.eob_date', '<=', `${year}-12-31`)
  if (exceptId !== null) query = query.where('k.id', '!=', exceptId)
  const row = await query.executeTakeFirst()
  return { deductibleCents: row?.deductible ?? 0, paidCents: row?.paid ?? 0 }
}
