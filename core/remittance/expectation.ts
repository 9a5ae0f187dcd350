// The expectation of a claim: as it was kept, else from plan, estimate and what the office knows was used this year.
import { type CaseContents, coverageOf, type CoverageOnFile, type StoredClaim } from '../case/contents.ts'
import { benefitFor, CLASS_WORDS, classOf } from '../coverage/benefit-class.ts'
import { type UsedBenefit, type UsedBenefits, yearWords } from '../coverage/benefit-year.ts'
import { editionOn, feeOn, type FeeSchedule, networkOn } from '../coverage/fee-schedule.ts'
import { addMonths, formatDate, type IsoDate, latestOf } from '../dates.ts'
import type { ClaimId } from '../ids.ts'
import { type Cents, formatMoney, sumCents } from '../money.ts'
import { type Plan, PLAN_ORDERS } from '../patient.ts'
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
  /** The services that the used benefits are counted from; empty where the expectation was kept. */
  counted: UsedBenefit[]
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

/** What the plan and its contract say of a line on its day; `unknown`: why nothing is expected of it. */
interface Service {
  percent: number | null
  deductibleApplies: boolean
  isWaiting: boolean
  contractCents: Cents | null
  words: string | null
  unknown: string | null
}
/** What an expectation rests on beside the case. */
export interface ExpectationBasis {
  /** In the benefit year of the claim's services, by other claims. */
  used: UsedBenefits
  /** The contract of the plan's network; null where none is on file. */
  contract: FeeSchedule | null
}

/**
 * What the plan's terms say of a line. A waiting period is over when it is known to be: without the day on which the coverage
 * began nothing is expected. Nor is it of an in-network service without a contract fee.
 */
function serviceUnder(
  { plan, coverage }: Pick<CoverageOnFile, 'plan' | 'coverage'>,
  { code, serviceDate }: StoredClaim['lines'][number],
  inNetwork: boolean,
  contractCents: Cents | null,
): Service {
  const { of, percent, deductibleApplies, waitingMonths } = benefitFor(plan, code)
  const service = { percent: null, deductibleApplies, isWaiting: false, contractCents, words: null }
  const not = (unknown: string | null): Service => ({ ...service, unknown })
  if (percent === null) return not(null)
  if (inNetwork && contractCents === null) return not('the contract fee of this service is not on file')
  if (of === 'orthodontics' && plan.orthodonticMaxCents === null)
    return not('the plan’s lifetime maximum for orthodontics is not on file')
  const words = `${percent} % of ${of === null ? code : CLASS_WORDS[of].toLowerCase()}`
  if (waitingMonths === null) return { ...service, percent, words, unknown: null }
  if (coverage.validFrom === null || serviceDate === null)
    return not('a waiting period applies, and the beginning of the coverage or the day of service is not on file')
  const over = addMonths(coverage.validFrom, waitingMonths)
  const isWaiting = serviceDate < over
  return {
    ...service,
    percent,
    isWaiting,
    words: isWaiting ? `${words} from ${formatDate(over)} on` : words,
    unknown: null,
  }
}

/** What is left of a plan's amount for a person, where the family has one of its own. */
const leftOf = (own: Cents, used: Cents, family: Cents | null, familyUsed: Cents) =>
  Math.max(0, Math.min(own - used, family === null ? Infinity : family - familyUsed))
const amountWords = (cents: Cents | null) => (cents === null ? 'not known' : formatMoney(cents))

/**
 * What the plan should pay on a claim, and what that rests on.
 * @param basis null where the claim has no plan
 */
export function expectationFrom(
  contents: CaseContents,
  claim: StoredClaim,
  basis: ExpectationBasis | null,
  today: IsoDate,
): Expectation {
  const billed = billedOf(claim)
  const kept = contents.expectations.get(claim.id)
  if (kept)
    return {
      isKept: true,
      terms: kept.terms,
      expected: expectedOf(billed, kept.terms),
      sources: [kept.source],
      counted: [],
    }
  const none = (source: string): Expectation => ({
    isKept: false,
    terms: null,
    expected: null,
    sources: [source],
    counted: [],
  })
  const held = coverageOf(contents, claim.coverageId)
  if (!held || !basis) return none('The claim has no plan')
  const { plan } = held
  const { used, contract } = basis
  const day = yearDayOf(claim, today)
  const earlier = earlierPlansOf(contents, claim, day)
  if (earlier.length > 0)
    return none(
      `${earlier.join(', ')} pays first: what ${plan.name} pays after it depends on that payment and on how ${plan.name} coordinates benefits, which is not on file`,
    )
  const estimate = estimateFor(contents, claim)
  // What was said of this case counts before what the plan says of all, but not against the contract's own dates.
  const said = estimate && estimate.network !== 'unknown' && contract === null ? estimate.network : plan.network
  const networkAt = (on: IsoDate) => networkOn(said, contract, contents.record.providerId, on)
  const network = networkAt(day)
  if (network === 'capitation')
    return none(`${plan.name} is a capitation plan: it pays by the month, the patient the copay`)
  if (network === 'unknown')
    return none(`Whether the dentist is in the network of ${plan.name} is not on file: check with payer`)
  const main = mainLineOf(contents, claim)
  const inYear = (on: IsoDate | null) => on === null || (used.year.from <= on && on <= used.year.to)
  const services = claim.lines.map((line): Service => {
    const onFile = contract && feeOn(contract, line.code, line.serviceDate ?? day)
    const typed = line.id === main ? (estimate?.contractCents ?? null) : null
    const fee = typed ?? (onFile === null ? null : onFile * line.quantity)
    const service = serviceUnder(held, line, network === 'in', fee)
    if (!inYear(line.serviceDate))
      return { ...service, percent: null, isWaiting: false, unknown: 'its day is in another benefit year' }
    if (networkAt(line.serviceDate ?? day) !== network)
      return { ...service, percent: null, isWaiting: false, unknown: 'the network was another one on its day' }
    return service
  })
  if (services.every(({ percent, unknown }) => percent === null && unknown === null))
    return none(`${plan.name}: its percentage for this service is unknown`)
  const { person, family } = used
  const lifetime = plan.orthodonticMaxCents
  const terms: ExpectedTerms = {
    network,
    deductibleLeftCents: leftOf(
      plan.deductibleCents ?? 0,
      person.deductibleCents,
      plan.familyDeductibleCents,
      family.deductibleCents,
    ),
    maximumLeftCents: leftOf(
      plan.annualMaxCents ?? NO_MAXIMUM,
      plan.annualMaxCents === null ? 0 : person.paidCents,
      plan.familyMaxCents,
      family.paidCents,
    ),
    ...(lifetime !== null && { orthodonticLeftCents: Math.max(0, lifetime - used.orthodonticCents) }),
    lines: services.map(({ contractCents, percent, deductibleApplies, isWaiting, unknown }) => ({
      contractCents: network === 'in' ? contractCents : null,
      allowedCents: null,
      alternateCents: null,
      percent,
      deductibleApplies,
      excluded: isWaiting,
      ...(unknown !== null && { unknown }),
    })),
  }
  const hasOrthodontics = claim.lines.some(({ code }) => classOf(code) === 'orthodontics')
  const percents = [...new Set(services.flatMap(({ words }) => words ?? []))].join(', ')
  return {
    isKept: false,
    terms,
    expected: expectedOf(billed, terms),
    sources: [
      `${plan.name}: ${percents || 'no percentage that counts'}; ${termWords(plan, hasOrthodontics)}`,
      usedWords(plan, used, hasOrthodontics),
      network === 'out'
        ? 'Out of network: from the billed fee, check with payer what it allows'
        : contractWords(contract, estimate?.contractCents ?? null, day),
    ],
    counted: [...used.counted],
  }
}

function termWords(plan: Plan, hasOrthodontics: boolean): string {
  return [
    `deductible ${amountWords(plan.deductibleCents)}`,
    plan.familyDeductibleCents !== null && `of the family ${formatMoney(plan.familyDeductibleCents)}`,
    `maximum ${amountWords(plan.annualMaxCents)}`,
    plan.familyMaxCents !== null && `of the family ${formatMoney(plan.familyMaxCents)}`,
    hasOrthodontics && `orthodontics ${amountWords(plan.orthodonticMaxCents)} in a lifetime`,
  ]
    .filter(Boolean)
    .join(', ')
}

function usedWords(
  plan: Plan,
  { year, person, family, orthodonticCents }: UsedBenefits,
  hasOrthodontics: boolean,
): string {
  const assumed = plan.benefitYearMonth === null ? ' (calendar year assumed: check with payer)' : ''
  const ofFamily = plan.familyDeductibleCents !== null || plan.familyMaxCents !== null
  return [
    `Used by date of service ${yearWords(year)}${assumed}, by the office’s own EOBs: deductible ${formatMoney(person.deductibleCents)}, benefits ${formatMoney(person.paidCents)}`,
    ofFamily && `family ${formatMoney(family.deductibleCents)} and ${formatMoney(family.paidCents)}`,
    hasOrthodontics && `orthodontics in all years ${formatMoney(orthodonticCents)}`,
  ]
    .filter(Boolean)
    .join('; ')
}

function contractWords(contract: FeeSchedule | null, typedCents: Cents | null, day: IsoDate): string {
  const edition = contract && editionOn(contract, day)
  const fees = edition
    ? `Contract fees: ${[contract.name, `from ${formatDate(edition.from)}`, edition.source].filter(Boolean).join(', ')}`
    : 'No contract fees on file for that day'
  return typedCents === null ? fees : `Contract fee ${formatMoney(typedCents)} as typed for this case`
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
      : { yearCents: plan.deductibleCents, takenCents: used.person.deductibleCents }
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
