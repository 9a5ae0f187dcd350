// The money of a case over all its EOBs: what is paid, written off, the patient's and still open. Integer cents.
import { type Cents, sumCents } from '../money.ts'
import { shareAtClaim } from '../remittance/outcome.ts'
import type { Adjustment, RemittanceLine } from '../remittance/schema.ts'

export interface Decision {
  claimId: string
  coverageId: string | null
  /** What the payer wrote at the claim and at no line. */
  adjustments: readonly Adjustment[]
  lines: readonly Pick<
    RemittanceLine,
    'claimLineId' | 'code' | 'tooth' | 'billedCents' | 'paidCents' | 'writeOffCents' | 'patientCents' | 'outcome'
  >[]
}
export interface MoneyInput {
  /** Σ of the case's lines at the office's full fee. */
  feeCents: Cents
  expectedPlanCents: Cents | null
  /** The patient's part as an approval names it; null: the rest of the fee. */
  expectedPatientCents?: Cents | null
  /** Posted EOBs that were not taken back, oldest first. */
  decisions: readonly Decision[]
  /** Claims that a sent corrected claim has replaced: their payments stay, their shares do not. */
  replacedClaimIds: readonly string[]
}
export interface CaseMoney {
  feeCents: Cents
  expectedPlanCents: Cents | null
  paidCents: Cents
  writeOffCents: Cents
  patientCents: Cents | null
  openCents: Cents
}
interface Share {
  coverageId: string | null
  billedCents: Cents
  writeOffCents: Cents
  patientCents: Cents
}

/**
 * Every payment counts; write-off and patient share count once per line: the newest decision on it, and of two plans the
 * patient owes what the later one leaves (domain.md 6, 8). A denial that can still change leaves its amount open.
 */
export function caseMoney({
  feeCents,
  expectedPlanCents,
  expectedPatientCents = null,
  decisions,
  replacedClaimIds,
}: MoneyInput): CaseMoney {
  const paidCents = sumCents(decisions.flatMap(({ lines }) => lines.map((line) => line.paidCents)))
  const shares = new Map<string, Share>()
  for (const { claimId, coverageId, adjustments, lines } of decisions) {
    if (replacedClaimIds.includes(claimId)) continue
    const atClaim = { billedCents: sumCents(lines.map((line) => line.billedCents)), ...shareAtClaim(adjustments) }
    if (adjustments.length > 0) add(shares, `${claimId} at the claim`, coverageId, atClaim)
    const counted = lines.filter((line) => line.outcome !== 'predetermined' && line.outcome !== 'pended')
    // A payer may split one service over several lines: together they are the decision on it.
    for (const [key, parts] of byService(counted))
      add(shares, `${claimId} ${key}`, coverageId, {
        billedCents: sumCents(parts.map((line) => line.billedCents)),
        writeOffCents: sumCents(parts.map((line) => line.writeOffCents)),
        patientCents: sumCents(parts.map((line) => line.patientCents)),
      })
  }
  const all = [...shares.values()]
  // The plan that first spoke last: a correction by the plan before it does not make that one the last to pay.
  const plans = [...new Set(decisions.map((one) => one.coverageId))]
  const lastCoverage = plans.filter((plan) => all.some((one) => one.coverageId === plan)).at(-1)
  const patient = sumCents(all.filter((one) => one.coverageId === lastCoverage).map((one) => one.patientCents))
  const byPlan = [...new Set(all.map((one) => one.coverageId))].map((plan) =>
    sumCents(all.filter((one) => one.coverageId === plan).map((one) => one.writeOffCents)),
  )
  // Two contracts take off the same fee once: the larger counts, within what is left.
  const writeOffCents = Math.min(Math.max(0, ...byPlan), Math.max(0, feeCents - paidCents - patient))
  const rest = expectedPlanCents === null ? null : Math.max(0, feeCents - expectedPlanCents)
  const estimated = expectedPatientCents ?? rest
  return {
    feeCents,
    expectedPlanCents,
    paidCents,
    writeOffCents,
    patientCents: all.length > 0 ? patient : estimated,
    openCents: all.length > 0 ? feeCents - paidCents - writeOffCents - patient : feeCents - paidCents,
  }
}

function byService(lines: Decision['lines']): Map<string, Decision['lines'][number][]> {
  const services = new Map<string, Decision['lines'][number][]>()
  for (const line of lines) {
    const key = line.claimLineId ?? `${line.code} ${line.tooth ?? ''}`
    services.set(key, [...(services.get(key) ?? []), line])
  }
  return services
}

/** The newest decision counts; a reversal takes the one before it back, to exactly zero when it takes all of it back. */
function add(
  shares: Map<string, Share>,
  key: string,
  coverageId: string | null,
  { billedCents, writeOffCents, patientCents }: Omit<Share, 'coverageId'>,
): void {
  const before = billedCents < 0 ? shares.get(key) : undefined
  const left = billedCents + (before?.billedCents ?? 0)
  const isGone = before !== undefined && left === 0
  shares.set(key, {
    coverageId,
    billedCents: left,
    writeOffCents: isGone ? 0 : writeOffCents + (before?.writeOffCents ?? 0),
    patientCents: isGone ? 0 : patientCents + (before?.patientCents ?? 0),
  })
}
