// The expectation of a claim: as it was kept, else from plan, estimate and what the office knows was used this year.
import { type CaseContents, coverageOf, type StoredClaim } from '../case/contents.ts'
import { benefitFor, CLASS_WORDS, type PlanBenefits } from '../coverage/benefit-class.ts'
import { addMonths, formatDate, type IsoDate, latestOf } from '../dates.ts'
import type { ClaimId } from '../ids.ts'
import { type Cents, formatMoney, sumCents } from '../money.ts'
import { type Coverage, PLAN_ORDERS } from '../patient.ts'
import {
  type BilledLine,
  compareWithExpected,
  type Expected,
  expectedOf,
  type ExpectedTerms,
  type Flag,
} from './expected.ts'
import type { RemittanceLine } from './schema.ts'

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

/** The last day of service: the year whose benefits a claim uses. */
export const yearDayOf = (claim: StoredClaim, today: IsoDate): IsoDate =>
  latestOf(claim.lines.flatMap((line) => line.serviceDate ?? [])) ?? today

/** Deductible taken and benefits paid under a coverage in a year, by the office’s own EOBs. */
export interface UsedBenefits {
  deductibleCents: Cents
  paidCents: Cents
}

/** The case’s estimate, if it speaks of the plan that the claim goes to. */
const estimateFor = ({ estimate }: CaseContents, claim: StoredClaim) =>
  estimate?.coverageId === claim.coverageId ? estimate : null

/** The line that the estimate’s contract fee is of: the first main service, wherever it stands on the claim. */
function mainLineOf({ lines }: CaseContents, claim: StoredClaim): string | undefined {
  const mains = lines.filter((line) => line.role === 'main').map((line) => line.id)
  return (claim.lines.find((line) => line.lineId !== null && mains.includes(line.lineId)) ?? claim.lines[0])?.id
}

/** Plans in force on the day that pay before the claim's own (domain.md 8), by name. */
function earlierPlansOf({ coverages }: CaseContents, { coverageId }: StoredClaim, on: IsoDate): string[] {
  const own = coverages.find(({ coverage }) => coverage.id === coverageId)?.coverage
  const place = own ? PLAN_ORDERS.indexOf(own.order) : 0
  return coverages.flatMap(({ coverage, isRemoved, plan }) => {
    const { order, validFrom, validTo } = coverage
    const isInForce = (validFrom === null || validFrom <= on) && (validTo === null || on <= validTo)
    return !isRemoved && isInForce && PLAN_ORDERS.indexOf(order) < place ? plan.name : []
  })
}

/** A claim and all that it replaces, one after the other: they bill the same services. */
export function lineageOf(claims: readonly StoredClaim[], claim: StoredClaim): ClaimId[] {
  const replaced = claims.find((one) => one.id === claim.replacesId)
  return [claim.id, ...(replaced ? lineageOf(claims, replaced) : [])]
}

/**
 * What the plan's terms say of a line on its day. A waiting period is over when it is known to be: without the day on which the
 * coverage began nothing is expected.
 */
function serviceUnder(
  plan: PlanBenefits,
  { validFrom }: Pick<Coverage, 'validFrom'>,
  { code, serviceDate }: StoredClaim['lines'][number],
): { percent: number | null; deductibleApplies: boolean; isWaiting: boolean; words: string | null } {
  const { of, percent, deductibleApplies, waitingMonths } = benefitFor(plan, code)
  if (percent === null) return { percent, deductibleApplies, isWaiting: false, words: null }
  const words = `${percent} % of ${of === null ? code : CLASS_WORDS[of].toLowerCase()}`
  if (waitingMonths === null) return { percent, deductibleApplies, isWaiting: false, words }
  if (validFrom === null || serviceDate === null)
    return { percent: null, deductibleApplies, isWaiting: false, words: null }
  const over = addMonths(validFrom, waitingMonths)
  const isWaiting = serviceDate < over
  return { percent, deductibleApplies, isWaiting, words: isWaiting ? `${words} from ${formatDate(over)} on` : words }
}

/**
 * What the plan should pay on a claim, and what that rests on.
 * @param used in the year of the claim's services, by other claims; null where it has no plan
 */
export function expectationFrom(
  contents: CaseContents,
  claim: StoredClaim,
  used: UsedBenefits | null,
  today: IsoDate,
): Expectation {
  const billed = billedOf(claim)
  const kept = contents.expectations.get(claim.id)
  if (kept) return { isKept: true, terms: kept.terms, expected: expectedOf(billed, kept.terms), sources: [kept.source] }
  const held = coverageOf(contents, claim.coverageId)
  const plan = held?.plan
  if (!plan || !used) return { isKept: false, terms: null, expected: null, sources: ['The claim has no plan'] }
  const earlier = earlierPlansOf(contents, claim, yearDayOf(claim, today))
  if (earlier.length > 0)
    return {
      isKept: false,
      terms: null,
      expected: null,
      sources: [
        `${earlier.join(', ')} pays first: what ${plan.name} pays after it depends on that payment and on how ${plan.name} coordinates benefits, which is not on file`,
      ],
    }
  if (plan.network === 'capitation')
    return {
      isKept: false,
      terms: null,
      expected: null,
      sources: [`${plan.name} is a capitation plan: it pays by the month, the patient the copay`],
    }
  const services = claim.lines.map((line) => serviceUnder(plan, held.coverage, line))
  if (services.every(({ percent }) => percent === null))
    return {
      isKept: false,
      terms: null,
      expected: null,
      sources: [`${plan.name}: its percentage for this service is unknown`],
    }
  const estimate = estimateFor(contents, claim)
  const main = mainLineOf(contents, claim)
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
      percent: services[at]!.percent,
      deductibleApplies: services[at]!.deductibleApplies,
      excluded: services[at]!.isWaiting,
    })),
  }
  const year = yearDayOf(claim, today).slice(0, 4)
  return {
    isKept: false,
    terms,
    expected: expectedOf(billed, terms),
    sources: [
      `${plan.name}: ${[...new Set(services.flatMap(({ words }) => words ?? []))].join(', ')}; deductible ${formatMoney(deductible)}, maximum ${maximum === null ? 'not known' : formatMoney(maximum)}`,
      `Used in ${year} by the office’s own EOBs: deductible ${formatMoney(used.deductibleCents)}, benefits ${formatMoney(used.paidCents)}`,
      estimate?.contractCents == null
        ? 'No contract fee on file'
        : `Contract fee ${formatMoney(estimate.contractCents)}`,
    ],
  }
}

/** The payment that follows from terms; null while a line of it is not known. */
export const planCentsOf = (claim: StoredClaim, terms: ExpectedTerms): Cents | null =>
  expectedOf(billedOf(claim), terms).totals?.planCents ?? null

/**
 * Where decided lines of a claim differ from what was expected.
 * @param used in the year of the claim's services, by all claims but those that it replaces; null where the claim has no plan
 */
export function flagsFrom(
  contents: CaseContents,
  claim: StoredClaim,
  lines: readonly RemittanceLine[],
  used: UsedBenefits | null,
): Flag[] {
  const kept = contents.expectations.get(claim.id)
  if (!kept) return []
  const plan = coverageOf(contents, claim.coverageId)?.plan
  const deductible =
    plan?.deductibleCents == null || !used
      ? null
      : { yearCents: plan.deductibleCents, takenCents: used.deductibleCents }
  return compareWithExpected(lines, expectedOf(billedOf(claim), kept.terms), kept.terms, deductible)
}

/** The expected payment that an EOB is measured by: the claim’s own, else the estimate for the same plan and services. */
export function expectedPlanCents(contents: CaseContents, claim: StoredClaim): Cents | null {
  const kept = contents.expectations.get(claim.id)
  if (kept?.planCents != null) return kept.planCents
  // The estimate is of the whole case: a part of it is not measured by it.
  const isWhole = claim.totalCents === sumCents(contents.lines.map((line) => line.feeCents * line.quantity))
  return isWhole ? (estimateFor(contents, claim)?.expectedPlanCents ?? null) : null
}
