// Whether an authorization is needed, as the payer said it.
import { coverageOf, payerOf } from '#core/case/contents.ts'
import { ruledNeed } from '#core/payer-rule/need.ts'
import { citationOf, ruleWords } from '#core/payer-rule/words.ts'
import type { BenefitCheck } from '#core/case/schema.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { daysBetween } from '#core/dates.ts'
import { findNeedElsewhere } from '#host/case/benefit-rows.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'

export type Need = OutputOf<'authorization.forCase'>['need']

/**
 * The latest answer for this coverage and code: of this case, else of an earlier one of the same plan (desk.md D row 24), else
 * what the payer's rules say.
 */
export async function needOf(
  context: Pick<QueryContext, 'db' | 'kept' | 'today'>,
  file: CaseFile,
  codes: readonly string[],
): Promise<Need> {
  const { needStaleDays } = await readSettings(context)
  const { coverageId } = file.record
  const byRule = needByRule(file, codes)
  const answer = (check: BenefitCheck, fromOtherCase: boolean): Need => ({
    answer: check.answer === 'unknown' ? byRule.answer : check.answer,
    check,
    rule: check.answer === 'unknown' ? byRule.rule : null,
    fromOtherCase,
    stale: daysBetween(check.checkedOn, context.today) > needStaleDays,
  })
  const own = file.checks.find(
    (check) =>
      check.kind === 'authorization_need' &&
      (check.code === null || codes.length === 0 || codes.includes(check.code)) &&
      (check.coverageId === null || check.coverageId === coverageId),
  )
  if (own) return answer(own, false)
  const planId = coverageOf(file, coverageId)?.plan.id
  const check = planId && (await findNeedElsewhere(context.db, planId, codes, file.id))
  return check ? answer(check, true) : { ...byRule, check: null, fromOtherCase: false, stale: false }
}

function needByRule(file: CaseFile, codes: readonly string[]): Pick<Need, 'answer' | 'rule'> {
  const found = ruledNeed(payerOf(file, file.record.coverageId)?.rules ?? [], codes)
  if (!found) return { answer: 'unknown', rule: null }
  const { rule, answer } = found
  return { answer, rule: { text: ruleWords(rule), source: citationOf(rule), confidence: rule.confidence } }
}
