// What plans decided on a case, in order, each line with the service it speaks of; and the money that follows from it.
import { approvedAmounts } from '../authorization/approved-amounts.ts'
import type { IsoDate } from '../dates.ts'
import type { CoverageId } from '../ids.ts'
import { type Cents, sumCents } from '../money.ts'
import { isDecision } from '../remittance/outcome.ts'
import type { Remittance, RemittanceLine } from '../remittance/schema.ts'
import { type Standing, standingOf } from '../remittance/standing.ts'
import type { ReasonTables } from '../remittance/tables.ts'
import { viewRemittance } from '../remittance/view.ts'
import { type CaseContents, type CoverageOnFile, postedOf, type StoredClaim } from './contents.ts'
import { caseMoney, type CaseMoney, type MoneyDecision, type MoneyInput, openServices } from './case-money.ts'
import type { Line } from './schema.ts'
import { settledByService } from './settlement.ts'

/** Everything decided on a case. */
export interface CaseDecisions extends Omit<MoneyInput, 'feeCents' | 'expectedPlanCents' | 'expectedPatientCents'> {
  claims: readonly StoredClaim[]
  coverages: readonly CoverageOnFile[]
  remittances: readonly Remittance[]
  /** Oldest first. */
  decisions: readonly PostedEob[]
}
type PostedEob = Omit<MoneyDecision, 'lines' | 'coverageId'> &
  Omit<Remittance, 'lines'> & { coverageId: CoverageId | null; lines: readonly PostedLine[] }
export type PostedLine = RemittanceLine & { service: string; on: IsoDate }

/** The service of the case behind a line of a claim: the same in the claims of all plans. */
export const serviceOf = (line: StoredClaim['lines'][number]): string => line.lineId ?? line.id

/** What of a case its decisions are read from. */
export type Decidable = Pick<CaseContents, 'claims' | 'coverages' | 'remittances' | 'settlements'>
/** The decisions on a case as posted. */
export function decisionsOf(contents: Decidable, tables: ReasonTables): CaseDecisions {
  const { claims, coverages, settlements } = contents
  return arrange(
    { claims, coverages, settled: settledByService(settlements) },
    postedOf(contents).map((stored) => viewRemittance(tables, stored)),
  )
}

/** The same with one EOB more, the newest. */
export function withDecision(before: CaseDecisions, also: Remittance): CaseDecisions {
  return arrange(before, [...before.remittances, also])
}

function arrange(
  { claims, coverages, settled }: Pick<CaseDecisions, 'claims' | 'coverages' | 'settled'>,
  remittances: readonly Remittance[],
): CaseDecisions {
  const services = new Map(claims.flatMap(({ lines }) => lines.map((line) => [line.id, serviceOf(line)] as const)))
  const decidedIds = new Set(remittances.filter(({ lines }) => lines.some(isDecision)).map((one) => one.claimId))
  // What a corrected claim replaces stands until the correction is decided.
  const replacedClaimIds = claims.flatMap((claim) => {
    if (claim.state === 'void') return claim.id
    return claim.replacesId && decidedIds.has(claim.id) ? claim.replacesId : []
  })
  const planOf = ({ claimId }: Remittance) => claims.find((claim) => claim.id === claimId)?.coverageId ?? null
  return {
    claims,
    coverages,
    remittances,
    charges: chargesOf(
      claims.filter((one) => !replacedClaimIds.includes(one.id)),
      decidedIds,
    ),
    decisions: inOrder(remittances).map((one) => ({
      ...one,
      coverageId: planOf(one),
      order:
        coverages.find(({ coverage, isRemoved }) => !isRemoved && coverage.id === planOf(one))?.coverage.order ?? null,
      lines: one.lines.map((line) => ({
        ...line,
        on: one.eobDate,
        service: services.get(line.claimLineId ?? '') ?? `${line.code} ${line.tooth ?? ''}`,
      })),
    })),
    replacedClaimIds,
    settled,
  }
}

/** What is charged for each service: on the claims that are decided, else on those that are with a payer. */
function chargesOf(claims: readonly StoredClaim[], decidedIds: ReadonlySet<string>): Map<string, Cents> {
  const on = (some: readonly StoredClaim[]) => {
    const charges = new Map<string, Cents>()
    for (const line of some.flatMap(({ lines }) => lines)) {
      const charge = line.feeCents * line.quantity
      charges.set(serviceOf(line), Math.max(charge, charges.get(serviceOf(line)) ?? 0))
    }
    return charges
  }
  const sent = claims.filter(({ state }) => state !== 'draft' && state !== 'rejected')
  return new Map([...on(sent), ...on(sent.filter((one) => decidedIds.has(one.id)))])
}

/**
 * What is charged for the case: a fee that was changed later changes no claim, and a line that was taken off it stays charged.
 * @param own the claims to the case's plan that count
 * @returns on sent claims, and at the office's fee for lines that stand on none
 */
function chargedCents(lines: readonly Line[], own: readonly StoredClaim[], charges: CaseDecisions['charges']) {
  const kept = own
    .flatMap((claim) => claim.lines)
    .filter((line) => charges.has(serviceOf(line)) && !lines.some(({ id }) => id === line.lineId))
  const placeOf = (of: Pick<Line, 'code' | 'tooth' | 'area' | 'serviceDate'>) =>
    [of.code, of.tooth, of.area, of.serviceDate].join(' ')
  // A line that was entered anew has another id: then its service tells.
  const isAnew = (line: Line) => kept.some((one) => placeOf(one) === placeOf(line))
  const uncharged = lines.filter(({ id }) => !charges.has(id)).filter((line) => !isAnew(line))
  const services = new Set([...lines.map(({ id }) => id as string), ...kept.map(serviceOf)])
  return {
    sentCents: sumCents([...services].map((service) => charges.get(service) ?? 0)),
    unsentCents: sumCents(uncharged.map((line) => line.feeCents * line.quantity)),
  }
}

/** The claims to the case's plan that count. */
const ownClaims = ({ claims, replacedClaimIds }: CaseDecisions, coverageId: CoverageId | null) =>
  claims.filter(
    ({ id, state, frequency, ...claim }) =>
      claim.coverageId === coverageId &&
      frequency !== 'void' &&
      state !== 'draft' &&
      state !== 'void' &&
      !replacedClaimIds.includes(id),
  )

/** What of the case is not settled: services of sent claims, and whether a line was never sent; and what is the patient's. */
export function settledOf({ record, lines }: Pick<CaseContents, 'record' | 'lines'>, decided: CaseDecisions) {
  const services = openServices(decided)
  const { sentCents, unsentCents } = chargedCents(lines, ownClaims(decided, record.coverageId), decided.charges)
  const { openCents, patientCents } = caseMoney({ feeCents: sentCents, expectedPlanCents: null, ...decided })
  return { services, patientCents, isOpen: services.size > 0 || openCents !== 0, isUnsent: unsentCents !== 0 }
}

/** What stands of one plan's decisions. */
export function standingOfPlan(
  { decisions, charges, replacedClaimIds }: CaseDecisions,
  coverageId: CoverageId | null,
): Standing<PostedLine> {
  const own = decisions.filter((one) => one.coverageId === coverageId && !replacedClaimIds.includes(one.claimId))
  return standingOf(own, (service) => charges.get(service) ?? null)
}

/** The money of a case; the estimate from before gives way to what was kept for its claims, by which their EOBs are measured. */
export function moneyOf(contents: CaseContents, decided: CaseDecisions): CaseMoney & { feeTodayCents: Cents } {
  const { lines, estimate, expectations } = contents
  const { coverageId } = contents.record
  const own = ownClaims(decided, coverageId)
  const { sentCents, unsentCents } = chargedCents(lines, own, decided.charges)
  const feeCents = sentCents + unsentCents
  const isBilled = own.length > 0 && sumCents(own.map((claim) => claim.totalCents)) === feeCents
  const kept = own.flatMap(({ id }) => expectations.get(id) ?? [])
  const known = kept.flatMap(({ planCents }) => planCents ?? [])
  const keptCents = known.length === kept.length ? sumCents(known) : null
  const computed = isBilled && kept.length === own.length ? keptCents : (estimate?.expectedPlanCents ?? null)
  // Until an EOB decides, what the plan approved says more than what was computed from its percentages.
  const isDecided = decided.decisions.some((eob) => eob.lines.some(isDecision))
  const requests = contents.authorizations.filter((one) => one.coverageId === coverageId)
  const approved = isDecided ? null : approvedAmounts(lines, requests)
  const money = caseMoney({
    feeCents,
    expectedPlanCents: approved?.planCents ?? computed,
    expectedPatientCents: approved?.patientCents ?? null,
    ...decided,
  })
  return { ...money, feeTodayCents: sumCents(lines.map((line) => line.feeCents * line.quantity)) }
}

/**
 * The oldest EOB first. A reversal, and what its payment says after it, never stands before what was entered before it,
 * whatever the dates of the payments: else the shares it takes back would stay.
 */
function inOrder(remittances: readonly Remittance[]): Remittance[] {
  const dated: { one: Remittance; day: IsoDate }[] = []
  for (const one of [...remittances].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const after = dated.filter(({ one: earlier }) =>
      one.outcome === 'reversed'
        ? earlier.claimId === one.claimId
        : earlier.outcome === 'reversed' &&
          earlier.eobDate === one.eobDate &&
          earlier.paymentNumber === one.paymentNumber,
    )
    dated.push({ one, day: [one.eobDate, ...after.map(({ day }) => day)].sort().at(-1)! })
  }
  // Stable: of one day what was entered first comes first.
  return dated.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)).map(({ one }) => one)
}
