// Which of a plan's decisions stand: several payments of one decision add up, a reversal takes back, a notice changes nothing.
import { type Cents, sumCents } from '../money.ts'
import { differenceOf, isDecision, shareAtClaim } from './outcome.ts'
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
  /** Shares of which a line was decided later, where nobody can say what of them is left: a person's question. */
  unclear: readonly ClaimShare[]
}
/** A share at a claim with the services that no later decision took out of it. */
interface WholeShare extends ClaimShare {
  left: readonly string[]
  /** What of it is each service's; null: it cannot be told by service. */
  parts: ReadonlyMap<string, Cents> | null
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
  const unclear: ClaimShare[] = []
  let atClaims: WholeShare[] = []
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
    const having = (...wanted: Effect[]) =>
      effects.filter(({ effect }) => wanted.includes(effect)).map(({ service }) => service)
    const over = having('replaces', 'takes back')
    atClaims = atClaims.flatMap((share) => {
      if (!share.left.some((service) => over.includes(service))) return share
      const rest = withoutServices(share, over)
      if (rest.isUnclear) unclear.push(share)
      return rest.share ?? []
    })
    const decided = having('replaces', 'adds')
    if (decided.length > 0 && (adjustments.length > 0 || paidAtClaimCents !== 0)) {
      const share = { ...own, services: decided }
      atClaims.push({ ...share, left: decided, parts: partsOf(share, lines) })
    }
  }
  return { services, atClaims, unclear }
}

/**
 * What of a share at a claim is each service's: what the lines of the service leave of their charge by themselves.
 * @returns null where the lines add up without it (x12.md 2, balancing), or do not come to it
 */
function partsOf({ paidCents, adjustments, services }: ClaimShare, lines: readonly DecidedLine[]): WholeShare['parts'] {
  const parts = new Map(
    services.map((service) => [service, sumCents(lines.filter((line) => line.service === service).map(differenceOf))]),
  )
  const cents = adjustments.map((one) => one.cents)
  const isWhole = paidCents === 0 && sumCents([...parts.values()]) === sumCents(cents)
  return isWhole && [...parts.values(), ...cents].every((one) => one >= 0) ? parts : null
}

/**
 * A share once some of its services are decided anew or taken back. All of them: it is over. A part: what is the others'
 * stands where it can be said exactly, in amount and in kind. Where only its amount is known, it is open; where neither is,
 * the share stands until its last service is decided.
 */
function withoutServices(share: WholeShare, over: readonly string[]): { share: WholeShare | null; isUnclear: boolean } {
  const { parts, adjustments } = share
  const left = share.left.filter((service) => !over.includes(service))
  if (left.length === 0) return { share: null, isUnclear: false }
  if (!parts) return { share: { ...share, left }, isUnclear: true }
  const [reason, ...others] = mergeAdjustments(adjustments)
  const cents = sumCents(left.map((service) => parts.get(service) ?? 0))
  if (!reason || cents === 0) return { share: null, isUnclear: false }
  const rest = { ...share, services: left, left }
  if (cents === sumCents(adjustments.map((one) => one.cents))) return { share: rest, isUnclear: false }
  if (others.length > 0) return { share: null, isUnclear: true }
  return { share: { ...rest, adjustments: [{ ...reason, cents }] }, isUnclear: false }
}

/** Decisions without those that a later reversal takes back, and without it. */
function withoutTakenBack<Line extends DecidedLine>(
  decisions: readonly PostedDecision<Line>[],
): PostedDecision<Line>[] {
  const gone = new Set([...takenBackBy(decisions)].flat())
  return decisions.filter((one) => !gone.has(one))
}

/** Each reversal with the decision that it takes back: it may come late, when another one stands already. Oldest first. */
export function takenBackBy<Decision extends PostedDecision>(decisions: readonly Decision[]): Map<Decision, Decision> {
  const taken = new Map<Decision, Decision>()
  const left: Decision[] = []
  for (const one of decisions) {
    const isReversal = billed(one.lines) < 0
    const wanted = isReversal ? amountsOf(one).map((cents) => -cents) : []
    const same = (other: Decision, count: number) =>
      servicesOf(other) === servicesOf(one) &&
      amountsOf(other)
        .slice(0, count)
        .every((cents, at) => cents === wanted[at])
    // Payers may write other groups on the reversal than on the decision: then charge and payment tell which one it is.
    const indices = isReversal ? [...left.keys()].reverse() : []
    const found = indices.find((at) => same(left[at]!, 5)) ?? indices.find((at) => same(left[at]!, 2))
    if (found === undefined) left.push(one)
    else taken.set(one, left.splice(found, 1)[0]!)
  }
  return taken
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
    lines.every(({ outcome }) => ['denied', 'other_payer', 'info_requested'].includes(outcome)) &&
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

/** More is reversed than there was: what of the decision is left nobody can say, so nothing of it stands. */
const isBelowNothing = (parts: readonly DecidedLine[]) =>
  sumCents(parts.map((part) => part.writeOffCents)) < 0 || sumCents(parts.map((part) => part.patientCents)) < 0

/** What lines that decide do to the decision that stands on their service. A reversal takes back what there is, and no more. */
function effectOf(before: readonly DecidedLine[], now: readonly DecidedLine[], chargeCents: Cents | null): Effect {
  const together = billed(before) + billed(now)
  if (billed(now) < 0) return together <= 0 || isBelowNothing([...before, ...now]) ? 'takes back' : 'adds'
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
