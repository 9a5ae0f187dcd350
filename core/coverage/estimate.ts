// What a plan is expected to pay for lines, in order, with deductible and maximum left (domain.md 10). Integer cents.
import * as z from 'zod'
import { type Cents, percentOf } from '../money.ts'

export interface BenefitLine {
  billedCents: Cents
  /** The network fee, when there is one. */
  contractCents: Cents | null
  /** The fee the plan bases its benefit on when out of network; null = the billed fee. */
  allowedCents: Cents | null
  /** The fee of the cheaper alternative the plan pays for; null = no downgrade. */
  alternateCents: Cents | null
  percent: number
  deductibleApplies: boolean
  /** Waiting period, exclusion or frequency: the plan pays nothing. */
  excluded: boolean
  /** Orthodontics: it uses the lifetime maximum where that is given. */
  isOrthodontic?: boolean
}
export interface BenefitState {
  network: 'in' | 'out'
  deductibleLeftCents: Cents
  maximumLeftCents: Cents
  /** Left of the lifetime maximum for orthodontics; left out: one maximum for all lines. */
  orthodonticLeftCents?: Cents | undefined
}
/** What is expected of a line, or of all. */
export const BenefitTotals = z.strictObject({
  planCents: z.number().int(),
  patientCents: z.number().int(),
  writeOffCents: z.number().int(),
})
export const BenefitResult = BenefitTotals.extend({ baseCents: z.number().int(), deductibleCents: z.number().int() })
export type BenefitResult = z.infer<typeof BenefitResult>

/** The fee that a benefit is reckoned from, and the most a plan pays. */
export function baseOf(
  line: Pick<BenefitLine, 'billedCents' | 'contractCents' | 'allowedCents'>,
  network: BenefitState['network'],
): Cents {
  return Math.min(line.billedCents, (network === 'in' ? line.contractCents : line.allowedCents) ?? line.billedCents)
}

/** The maximum that a line uses. */
export const poolOf = (
  { isOrthodontic }: Pick<BenefitLine, 'isOrthodontic'>,
  { orthodonticLeftCents }: Pick<BenefitState, 'orthodonticLeftCents'>,
): 'year' | 'lifetime' => (isOrthodontic && orthodonticLeftCents !== undefined ? 'lifetime' : 'year')

/** Computes each line in order; deductible and maxima run down as they go. */
export function estimateLines(lines: readonly BenefitLine[], state: BenefitState): BenefitResult[] {
  let { deductibleLeftCents } = state
  const left = { year: state.maximumLeftCents, lifetime: state.orthodonticLeftCents ?? 0 }
  return lines.map((line) => {
    const inNetwork = state.network === 'in'
    const baseCents = baseOf(line, state.network)
    const basis = line.alternateCents === null ? baseCents : Math.min(baseCents, line.alternateCents)
    const deductibleCents = line.deductibleApplies && !line.excluded ? Math.min(deductibleLeftCents, basis) : 0
    const pool = poolOf(line, state)
    const planCents = line.excluded ? 0 : Math.min(percentOf(basis - deductibleCents, line.percent), left[pool])
    deductibleLeftCents -= deductibleCents
    left[pool] -= planCents
    const owed = inNetwork ? baseCents : line.billedCents
    return {
      baseCents,
      deductibleCents,
      planCents,
      patientCents: owed - planCents,
      writeOffCents: line.billedCents - owed,
    }
  })
}
