// The expectation of a claim with what the office’s own EOBs say of the year, and keeping it.
import { coverageOf, type StoredClaim } from '#core/case/contents.ts'
import type { CaseDecisions } from '#core/case/decisions.ts'
import { benefitYearOf, usedIn, type UsedBenefits } from '#core/coverage/benefit-year.ts'
import type { IsoDate } from '#core/dates.ts'
import type { ClaimId } from '#core/ids.ts'
import {
  type Expectation,
  expectationFrom,
  flagsFrom,
  lineageOf,
  planCentsOf,
  yearDayOf,
} from '#core/remittance/expectation.ts'
import type { ExpectedTerms, Flag } from '#core/remittance/expected.ts'
import { linesCompletedBy } from '#core/remittance/measured.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { findFeeSchedule } from '#host/office/fee-schedule-rows.ts'
import { dropExpectation, setExpectation, usedOfPlan } from './expectation-rows.ts'

/** What was used of the claim's plan in the benefit year of a day; null where it has none. */
async function usedOf(
  { db }: QueryContext,
  file: CaseFile,
  { coverageId }: StoredClaim,
  on: IsoDate,
  exceptIds: readonly ClaimId[],
): Promise<UsedBenefits | null> {
  const held = coverageOf(file, coverageId)
  if (!held) return null
  const { coverage, plan } = held
  const used = await usedOfPlan(db, coverage, exceptIds)
  return usedIn(used, coverage.patientId, benefitYearOf(plan.benefitYearMonth, on))
}

/** What the plan should pay on a claim, and what that rests on. */
export async function expectationOf(context: QueryContext, file: CaseFile, claim: StoredClaim): Promise<Expectation> {
  const { today } = context
  if (file.expectations.has(claim.id)) return expectationFrom(file, claim, null, today)
  const used = await usedOf(context, file, claim, yearDayOf(claim, today), lineageOf(file.claims, claim))
  const plan = coverageOf(file, claim.coverageId)?.plan
  const contract = await findFeeSchedule(context.db, plan?.feeScheduleId ?? null)
  return expectationFrom(file, claim, used && { used, contract }, today)
}

/** Keeps terms and what follows from them. @returns the expected payment; null while a line of it is not known */
export async function setTerms(
  context: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  terms: ExpectedTerms,
  source: string,
): Promise<number | null> {
  const planCents = planCentsOf(claim, terms)
  await file.write(context, ['claims'], (tx) => setExpectation(tx, claim.id, { terms, planCents, source }, context))
  return planCents
}

/** Keeps what is expected when a claim goes out: later the year’s figures have moved on. */
export async function keepExpectation(context: CommandContext, file: CaseFile, claim: StoredClaim): Promise<void> {
  const { isKept, terms, sources } = await expectationOf(context, file, claim)
  if (!isKept && terms) await setTerms(context, file, claim, terms, sources.join('. '))
}

/** Terms are kept by place: on a claim with other services they would speak of the wrong ones. */
export async function forgetTerms(
  context: CommandContext,
  file: CaseFile,
  before: StoredClaim,
  lines: readonly { code: string }[],
): Promise<void> {
  const codes = (of: readonly { code: string }[]) => of.map((line) => line.code).join(' ')
  if (codes(before.lines) !== codes(lines))
    await file.write(context, ['claims'], (tx) => dropExpectation(tx, before.id))
}

/** Where an EOB differs from what was expected. */
export async function flagsOf(
  context: QueryContext,
  file: CaseFile,
  claim: StoredClaim,
  decided: CaseDecisions,
  remittance: Remittance,
): Promise<Flag[]> {
  const lines = file.expectations.has(claim.id) ? linesCompletedBy(decided, claim, remittance.id) : []
  if (lines.length === 0) return []
  const replacedIds = lineageOf(file.claims, claim).slice(1)
  return flagsFrom(
    file,
    claim,
    lines,
    await usedOf(context, file, claim, yearDayOf(claim, remittance.eobDate), replacedIds),
  )
}
