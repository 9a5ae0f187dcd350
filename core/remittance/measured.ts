// What a payment is measured by: what stands of a plan's decisions on a claim, never one EOB by itself.
import type { StoredClaim } from '../case/contents.ts'
import { type CaseDecisions, type PostedLine, serviceOf, standingOfPlan } from '../case/decisions.ts'
import type { RemittanceId } from '../ids.ts'
import { type Cents, sumCents } from '../money.ts'
import { shortfallOf } from './outcome.ts'
import type { Remittance } from './schema.ts'
import { mergeAdjustments } from './standing.ts'

type Standing = ReturnType<typeof standingOfPlan>

/** The parts of the decision that stands on a service; null until all that is charged for it is decided. */
function decidedParts({ services }: Standing, service: string, chargeCents: Cents): readonly PostedLine[] | null {
  const parts = services.get(service) ?? []
  const isWhole = parts.length > 0 && sumCents(parts.map((part) => part.billedCents)) >= chargeCents
  return isWhole && parts.every(({ outcome }) => outcome !== 'info_requested') ? parts : null
}

function standingOn(decided: CaseDecisions, claim: StoredClaim) {
  const standing = standingOfPlan(decided, claim.coverageId)
  const partsOf = (service: string) => decidedParts(standing, service, decided.charges.get(service) ?? 0)
  return { standing, partsOf, services: [...new Set(claim.lines.map(serviceOf))] }
}

/** The EOB that was entered last of those that hold one of the parts: their ids are in order of entry. */
const newestOf = ({ decisions }: CaseDecisions, parts: readonly PostedLine[]): RemittanceId | undefined =>
  decisions
    .filter(({ lines }) => lines.some((line) => parts.some(({ id }) => id === line.id)))
    .map(({ id }) => id)
    .sort()
    .at(-1)

/**
 * What the plan paid less than expected on the claim of an EOB (domain.md 10). It is told once, by the EOB that completed
 * what stands; a repeated, pended or reversed one and a notice complete nothing.
 * @param decided with the EOB
 * @returns null: within the tolerance, denied (its own matter), or not all of the claim is decided
 */
export function shortfallAfter(
  decided: CaseDecisions,
  claim: StoredClaim,
  { id, expectedPlanCents }: Pick<Remittance, 'id' | 'expectedPlanCents'>,
): Cents | null {
  if (decided.replacedClaimIds.includes(claim.id)) return null
  const { standing, partsOf, services } = standingOn(decided, claim)
  const isOfClaim = (share: { services: readonly string[] }) => share.services.some((one) => services.includes(one))
  const parts = services.flatMap((service) => partsOf(service) ?? [])
  if (services.some((service) => partsOf(service) === null) || standing.unclear.some(isOfClaim)) return null
  if (newestOf(decided, parts) !== id || parts.some(({ outcome }) => outcome === 'denied')) return null
  const paid = [...parts, ...standing.atClaims.filter(isOfClaim)].map(({ paidCents }) => paidCents)
  return shortfallOf(expectedPlanCents, sumCents(paid))
}

/**
 * The services that an EOB completed, each as one line with all its parts. Not those of which something was paid at the
 * claim: what of it is theirs is not known.
 */
export function linesCompletedBy(decided: CaseDecisions, claim: StoredClaim, id: RemittanceId): PostedLine[] {
  if (decided.replacedClaimIds.includes(claim.id)) return []
  const { standing, partsOf, services } = standingOn(decided, claim)
  const paidElsewhere = [...standing.atClaims, ...standing.unclear].filter(({ paidCents }) => paidCents !== 0)
  return services.flatMap((service) => {
    const parts = partsOf(service)
    if (!parts || newestOf(decided, parts) !== id) return []
    return paidElsewhere.some((share) => share.services.includes(service)) ? [] : together(parts)
  })
}

function together(parts: readonly PostedLine[]): PostedLine {
  const sum = (pick: (part: PostedLine) => Cents) => sumCents(parts.map(pick))
  const allowed = parts.flatMap((part) => part.allowedCents ?? [])
  return {
    ...parts.at(-1)!,
    billedCents: sum((part) => part.billedCents),
    allowedCents: allowed.length === parts.length ? sumCents(allowed) : null,
    deductibleCents: sum((part) => part.deductibleCents),
    coinsuranceCents: sum((part) => part.coinsuranceCents),
    paidCents: sum((part) => part.paidCents),
    adjustments: mergeAdjustments(parts.flatMap((part) => part.adjustments)),
  }
}
