// The other plans of a claim as its file names them: their place in the order, and what those before ours have decided.
import { type IsoDate, latestOf } from '../dates.ts'
import { type Cents, formatMoney, sumCents } from '../money.ts'
import { type PaymentOrder, type PayerInput, PLAN_ORDERS } from '../patient.ts'
import { type DecidedLine, mergeAdjustments, type Standing } from '../remittance/standing.ts'
import {
  type LineDecision,
  type OtherPayer,
  RELATION_CODES,
  type Sequence,
  SEQUENCES,
  type X12Adjustment,
} from '../x12/claim-file.ts'
import { clean } from '../x12/claim-file-write.ts'
import type { ClaimFinding, ClaimForm, ClaimLineInput, OtherCoverage } from './schema.ts'

/** What a plan has decided on one of our lines. */
interface PlanLineDecision extends Omit<LineDecision, 'payerId'> {
  /** Place of the line in this claim, from 0. */
  line: number
}
/** What a plan has decided on the services of our claim: charge = paid + taken off, at the lines and at the claim. */
export interface PlanDecision {
  payerClaimNumber: string
  /** For all of our services that it decided. */
  paidCents: Cents
  /** None where the lines do not add up by themselves: then all that it took off stands at the claim. */
  lines: PlanLineDecision[]
  /** What it took off at the claim and at no line. */
  adjustments: X12Adjustment[]
  /** The day of its last decision. */
  on: IsoDate
}
/** A line of our claim as the other plans know it. */
interface OwnLine {
  /** The same in the claims of all plans; empty: only ours. */
  service: string
  chargeCents: Cents
  units: number
}

/** What of a plan's decisions stands on our lines: a decision only once all of them are decided and it adds up to what we charge. */
export function decisionOn(
  lines: readonly OwnLine[],
  standing: Standing<DecidedLine & { code: string; on: IsoDate }>,
  payerClaimNumber: string,
): PlanAnswer {
  const spoken = lines.flatMap(({ service, chargeCents, units }, line) => {
    const parts = standing.services.get(service) ?? []
    const last = parts.at(-1)
    if (!last || sumCents(parts.map((part) => part.billedCents)) !== chargeCents) return []
    const paidCents = sumCents(parts.map((part) => part.paidCents))
    const adjustments = mergeAdjustments(parts.flatMap((part) => part.adjustments))
    return { service, chargeCents, said: { line, paidCents, code: last.code, units, adjustments, on: last.on } }
  })
  const services = spoken.map((one) => one.service)
  // A line without a charge needs no decision.
  const open = [...lines.entries()].filter(([, line]) => line.chargeCents !== 0 && !services.includes(line.service))
  const billedCents = (service: string) =>
    sumCents((standing.services.get(service) ?? []).map((part) => part.billedCents))
  const isDecided = ({ service }: OwnLine) => (standing.services.get(service) ?? []).length > 0
  const waiting = open.flatMap(([at, line]) => (isDecided(line) ? [] : at))
  const otherCharges = new Map(
    open.flatMap(([at, line]) => (isDecided(line) ? [[at, billedCents(line.service)] as const] : [])),
  )
  const shares = standing.atClaims.filter((share) => share.services.some((service) => services.includes(service)))
  const said = spoken.map((one) => one.said)
  const atClaim = mergeAdjustments(shares.flatMap((share) => share.adjustments))
  const all = mergeAdjustments([...atClaim, ...said.flatMap((one) => one.adjustments)])
  const paidCents = sumCents([...said, ...shares].map((one) => one.paidCents))
  // A share of services that our claim does not hold cannot be told apart.
  const isOurs = shares.every((share) => share.services.every((service) => services.includes(service)))
  const isWhole = paidCents + taken(all) === sumCents(spoken.map((one) => one.chargeCents))
  if (spoken.length === 0 || open.length > 0 || !isOurs || !isWhole) return { decision: null, waiting, otherCharges }
  const areExact = spoken.every((one) => one.said.paidCents + taken(one.said.adjustments) === one.chargeCents)
  const told = areExact ? { lines: said, adjustments: atClaim } : { lines: [], adjustments: all }
  const on = latestOf(said.map((one) => one.on))!
  return { decision: { payerClaimNumber, paidCents, on, ...told }, waiting, otherCharges }
}
const taken = (of: readonly { cents: Cents }[]) => sumCents(of.map((one) => one.cents))

/** What another plan says of our lines. */
export interface PlanAnswer {
  /** Only of a plan that pays before ours, and only of all our lines: a part of it would not add up to our charge. */
  decision: PlanDecision | null
  /** Places of our lines that it has not decided, from 0. */
  waiting: readonly number[]
  /** Places of our lines that it decided on another charge, and that charge: the next plan is told of no other charge. */
  otherCharges: ReadonlyMap<number, Cents>
}
export interface OtherPlan extends PlanAnswer {
  coverage: OtherCoverage
  order: PaymentOrder
  payerKind: PayerInput['kind']
}
/** Our plan and the others around it. */
export interface PlansOfClaim {
  form: ClaimForm
  order: PaymentOrder
  others: readonly OtherPlan[]
}

/** SBR09. */
export const FILING = { commercial: 'CI', medicaid: 'MC', medicare: 'MB', other: 'ZZ' } as const

const rankOf = (order: PaymentOrder) => PLAN_ORDERS.indexOf(order)
/** Whether a plan decides before another. */
export const paysBefore = (one: PaymentOrder, other: PaymentOrder) => rankOf(one) < rankOf(other)

/** SBR01 of our plan. */
export const sequenceOf = (order: PaymentOrder): Sequence => SEQUENCES[rankOf(order)]!
/** SBR01 of the others: a place that is taken already goes to the next that is free. */
function sequencesOf(own: PaymentOrder, others: readonly OtherPlan[]): Sequence[] {
  const taken = new Set([rankOf(own)])
  return others.map(({ order }) => {
    let place = rankOf(order)
    while (taken.has(place)) place += 1
    taken.add(place)
    return SEQUENCES[place] ?? SEQUENCES.at(-1)!
  })
}

/** Every other plan that a form names, in its order. */
export function otherCoverages({
  otherCoverage,
  furtherCoverages,
}: Pick<ClaimForm, 'otherCoverage' | 'furtherCoverages'>): OtherCoverage[] {
  return otherCoverage ? [otherCoverage, ...furtherCoverages] : []
}

/** The id of another payer, the same at the claim (2330B) and at its lines (SVD). */
const idOf = ({ coverage }: OtherPlan) => clean(coverage.payerCode, 20) || 'UNKNOWN'

const nameOf = ({ coverage }: OtherPlan) => coverage.insurer || 'the other plan'

/** What the plans before ours still have to decide: however the claim is sent, it waits for them or for a reason. */
export function checkEarlierPlans(
  { form, order, others }: PlansOfClaim,
  lines: readonly ClaimLineInput[],
): ClaimFinding[] {
  if (form.transaction === 'predetermination') return []
  const earlier = others.filter((plan) => plan.decision === null && paysBefore(plan.order, order))
  return earlier.map((plan, at) => ({
    id: `earlier:${at}`,
    severity: 'warn',
    field: 'otherCoverage.insurer',
    message: whatIsOpen(plan, lines),
    source: 'The earlier plan’s EOB goes with the claim to the next; 837D 005010X224A2: charge = paid + adjustments',
  }))
}
function whatIsOpen(plan: OtherPlan, lines: readonly ClaimLineInput[]): string {
  const name = nameOf(plan)
  if (lines.every((line, at) => line.feeCents === 0 || plan.waiting.includes(at)))
    return `The decision of ${name} is not posted: the next plan will ask for it.`
  const named = (at: number) => {
    const { code, tooth, feeCents, quantity } = lines[at]!
    return `line ${at + 1} (${[code, tooth && `#${tooth}`].filter(Boolean).join(' ')}, ${formatMoney(feeCents * quantity)})`
  }
  if (plan.otherCharges.size > 0) {
    const charged = [...plan.otherCharges].map(([at, cents]) => `${formatMoney(cents)} for ${named(at)}`)
    return `${name} decided on ${charged.join(' and ')}: charge the same on both claims, or its figures stay out of this one.`
  }
  if (plan.waiting.length === 0)
    return `What ${name} decided does not add up to the charge of this claim: compare its EOBs, or its figures stay out.`
  return `${name} has not decided ${plan.waiting.map(named).join(' and ')}: wait for its EOB, or its figures stay out of this claim.`
}

/** What an electronic claim lacks of its other plans. */
export function checkOtherPlans({
  form,
  order,
  others,
}: PlansOfClaim): Pick<ClaimFinding, 'severity' | 'field' | 'message'>[] {
  if (form.transaction === 'predetermination') return []
  const say = (severity: ClaimFinding['severity'], field: string, message: string) => ({
    severity,
    field: `otherCoverage.${field}`,
    message,
  })
  const findings = others
    .filter(({ coverage }) => clean(coverage.payerCode, 20) === '')
    .map((plan) =>
      say(
        plan.decision ? 'block' : 'warn',
        'payerCode',
        `The electronic payer ID of ${nameOf(plan)} is missing: enter it at the payer in Settings, and fill the claim again.`,
      ),
    )
  if (order !== 'primary' && !others.some((plan) => paysBefore(plan.order, order)))
    findings.unshift(say('warn', 'memberId', 'The claim names no plan that pays before this one.'))
  const orders = [order, ...others.map((plan) => plan.order)]
  if (new Set(orders).size < orders.length)
    findings.push(
      say(
        'warn',
        'memberId',
        'Two plans have the same place in the order of payment. Correct it on the patient’s page.',
      ),
    )
  return findings
}

/** The other plans as the claim names them (loop 2320), who pays first at the top. */
export function toOtherPayers({ form, order, others }: PlansOfClaim): OtherPayer[] {
  const sequences = sequencesOf(order, others)
  return others.map((plan, at) => {
    const { coverage, decision } = plan
    const [lastName = '', firstName = ''] = coverage.holder.split(',')
    return {
      sequence: sequences[at]!,
      relation: RELATION_CODES[coverage.relation],
      groupNumber: clean(coverage.groupNumber, 30),
      filing: FILING[plan.payerKind],
      subscriber: {
        lastName: clean(lastName, 60),
        firstName: clean(firstName, 35),
        memberId: clean(coverage.memberId, 40),
      },
      payer: { name: clean(coverage.insurer, 60), id: idOf(plan) },
      assignBenefits: form.assignBenefits,
      release: form.patientSignature,
      payerClaimNumber: clean(decision?.payerClaimNumber ?? '', 50),
      paid: decision && sumsOf(decision),
    }
  })
}
/** At the claim stands what remains after its own share; what a line lost stands at the line. */
function sumsOf({ paidCents, lines, adjustments, on }: PlanDecision): NonNullable<OtherPayer['paid']> {
  const all = [...adjustments, ...lines.flatMap((one) => one.adjustments)]
  const patientCents = sumCents(all.filter((one) => one.group === 'PR').map((one) => one.cents))
  return { cents: paidCents, patientCents, adjustments, on: lines.length > 0 ? null : on }
}

/** What the plans before ours decided on a line (loop 2430), in the order in which they decided. */
export function decisionsOn(others: readonly OtherPlan[], line: number): LineDecision[] {
  return others.flatMap((plan) =>
    (plan.decision?.lines ?? [])
      .filter((one) => one.line === line)
      .map(({ line: _, ...decided }) => ({ payerId: idOf(plan), ...decided })),
  )
}
