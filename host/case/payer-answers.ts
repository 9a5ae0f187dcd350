// What a payer said about limits and bundling: for this case, or for the same codes in an earlier one (desk.md D rows 29, 30).
import { payerOf } from '#core/case/contents.ts'
import type { BenefitCheck } from '#core/case/schema.ts'
import type { PayerAnswers } from '#core/claim/rules.ts'
import type { CoverageId } from '#core/ids.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { checksElsewhere } from './benefit-rows.ts'
import type { CaseFile } from './case-file.ts'

type Kind = keyof PayerAnswers
const KINDS: readonly Kind[] = ['frequency', 'bundling']

/** The payer's latest answers for these codes from other cases; offered where this case has none of its own. */
export async function earlierAnswers(
  { db }: Pick<QueryContext, 'db'>,
  file: CaseFile,
  coverageId: CoverageId | null,
  codes: readonly string[],
): Promise<BenefitCheck[]> {
  const payer = payerOf(file, coverageId)
  if (!payer) return []
  const found = await checksElsewhere(db, payer.id, KINDS, codes, file.id)
  return KINDS.flatMap((kind) => found.find((check) => check.kind === kind) ?? [])
}

/** What counts for a claim. Bundling is the payer's policy and may come from another case; a limit depends on the tooth. */
export async function answersFor(
  context: Pick<QueryContext, 'db'>,
  file: CaseFile,
  coverageId: CoverageId | null,
  codes: readonly string[],
): Promise<PayerAnswers> {
  const own = (kind: Kind) =>
    file.checks.find(
      (check) =>
        check.kind === kind &&
        check.coverageId === coverageId &&
        check.answer !== 'unknown' &&
        (check.code === null || codes.includes(check.code)),
    ) ?? null
  const earlier = await earlierAnswers(context, file, coverageId, codes)
  return {
    frequency: own('frequency'),
    bundling: own('bundling') ?? earlier.find((check) => check.kind === 'bundling') ?? null,
  }
}
