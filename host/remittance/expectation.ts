// The expectation of a claim: as it was kept, else from plan, estimate and what the office knows was used this year.
import { percentFor } from '#core/coverage/benefit-class.ts'
import type { CoverageId } from '#core/ids.ts'
import { formatMoney, sumCents } from '#core/money.ts'
import type { Coverage } from '#core/patient.ts'
import {
  type BilledLine,
  compareWithExpected,
  type Expected,
  expectedOf,
  type ExpectedTerms,
  type Flag,
} from '#core/remittance/expected.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { findEstimate } from '#host/case/benefit-rows.ts'
import type { StoredClaim } from '#host/claim/rows.ts'
import { listLines } from '#host/case/rows.ts'
import { dropExpectation, findExpectation, setExpectation, usedInYear } from './expectation-rows.ts'
import { findPlan } from '#host/office/rows.ts'
import { listCoverages } from '#host/patient/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'

type Db = Reader | Writer
/** Plans without a known maximum pay without one. */
const NO_MAXIMUM = 1_000_000_000

export interface Expectation {
  isKept: boolean
  /** Null while the plan’s percentage is unknown. */
  terms: ExpectedTerms | null
  expected: Expected | null
  /** Where each figure comes from, in words. */
  sources: string[]
}

const billedOf = (claim: StoredClaim): BilledLine[] =>
  claim.lines.map((line) => ({
    id: line.id,
    code: line.code,
    tooth: line.tooth,
    billedCents: line.feeCents * line.quantity,
  }))

async function coverageOf(db: Db, id: CoverageId | null): Promise<Coverage | null> {
  return id === null ? null : ((await listCoverages(db, { id }))[0] ?? null)
}
const dayOf = (claim: StoredClaim, today: string) =>
  claim.lines
    .flatMap((line) => line.serviceDate ?? [])
    .sort()
    .at(-1) ?? today

/** The case’s estimate, if it speaks of the plan that the claim goes to. */
async function estimateFor(db: Db, claim: StoredClaim) {
  const estimate = await findEstimate(db, claim.caseId)
  return estimate?.coverageId === claim.coverageId ? estimate : undefined
}
/** The line that the estimate’s contract fee is of: the first main service, wherever it stands on the claim. */
async function mainLineOf(db: Db, claim: StoredClaim): Promise<string | undefined> {
  const mains = (await listLines(db, claim.caseId)).filter((line) => line.role === 'main').map((line) => line.id)
  return (claim.lines.find((line) => line.lineId !== null && mains.includes(line.lineId)) ?? claim.lines[0])?.id
}

/** What the plan should pay on a claim, and what that rests on. */
export async function expectationOf(db: Db, claim: StoredClaim, today: string): Promise<Expectation> {
  const billed = billedOf(claim)
  const kept = await findExpectation(db, claim.id)
  if (kept) return { isKept: true, terms: kept.terms, expected: expectedOf(billed, kept.terms), sources: [kept.source] }
  const coverage = await coverageOf(db, claim.coverageId)
  const plan = coverage && (await findPlan(db, coverage.planId))
  if (!coverage || !plan) return { isKept: false, terms: null, expected: null, sources: ['The claim has no plan'] }
  const percents = claim.lines.map((line) => percentFor(plan, line.code))
  if (percents.every((percent) => percent === null))
    return {
      isKept: false,
      terms: null,
      expected: null,
      sources: [`${plan.name}: its percentage for this service is unknown`],
    }
  const estimate = await estimateFor(db, claim)
  const main = await mainLineOf(db, claim)
  const used = await usedInYear(db, coverage.id, dayOf(claim, today), claim.id)
  const deductible = plan.deductibleCents ?? 0
  const maximum = plan.annualMaxCents
  const terms: ExpectedTerms = {
    network: plan.network === 'in' ? 'in' : 'out',
    deductibleLeftCents: Math.max(0, deductible - used.deductibleCents),
    maximumLeftCents: maximum === null ? NO_MAXIMUM : Math.max(0, maximum - used.paidCents),
    lines: claim.lines.map((line, at) => ({
      contractCents: line.id === main ? (estimate?.contractCents ?? null) : null,
      allowedCents: null,
      alternateCents: null,
      percent: percents[at]!,
      deductibleApplies: true,
      excluded: false,
    })),
  }
  const year = dayOf(claim, today).slice(0, 4)
  return {
    isKept: false,
    terms,
    expected: expectedOf(billed, terms),
    sources: [
      `${plan.name}: ${plan.endoPercent} % of endodontics, deductible ${formatMoney(deductible)}, maximum ${maximum === null ? 'not known' : formatMoney(maximum)}`,
      `Used in ${year} by the office’s own EOBs: deductible ${formatMoney(used.deductibleCents)}, benefits ${formatMoney(used.paidCents)}`,
      estimate?.contractCents == null
        ? 'No contract fee on file'
        : `Contract fee ${formatMoney(estimate.contractCents)}`,
    ],
  }
}

/** Keeps terms and what follows from them. @returns the expected payment; null while a line of it is not known */
export async function setTerms(
  context: CommandContext,
  claim: StoredClaim,
  terms: ExpectedTerms,
  source: string,
): Promise<number | null> {
  const planCents = expectedOf(billedOf(claim), terms).totals?.planCents ?? null
  await setExpectation(context.tx, claim.id, { terms, planCents, source }, context)
  return planCents
}

/** Keeps what is expected when a claim goes out: later the year’s figures have moved on. */
export async function keepExpectation(context: CommandContext, claim: StoredClaim): Promise<void> {
  const { isKept, terms, sources } = await expectationOf(context.tx, claim, context.today)
  if (!isKept && terms) await setTerms(context, claim, terms, sources.join('. '))
}

/** Terms are kept by place: on a claim with other services they would speak of the wrong ones. */
export async function forgetTerms(tx: Writer, before: StoredClaim, lines: readonly { code: string }[]): Promise<void> {
  const codes = (of: readonly { code: string }[]) => of.map((line) => line.code).join(' ')
  if (codes(before.lines) !== codes(lines)) await dropExpectation(tx, before.id)
}

/** Where an EOB differs from what was expected. */
export async function flagsOf(db: Db, claim: StoredClaim, remittance: Remittance): Promise<Flag[]> {
  const kept = await findExpectation(db, claim.id)
  if (!kept) return []
  const coverage = await coverageOf(db, claim.coverageId)
  const plan = coverage && (await findPlan(db, coverage.planId))
  const used = coverage && (await usedInYear(db, coverage.id, remittance.eobDate, null))
  const deductible =
    plan?.deductibleCents == null || !used
      ? null
      : { yearCents: plan.deductibleCents, takenCents: used.deductibleCents }
  return compareWithExpected(remittance.lines, expectedOf(billedOf(claim), kept.terms), kept.terms, deductible)
}

/** The expected payment that an EOB is measured by: the claim’s own, else the estimate for the same plan and services. */
export async function expectedPlanCents(db: Db, claim: StoredClaim): Promise<number | null> {
  const kept = await findExpectation(db, claim.id)
  if (kept?.planCents != null) return kept.planCents
  const lines = await listLines(db, claim.caseId)
  // The estimate is of the whole case: a part of it is not measured by it.
  const isWhole = claim.totalCents === sumCents(lines.map((line) => line.feeCents * line.quantity))
  return isWhole ? ((await estimateFor(db, claim))?.expectedPlanCents ?? null) : null
}
