// How an invented payer decides on a line: as the plan says, less, or not at all for one of several reasons. It always adds up.
import { benefitFor } from '#core/coverage/benefit-class.ts'
import type { ExpectedTerms } from '#core/remittance/expected.ts'
import type { LineOutcome } from '#core/remittance/schema.ts'
import type { SeedPlan } from './population.ts'
import { ALLOWED } from './procedures.ts'
import type { Random } from './random.ts'

const DEDUCTIBLE_CENTS = 5000
/** What a payer that pays less allows instead. */
const ALLOWED_LESS = 0.7
const NO_MAXIMUM = 1_000_000_000

export interface Denial {
  group: 'CO' | 'PR'
  carc: string
  remarks: string[]
  cause: string
  /** As an appeal letter quotes it. */
  words: string
}
const NOT_COVERED: Denial = {
  group: 'PR',
  carc: '96',
  remarks: ['N130'],
  cause: 'not_covered',
  words: 'Not a covered service under this plan.',
}
const deny = (group: Denial['group'], carc: string, cause: string, words: string, remarks: string[] = []): Denial => ({
  group,
  carc,
  remarks,
  cause,
  words,
})
/** Denials that an appeal can turn. */
const APPEALABLE: readonly Denial[] = [
  deny('CO', '197', 'authorization', 'Authorization was needed and is absent.'),
  deny('CO', '97', 'bundling', 'Part of another service already decided.', ['M15']),
  deny('CO', '11', 'mismatch', 'The diagnosis does not fit the procedure.'),
  deny('CO', '50', 'other', 'Not seen as necessary by the payer.'),
]
const DENIALS: readonly Denial[] = [
  NOT_COVERED,
  ...APPEALABLE,
  deny('PR', '119', 'frequency', 'The maximum or frequency for this period is reached.'),
  deny('CO', '29', 'timely', 'The time limit for filing has expired.'),
]
const REQUESTS: readonly Denial[] = [
  deny('CO', '252', 'documentation', '', ['N178']),
  deny('CO', '252', 'documentation', '', ['N393']),
  deny('CO', '250', 'documentation', '', ['N678']),
]

/** Why all lines of an EOB are denied or sent back; null when they are not. */
export function pickDenial(random: Random, outcome: LineOutcome, why: { isAppealed: boolean; isClosed: boolean }) {
  if (outcome === 'info_requested') return random.pick(REQUESTS)
  if (outcome !== 'denied') return null
  return why.isClosed ? NOT_COVERED : random.pick(why.isAppealed ? APPEALABLE : DENIALS)
}

export interface PayerDecision {
  allowed: number
  deductible: number
  coinsurance: number
  paid: number
  adjustments: { group: 'CO' | 'PR'; carc: string; cents: number }[]
  remarks: string[]
  cause: string | null
}

/** How the fee of a line is split. */
export function decideAsPayer(
  outcome: LineOutcome,
  line: { fee: number; isFirst: boolean },
  plan: SeedPlan,
  denial: Denial | null,
): PayerDecision {
  const { fee } = line
  if (denial) {
    const { group, carc, remarks, cause } = denial
    const adjustments = [{ group, carc, cents: fee }]
    return { allowed: 0, deductible: 0, coinsurance: 0, paid: 0, adjustments, remarks, cause }
  }
  const allowed = Math.round(fee * (plan.payer.paysLess && outcome === 'paid' ? ALLOWED_LESS : ALLOWED))
  const deductible = outcome === 'patient_only' ? allowed : line.isFirst ? DEDUCTIBLE_CENTS : 0
  const share = Math.round(((allowed - deductible) * plan.percent) / 100)
  // A maximum that is nearly used up leaves half of the plan's share.
  const cut = outcome === 'partly_paid' ? Math.round(share / 2) : 0
  const coinsurance = allowed - deductible - share
  const adjustments = [
    { group: 'CO' as const, carc: '45', cents: fee - allowed },
    { group: 'PR' as const, carc: '1', cents: deductible },
    { group: 'PR' as const, carc: '2', cents: coinsurance },
    { group: 'PR' as const, carc: '119', cents: cut },
  ].filter((one) => one.cents > 0)
  const cause = cut > 0 ? 'frequency' : null
  return { allowed, deductible, coinsurance, paid: share - cut, adjustments, remarks: [], cause }
}

/** What the office expects on these lines, as it kept it when the claim went out. */
export function seedTerms(plan: SeedPlan, lines: readonly { code: string; feeCents: number }[]): ExpectedTerms {
  return {
    network: plan.network,
    deductibleLeftCents: DEDUCTIBLE_CENTS,
    maximumLeftCents: NO_MAXIMUM,
    lines: lines.map(({ code, feeCents }) => ({
      contractCents: plan.network === 'in' ? Math.round(feeCents * ALLOWED) : null,
      allowedCents: plan.network === 'out' ? Math.round(feeCents * ALLOWED) : null,
      alternateCents: null,
      percent: benefitFor({ endoPercent: plan.percent, benefits: [], codeBenefits: [] }, code).percent,
      deductibleApplies: true,
      excluded: false,
    })),
  }
}
