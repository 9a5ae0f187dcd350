// What a plan should pay on a claim, and what it has used up of its benefits by the office’s own history.
import { sql } from 'kysely'
import type { IsoDate } from '#core/dates.ts'
import type { UsedBenefit } from '#core/coverage/benefit-year.ts'
import type { ClaimId } from '#core/ids.ts'
import type { Coverage } from '#core/patient.ts'
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

/** The last day of service of a claim; without one the day of the EOB. */
const lastDay = sql<IsoDate>`COALESCE((SELECT MAX(service_date) FROM claim_line WHERE claim_id = k.id), r.eob_date)`
/** A correction that was decided says what the deductible of the claim before it is: that one is not counted beside it. */
const isCorrected = sql<number>`EXISTS (SELECT 1 FROM claim AS later JOIN remittance AS said ON said.claim_id = later.id
  WHERE later.replaces_id = k.id AND later.frequency = 'replacement' AND said.reversed_at IS NULL)`

/**
 * What a plan decided for a person and the family, by the office's own EOBs, whatever case they belong to. One family has the
 * member ID or the subscriber in common.
 * @param exceptIds claims that do not count
 */
export async function usedOfPlan(
  db: Reader,
  { planId, patientId, memberId, subscriber }: Coverage,
  exceptIds: readonly ClaimId[],
): Promise<UsedBenefit[]> {
  const posted = db
    .selectFrom('coverage as c')
    .innerJoin('claim as k', 'k.coverage_id', 'c.id')
    .innerJoin('remittance as r', 'r.claim_id', 'k.id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .where('c.plan_id', '=', planId)
    .where(({ or, and, eb }) =>
      or([
        eb('c.patient_id', '=', patientId),
        eb('c.member_id', '=', memberId),
        ...(subscriber.birthDate === null
          ? []
          : [
              and([
                eb('c.subscriber_last_name', '=', subscriber.lastName),
                eb('c.subscriber_first_name', '=', subscriber.firstName),
                eb('c.subscriber_birth_date', '=', subscriber.birthDate),
              ]),
            ]),
      ]),
    )
    .where('r.reversed_at', 'is', null)
    .$if(exceptIds.length > 0, (query) => query.where('k.id', 'not in', exceptIds))
    .select(['c.patient_id as patientId', 'p.last_name', 'p.first_name', 'k.case_id as caseId'])
    .select(['k.number as claimNumber', isCorrected.as('isCorrected')])
  const lines = await posted
    .innerJoin('remittance_line as l', 'l.remittance_id', 'r.id')
    .leftJoin('claim_line as s', 's.id', 'l.claim_line_id')
    .select([
      'l.code',
      'l.deductible_cents',
      'l.paid_cents',
      sql<IsoDate>`COALESCE(s.service_date, ${lastDay})`.as('on'),
    ])
    .execute()
  const atClaims = await posted
    .select(['r.paid_at_claim_cents as paid_cents', lastDay.as('on')])
    .select((where) =>
      where.fn
        .coalesce(
          where
            .selectFrom('claim_adjustment as a')
            .select(({ fn }) => fn.sum<number>('a.cents').as('cents'))
            .whereRef('a.remittance_id', '=', 'r.id')
            .where('a.group_code', '=', 'PR')
            .where('a.carc', '=', '1'),
          sql<number>`0`,
        )
        .as('deductible_cents'),
    )
    .execute()
  return [...lines, ...atClaims.map((row) => ({ ...row, code: '' }))].map(
    ({ last_name, first_name, deductible_cents, paid_cents, isCorrected: corrected, ...row }) => ({
      ...row,
      patientName: `${last_name}, ${first_name}`,
      deductibleCents: corrected ? 0 : deductible_cents,
      paidCents: paid_cents,
    }),
  )
}
