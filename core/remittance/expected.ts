// What a plan should pay on a claim, and where a payment differs from it, with the arithmetic in words (domain.md 10).
import * as z from 'zod'
import { estimateLines } from '../coverage/estimate.ts'
import { type Cents, Fee, formatMoney, percentOf, sumCents } from '../money.ts'
import { shortfallOf } from './outcome.ts'
import type { RemittanceLineInput } from './schema.ts'

const Line = z.strictObject({
  /** Network fee; null without a contract. */
  contractCents: Fee.nullable(),
  /** The fee an out-of-network benefit is based on; null = the billed fee. */
  allowedCents: Fee.nullable(),
  /** Fee of the cheaper service the plan pays for; null = no downgrade. */
  alternateCents: Fee.nullable(),
  percent: z.number().int().min(0).max(100),
  deductibleApplies: z.boolean(),
  /** Waiting period, exclusion or frequency: nothing is paid. */
  excluded: z.boolean(),
})
/** What the expectation rests on; one line for each of the claim, in its order. */
export const ExpectedTerms = z.strictObject({
  network: z.enum(['in', 'out']),
  deductibleLeftCents: Fee,
  maximumLeftCents: Fee,
  lines: z.array(Line).min(1).max(50),
})
export type ExpectedTerms = z.infer<typeof ExpectedTerms>

export interface BilledLine {
  id: string
  code: string
  tooth: string | null
  billedCents: Cents
}
export interface ExpectedLine {
  claimLineId: string
  code: string
  tooth: string | null
  baseCents: Cents
  deductibleCents: Cents
  planCents: Cents
  patientCents: Cents
  writeOffCents: Cents
  /** `$600.00 contract − $50.00 deductible = $550.00 × 80 % = $440.00`. */
  arithmetic: string
}
export interface Expected {
  lines: ExpectedLine[]
  planCents: Cents
  patientCents: Cents
  writeOffCents: Cents
}

/** Line by line in their order; deductible and maximum run down. Lines without terms expect nothing. */
export function expectedOf(billed: readonly BilledLine[], terms: ExpectedTerms): Expected {
  const known = billed.slice(0, terms.lines.length)
  const results = estimateLines(
    known.map((line, at) => ({ ...terms.lines[at]!, billedCents: line.billedCents })),
    terms,
  )
  let maximumLeft = terms.maximumLeftCents
  const lines = known.map((line, at): ExpectedLine => {
    const result = results[at]!
    const arithmetic = arithmeticOf(line, terms, at, result, maximumLeft)
    maximumLeft -= result.planCents
    return { claimLineId: line.id, code: line.code, tooth: line.tooth, ...result, arithmetic }
  })
  const sum = (pick: (line: ExpectedLine) => Cents) => sumCents(lines.map(pick))
  return {
    lines,
    planCents: sum((line) => line.planCents),
    patientCents: sum((line) => line.patientCents),
    writeOffCents: sum((line) => line.writeOffCents),
  }
}

function arithmeticOf(
  line: BilledLine,
  terms: ExpectedTerms,
  at: number,
  result: { baseCents: Cents; deductibleCents: Cents; planCents: Cents },
  maximumLeft: Cents,
): string {
  const term = terms.lines[at]!
  if (term.excluded) return 'Nothing: excluded, waiting period or frequency'
  const inNetwork = terms.network === 'in' && term.contractCents !== null && term.contractCents <= line.billedCents
  const name = inNetwork ? 'contract' : result.baseCents === line.billedCents ? 'billed' : 'allowed'
  const basis = term.alternateCents === null ? result.baseCents : Math.min(result.baseCents, term.alternateCents)
  const start =
    basis < result.baseCents
      ? `${formatMoney(basis)} alternative (of ${formatMoney(result.baseCents)})`
      : `${formatMoney(basis)} ${name}`
  const after = basis - result.deductibleCents
  const deducted =
    result.deductibleCents > 0 ? ` − ${formatMoney(result.deductibleCents)} deductible = ${formatMoney(after)}` : ''
  const share = percentOf(after, term.percent)
  const capped = share > maximumLeft ? `, but ${formatMoney(maximumLeft)} is left of the maximum` : ''
  return `${start}${deducted} × ${term.percent} % = ${formatMoney(share)}${capped}`
}

export type FlagKind = 'underpaid' | 'percent' | 'allowed' | 'deductible' | 'downgrade'
export interface Flag {
  kind: FlagKind
  code: string
  tooth: string | null
  words: string
}
/** Rounding and odd cents are no finding. */
const PERCENT_SLACK = 1

/**
 * Where the decided lines differ from what was expected.
 * @param taken deductible that this plan took from the patient this year, this decision included; null = unknown
 */
export function compareWithExpected(
  lines: readonly Pick<
    RemittanceLineInput,
    | 'claimLineId'
    | 'code'
    | 'submittedCode'
    | 'tooth'
    | 'billedCents'
    | 'allowedCents'
    | 'deductibleCents'
    | 'paidCents'
    | 'adjustments'
  >[],
  expected: Expected,
  terms: ExpectedTerms,
  deductible: { yearCents: Cents; takenCents: Cents } | null,
): Flag[] {
  const flags: Flag[] = []
  for (const line of lines) {
    if (line.billedCents <= 0 || line.adjustments.some((one) => one.carc === '101')) continue
    const at = expected.lines.findIndex((one) => one.claimLineId === line.claimLineId)
    const wanted = expected.lines[at]
    if (!wanted) continue
    const say = (kind: FlagKind, words: string) => flags.push({ kind, code: line.code, tooth: line.tooth, words })
    const term = terms.lines[at]!
    const missing = shortfallOf(wanted.planCents, line.paidCents)
    if (missing !== null)
      say(
        'underpaid',
        `Expected ${wanted.arithmetic}; paid ${formatMoney(line.paidCents)}: ${formatMoney(missing)} missing`,
      )
    // A denial has its own reasons: terms are compared where something was paid.
    if (line.paidCents <= 0) continue
    if (line.submittedCode !== null && line.submittedCode !== line.code && term.alternateCents === null)
      say('downgrade', `Paid as ${line.code}, billed as ${line.submittedCode}; no downgrade was expected`)
    if (line.allowedCents !== null && line.allowedCents !== wanted.baseCents && term.alternateCents === null)
      say('allowed', `Allowed ${formatMoney(line.allowedCents)}, expected ${formatMoney(wanted.baseCents)}`)
    const basis = (line.allowedCents ?? wanted.baseCents) - line.deductibleCents
    const rate = basis > 0 ? Math.round((line.paidCents / basis) * 100) : null
    const isCapped = wanted.planCents < percentOf(wanted.baseCents - wanted.deductibleCents, term.percent)
    if (rate !== null && !isCapped && Math.abs(rate - term.percent) > PERCENT_SLACK)
      say('percent', `Paid ${rate} % of ${formatMoney(basis)}, expected ${term.percent} %`)
    if (line.deductibleCents > wanted.deductibleCents)
      say(
        'deductible',
        deductible && deductible.takenCents > deductible.yearCents
          ? `Deductible taken again: ${formatMoney(deductible.takenCents)} this year, the plan has ${formatMoney(deductible.yearCents)}`
          : `Deductible ${formatMoney(line.deductibleCents)}, expected ${formatMoney(wanted.deductibleCents)}`,
      )
  }
  return flags
}
