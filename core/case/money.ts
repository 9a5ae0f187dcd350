// The money of a case over all its EOBs: what is paid, written off, the patient's and still open. Integer cents.
import { type Cents, sumCents } from '../money.ts'
import type { RemittanceLine } from '../remittance/schema.ts'

export interface Decision {
  claimId: string
  coverageId: string | null
  lines: readonly Pick<
    RemittanceLine,
    'claimLineId' | 'code' | 'tooth' | 'billedCents' | 'paidCents' | 'writeOffCents' | 'patientCents' | 'outcome'
  >[]
}
export interface MoneyInput {
  /** Σ of the case's lines at the office's full fee. */
  feeCents: Cents
  expectedPlanCents: Cents | null
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
  writeOffCents: Cents
  patientCents: Cents
}

/**
 * Every payment counts; write-off and patient share count once per line: the newest decision on it, and of two plans the
 * patient owes what the later one leaves (domain.md 6, 8). A denial that can still change leaves its amount open.
 */
export function caseMoney({ feeCents, expectedPlanCents, decisions, replacedClaimIds }: MoneyInput): CaseMoney {
  const paidCents = sumCents(decisions.flatMap(({ lines }) => lines.map((line) => line.paidCents)))
  const shares = new Map<string, Share>()
  for (const { claimId, coverageId, lines } of decisions) {
    if (replacedClaimIds.includes(claimId)) continue
    for (const line of lines) {
      if (line.outcome === 'predetermined' || line.outcome === 'pended') continue
      const key = `${claimId} ${line.claimLineId ?? `${line.code} ${line.tooth ?? ''}`}`
      const { writeOffCents, patientCents } = line
      const before = line.billedCents < 0 ? shares.get(key) : undefined
      shares.set(key, {
        coverageId,
        writeOffCents: writeOffCents + (before?.writeOffCents ?? 0),
        patientCents: patientCents + (before?.patientCents ?? 0),
      })
    }
  }
  const all = [...shares.values()]
  const lastCoverage = all.at(-1)?.coverageId
  const patient = sumCents(all.filter((one) => one.coverageId === lastCoverage).map((one) => one.patientCents))
  const byPlan = [...new Set(all.map((one) => one.coverageId))].map((plan) =>
    sumCents(all.filter((one) => one.coverageId === plan).map((one) => one.writeOffCents)),
  )
  // Two contracts take off the same fee once: the larger counts, within what is left.
  const writeOffCents = Math.min(Math.max(0, ...byPlan), Math.max(0, feeCents - paidCents - patient))
  const estimated = expectedPlanCents === null ? null : Math.max(0, feeCents - expectedPlanCents)
  return {
    feeCents,
    expectedPlanCents,
    paidCents,
    writeOffCents,
    patientCents: all.length > 0 ? patient : estimated,
    openCents: all.length > 0 ? feeCents - paidCents - writeOffCents - patient : feeCents - paidCents,
  }
}
