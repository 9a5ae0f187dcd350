// What a payer said about limits and bundling: for this case, or for the same codes in an earlier one (desk.md D rows 29, 30).
import type { BenefitCheck } from '#core/case/schema.ts'
import type { PayerAnswers } from '#core/claim/rules.ts'
import type { CoverageId } from '#core/ids.ts'
import { findCheckElsewhere, listBenefitChecks } from './benefit-rows.ts'
import type { CaseRecord } from './rows.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { payerOf } from '#host/remittance/remittances.ts'

type Db = Reader | Writer
type Kind = keyof PayerAnswers
const KINDS: readonly Kind[] = ['frequency', 'bundling']

/** The payer's latest answers for these codes from other cases; offered where this case has none of its own. */
export async function earlierAnswers(
  db: Db,
  record: Pick<CaseRecord, 'id' | 'coverage_id'>,
  codes: readonly string[],
): Promise<BenefitCheck[]> {
  const payer = await payerOf(db, record.coverage_id)
  if (!payer) return []
  const found = await Promise.all(KINDS.map((kind) => findCheckElsewhere(db, payer.id, kind, codes, record.id)))
  return found.filter((check) => check !== undefined)
}

/** What counts for a claim. Bundling is the payer's policy and may come from another case; a limit depends on the tooth. */
export async function answersFor(
  db: Db,
  record: Pick<CaseRecord, 'id'>,
  coverageId: CoverageId | null,
  codes: readonly string[],
): Promise<PayerAnswers> {
  const checks = await listBenefitChecks(db, record.id)
  const own = (kind: Kind) =>
    checks.find(
      (check) =>
        check.kind === kind &&
        check.coverageId === coverageId &&
        check.answer !== 'unknown' &&
        (check.code === null || codes.includes(check.code)),
    ) ?? null
  const earlier = await earlierAnswers(db, { id: record.id, coverage_id: coverageId }, codes)
  return {
    frequency: own('frequency'),
    bundling: own('bundling') ?? earlier.find((check) => check.kind === 'bundling') ?? null,
  }
}
