// The expectation of a claim: as it was kept, else from plan, estimate and what the office knows was used this year.
import type { CoverageId } from '#core/ids.ts'
import { formatMoney } from '#core/money.ts'
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
import { findEstimate } from '#db/repos/benefit.ts'
import type { StoredClaim } from '#db/repos/claim.ts'
import { findExpectation, setExpectation, usedInYear } from '#db/repos/expectation.ts'
import { findPlan } from '#db/repos/office.ts'
import { listCoverages } from '#db/repos/patient.ts'
import type { CommandContext } from './context.ts'

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

export async function expectationOf(db: Db, claim: StoredClaim, today: string): Promise<Expectation> {
  const billed = billedOf(claim)
  const kept = await findExpectation(db, claim.id)
  if (kept) return { isKept: true, terms: kept.terms, expected: expectedOf(billed, kept.terms), sources: [kept.source] }
  const coverage = await coverageOf(db, claim.coverageId)
  const plan = coverage && (await findPlan(db, coverage.planId))
  if (!coverage || !plan) return { isKept: false, terms: null, expected: null, sources: ['The claim has no plan'] }
  const percent = plan.endoPercent
  if (percent === null)
    return {
      isKept: false,
      terms: null,
      expected: null,
      sources: [`${plan.name}: its percentage for this service is unknown`],
    }
  const estimate = await findEstimate(db, claim.caseId)
  const used = await usedInYear(db, coverage.id, dayOf(claim, today), claim.id)
  const deductible = plan.deductibleCents ?? 0
  const maximum = plan.annualMaxCents
  const terms: ExpectedTerms = {
    network: plan.network === 'in' ? 'in' : 'out',
    deductibleLeftCents: Math.max(0, deductible - used.deductibleCents),
    maximumLeftCents: maximum === null ? NO_MAXIMUM : Math.max(0, maximum - used.paidCents),
    lines: claim.lines.map((_, at) => ({
      contractCents: at === 0 ? (estimate?.contractCents ?? null) : null,
      allowedCents: null,
      alternateCents: null,
      percent,
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
      `${plan.name}: ${percent} %, deductible ${formatMoney(deductible)}, maximum ${maximum === null ? 'not known' : formatMoney(maximum)}`,
      `Used in ${year} by the office’s own EOBs: deductible ${formatMoney(used.deductibleCents)}, benefits ${formatMoney(used.paidCents)}`,
      estimate?.contractCents == null
        ? 'No contract fee on file'
        : `Contract fee ${formatMoney(estimate.contractCents)}`,
    ],
  }
}

/** Keeps terms and what follows from them. @returns the expected payment */
export async function setTerms(
  context: CommandContext,
  claim: StoredClaim,
  terms: ExpectedTerms,
  source: string,
): Promise<number> {
  const { planCents } = expectedOf(billedOf(claim), terms)
  await setExpectation(context.tx, claim.id, { terms, planCents, source }, context)
  return planCents
}

/** Keeps what is expected when a claim goes out: later the year’s figures have moved on. */
export async function keepExpectation(context: CommandContext, claim: StoredClaim): Promise<void> {
  const { isKept, terms, sources } = await expectationOf(context.tx, claim, context.today)
  if (!isKept && terms) await setTerms(context, claim, terms, sources.join('. '))
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

/** The expected payment that an EOB is measured by: the claim’s own, else the case’s estimate for the same plan. */
export async function expectedPlanCents(db: Db, claim: StoredClaim): Promise<number | null> {
  const kept = await findExpectation(db, claim.id)
  if (kept) return kept.planCents
  const estimate = await findEstimate(db, claim.caseId)
  return estimate?.coverageId === claim.coverageId ? (estimate?.expectedPlanCents ?? null) : null
}
