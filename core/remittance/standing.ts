// Which of a plan's decisions stand: several payments of one decision add up, a reversal takes back, a notice changes nothing.
import { type Cents, sumCents } from '../money.ts'
import { isDecision, shareAtClaim } from './outcome.ts'
import type { Adjustment, RemittanceLine } from './schema.ts'

/** A line of an EOB with the service of the case that it decides. */
export interface DecidedLine extends Pick<
  RemittanceLine,
  'billedCents' | 'paidCents' | 'writeOffCents' | 'patientCents' | 'outcome' | 'adjustments'
> {
  /** The same for one service in the claims of all plans. */
  service: string
}
/** What was decided at a claim and at no line of it. */
export interface ClaimShare {
  services: readonly string[]
  paidCents: Cents
  adjustments: readonly Adjustment[]
}
/** One EOB of one plan. */
export interface PostedDecision<Line extends DecidedLine = DecidedLine> {
  paidAtClaimCents: Cents
  adjustments: readonly Adjustment[]
  lines: readonly Line[]
}
export interface Standing<Line extends DecidedLine = DecidedLine> {
  /** The parts of the decision on each service; none: taken back, or never decided. */
  services: ReadonlyMap<string, readonly Line[]>
  atClaims: readonly ClaimShare[]
}

/**
 * What stands of a plan's decisions.
 * @param decisions the EOBs of one plan that were not taken back here, oldest first
 * @param chargeOf what a service is charged; null: unknown, then the newest decision counts
 */
export function standingOf<Line extends DecidedLine>(
  decisions: readonly PostedDecision<Line>[],
  chargeOf: (service: string) => Cents | null,
): Standing<Line> {
  const services = new Map<string, Line[]>()
  let atClaims: ClaimShare[] = []
  for (const { lines, adjustments, paidAtClaimCents } of withoutTakenBack(decisions)) {
    const own = { services: [...new Set(lines.map((line) => line.service))], paidCents: paidAtClaimCents, adjustments }
    const effects = own.services.map((service) => {
      const before = services.get(service) ?? []
      const covering = atClaims.filter((share) => share.services.includes(service))
      // A payer may split one service over several lines: together they are the decision on it.
      const now = lines.filter((line) => line.service === service && isDecision(line))
      const isNothing = now.length === 0 || (isNotice(now, own) && movesMoney(before, covering))
      const effect = isNothing ? 'none' : effectOf(before, now, chargeOf(service))
      services.set(service, partsAfter(effect, before, now))
      return { service, effect }
    })
    const isReplaced = (service: string) => effects.some((one) => one.service === service && one.effect === 'replaces')
    const isGone = (service: string) => services.get(service)?.length === 0
    atClaims = atClaims.filter((share) => !share.services.some(isReplaced) && !share.services.every(isGone))
    const stands = effects.some(({ effect }) => effect === 'replaces' || effect === 'adds')
    if (stands && (adjustments.length > 0 || paidAtClaimCents !== 0)) atClaims.push(own)
  }
  return { services, atClaims }
}

/** Decisions without those that a later reversal takes back, and without it: it may come late, when another one stands already. */
function withoutTakenBack<Line extends DecidedLine>(
  decisions: readonly PostedDecision<Line>[],
): PostedDecision<Line>[] {
  const left: PostedDecision<Line>[] = []
  for (const one of decisions) {
    const isReversal = billed(one.lines) < 0
    const wanted = isReversal ? amountsOf(one).map((cents) => -cents) : []
    const same = (other: PostedDecision<Line>, count: number) =>
      servicesOf(other) === servicesOf(one) &&
      amountsOf(other)
        .slice(0, count)
        .every((cents, at) => cents === wanted[at])
    // Payers may write other groups on the reversal than on the decision: then charge and payment tell which one it is.
    const indices = isReversal ? [...left.keys()].reverse() : []
    const found = indices.find((at) => same(left[at]!, 5)) ?? indices.find((at) => same(left[at]!, 2))
    if (found === undefined) left.push(one)
    else left.splice(found, 1)
  }
  return left
}
const servicesOf = ({ lines }: PostedDecision) => [...new Set(lines.map((line) => line.service))].sort().join(' ')
/** Charge, payment, payment at the claim, write-off and patient share of a decision. */
function amountsOf({ lines, adjustments, paidAtClaimCents }: PostedDecision): Cents[] {
  const atClaim = shareAtClaim(adjustments)
  const sum = (pick: (line: DecidedLine) => Cents) => sumCents(lines.map(pick))
  return [
    sum((line) => line.billedCents),
    sum((line) => line.paidCents) + paidAtClaimCents,
    paidAtClaimCents,
    sum((line) => line.writeOffCents) + atClaim.writeOffCents,
    sum((line) => line.patientCents) + atClaim.patientCents,
  ]
}

/** An answer of $0 that leaves the patient nothing either: where a decision stands, it does not undo it. */
function isNotice(lines: readonly DecidedLine[], share: ClaimShare): boolean {
  const { patientCents } = shareAtClaim(share.adjustments)
  return (
    lines.every(({ outcome }) => outcome === 'denied' || outcome === 'info_requested') &&
    [share.paidCents, patientCents, ...lines.map((line) => line.paidCents + line.patientCents)].every(
      (one) => one === 0,
    )
  )
}

const billed = (lines: readonly DecidedLine[]) => sumCents(lines.map((line) => line.billedCents))

/** Whether lines and shares at a claim pay, take off or leave to the patient anything. */
export function movesMoney(lines: readonly DecidedLine[], shares: readonly ClaimShare[]): boolean {
  const atClaims = shares.flatMap(({ paidCents, adjustments }) => [
    paidCents,
    ...Object.values(shareAtClaim(adjustments)),
  ])
  const atLines = lines.flatMap((line) => [line.paidCents, line.writeOffCents, line.patientCents])
  return [...atLines, ...atClaims].some((cents) => cents !== 0)
}

type Effect = 'none' | 'adds' | 'replaces' | 'takes back'

/** What lines that decide do to the decision that stands on their service. */
function effectOf(before: readonly DecidedLine[], now: readonly DecidedLine[], chargeCents: Cents | null): Effect {
  const together = billed(before) + billed(now)
  if (billed(now) < 0) return before.length > 0 && together === 0 ? 'takes back' : 'adds'
  return billed(before) > 0 && chargeCents !== null && together <= chargeCents ? 'adds' : 'replaces'
}

function partsAfter<Line>(effect: Effect, before: Line[], now: Line[]): Line[] {
  if (effect === 'none') return before
  if (effect === 'takes back') return []
  return effect === 'adds' ? [...before, ...now] : now
}

/** The same reason of several parts once, with their sum. */
export function mergeAdjustments(adjustments: readonly Adjustment[]): Adjustment[] {
  const merged = new Map<string, Adjustment>()
  for (const one of adjustments) {
    const key = `${one.group}-${one.carc}`
    merged.set(key, { ...one, cents: one.cents + (merged.get(key)?.cents ?? 0) })
  }
  return [...merged.values()].filter((one) => one.cents !== 0)
}
