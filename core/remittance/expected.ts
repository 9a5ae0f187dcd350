// What a plan should pay on a claim, and where a payment differs from it, with the arithmetic in words (domain.md 10).
import * as z from 'zod'
import { classOf } from '../coverage/benefit-class.ts'
import { baseOf, BenefitResult, BenefitTotals, estimateLines, poolOf } from '../coverage/estimate.ts'
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
  /** Null while the plan's percentage for this service is not known. */
  percent: z.number().int().min(0).max(100).nullable(),
  deductibleApplies: z.boolean(),
  /** Waiting period, exclusion or frequency: nothing is paid. */
  excluded: z.boolean(),
  /** Why nothing is expected of a line without a percentage; left out: the percentage is not on file. */
  unknown: z.string().max(200).optional(),
})
/** What the expectation rests on; one line for each of the claim, in its order. */
export const ExpectedTerms = z.strictObject({
  network: z.enum(['in', 'out']),
  deductibleLeftCents: Fee,
  maximumLeftCents: Fee,
  /** Left of the lifetime maximum for orthodontics; left out: one maximum for all lines. */
  orthodonticLeftCents: Fee.optional(),
  lines: z.array(Line).min(1).max(50),
})
export type ExpectedTerms = z.infer<typeof ExpectedTerms>

export interface BilledLine {
  id: string
  code: string
  tooth: string | null
  billedCents: Cents
}
const ExpectedLine = z.strictObject({
  claimLineId: z.string(),
  code: z.string(),
  tooth: z.string().nullable(),
  /** Null while the plan's percentage for this line is not known: nothing is expected of it, and it is measured by nothing. */
  amounts: BenefitResult.nullable(),
  /** `$600.00 contract − $50.00 deductible = $550.00 × 80 % = $440.00`, or why it is not known. */
  arithmetic: z.string(),
})
type ExpectedLine = z.infer<typeof ExpectedLine>
export const Expected = z.strictObject({
  lines: z.array(ExpectedLine),
  /** Of all lines; null as soon as one of them is not known: a part is never shown as the whole. */
  totals: BenefitTotals.nullable(),
})
export type Expected = z.infer<typeof Expected>

type Term = ExpectedTerms['lines'][number]
type KnownTerm = Term & { percent: number }
const NO_PERCENT = 'the plan’s percentage for this service is not on file'
const NO_MAXIMUM_LEFT = 'not known: what the other lines take of the maximum is not known'

/** What is excluded is paid nothing, in whatever class it is. */
function knownTerm(term: Term | undefined): KnownTerm | null {
  const percent = term?.percent ?? (term?.excluded ? 0 : null)
  return term === undefined || percent === null ? null : { ...term, percent }
}

/** Line by line in their order; deductible and maxima run down. Lines without terms are not known. */
export function expectedOf(billed: readonly BilledLine[], terms: ExpectedTerms): Expected {
  const known: { line: BilledLine; term: KnownTerm }[] = []
  const pool = ({ code }: BilledLine) => poolOf({ isOrthodontic: classOf(code) === 'orthodontics' }, terms)
  const mostOfOthers = { year: 0, lifetime: 0 }
  for (const [at, line] of billed.entries()) {
    const term = knownTerm(terms.lines[at])
    if (term) known.push({ line, term })
    else
      mostOfOthers[pool(line)] += baseOf(
        { contractCents: null, allowedCents: null, ...terms.lines[at], ...line },
        terms.network,
      )
  }
  const results = estimateLines(
    known.map(({ line, term }) => ({
      ...term,
      billedCents: line.billedCents,
      isOrthodontic: pool(line) === 'lifetime',
    })),
    terms,
  )
  const left = { year: terms.maximumLeftCents, lifetime: terms.orthodonticLeftCents ?? 0 }
  const paidOf = (of: keyof typeof left) =>
    sumCents(results.filter((_, at) => pool(known[at]!.line) === of).map((result) => result.planCents))
  const mayRunOut = {
    year: mostOfOthers.year > 0 && mostOfOthers.year + paidOf('year') > left.year,
    lifetime: mostOfOthers.lifetime > 0 && mostOfOthers.lifetime + paidOf('lifetime') > left.lifetime,
  }
  const lines = billed.map((line): ExpectedLine => {
    const { id: claimLineId, code, tooth } = line
    const at = known.findIndex((one) => one.line === line)
    const result = results[at]
    if (result === undefined) {
      const why = terms.lines[billed.indexOf(line)]?.unknown ?? NO_PERCENT
      return { claimLineId, code, tooth, amounts: null, arithmetic: `not known: ${why}` }
    }
    const { term } = known[at]!
    const of = pool(line)
    if (mayRunOut[of] && !term.excluded) return { claimLineId, code, tooth, amounts: null, arithmetic: NO_MAXIMUM_LEFT }
    const arithmetic = arithmeticOf(line, terms.network, term, result, left[of])
    left[of] -= result.planCents
    return { claimLineId, code, tooth, amounts: result, arithmetic }
  })
  const amounts = lines.flatMap((line) => line.amounts ?? [])
  const sum = (pick: (result: BenefitResult) => Cents) => sumCents(amounts.map(pick))
  const totals = {
    planCents: sum((result) => result.planCents),
    patientCents: sum((result) => result.patientCents),
    writeOffCents: sum((result) => result.writeOffCents),
  }
  return { lines, totals: amounts.length === lines.length ? totals : null }
}

function arithmeticOf(
  line: BilledLine,
  network: ExpectedTerms['network'],
  term: KnownTerm,
  result: BenefitResult,
  maximumLeft: Cents,
): string {
  if (term.excluded) return 'Nothing: excluded, waiting period or frequency'
  const inNetwork = network === 'in' && term.contractCents !== null && term.contractCents <= line.billedCents
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

export const Flag = z.strictObject({
  kind: z.enum(['underpaid', 'percent', 'allowed', 'deductible', 'downgrade']),
  code: z.string(),
  tooth: z.string().nullable(),
  words: z.string(),
})
export type Flag = z.infer<typeof Flag>
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
    const term = knownTerm(terms.lines[at])
    const { amounts: wanted = null, arithmetic = '' } = expected.lines[at] ?? {}
    if (!wanted || !term) continue
    const say = (kind: Flag['kind'], words: string) => flags.push({ kind, code: line.code, tooth: line.tooth, words })
    const missing = shortfallOf(wanted.planCents, line.paidCents)
    if (missing !== null)
      say('underpaid', `Expected ${arithmetic}; paid ${formatMoney(line.paidCents)}: ${formatMoney(missing)} missing`)
    // A denial has its own reasons: terms are compared where something was paid.
    if (line.paidCents <= 0) continue
    if (line.submittedCode !== null && line.submittedCode !== line.code && term.alternateCents === null)
      say('downgrade', `Paid as ${line.code}, billed as ${line.submittedCode}; no downgrade was expected`)
    if (line.allowedCents !== null && line.allowedCents !== wanted.baseCents && term.alternateCents === null)
      say('allowed', `Allowed ${formatMoney(line.allowedCents)}, expected ${formatMoney(wanted.baseCents)}`)
    const basis = (line.allowedCents ?? wanted.baseCents) - line.deductibleCents
    const rate = basis > 0 ? Math.round((line.paidCents / basis) * 100) : null
    const isCapped =
      term.excluded || wanted.planCents < percentOf(wanted.baseCents - wanted.deductibleCents, term.percent)
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
