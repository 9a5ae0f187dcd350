// Why an office is denied: decided lines counted by cause, payer, code, dentist, sender and missing document. Integer cents.
import * as z from 'zod'
import { daysBetween, type IsoDate } from '../dates.ts'
import { type Cents, sumCents } from '../money.ts'
import { shortfallOf } from './outcome.ts'
import type { DenialCause, LineOutcome } from './schema.ts'

/** The first decision on a claim and those after it, each line as decided. */
export interface FigureLine {
  remittanceId: string
  claimId: string
  receivedOn: IsoDate
  payer: string
  provider: string
  /** Who sent the claim. */
  user: string
  code: string
  outcome: LineOutcome
  cause: DenialCause | null
  billedCents: Cents
  /** What the payer asked for, in words, when it was papers. */
  documents: readonly string[]
}
export interface DecidedClaim {
  claimId: string
  payer: string
  code: string
  sentOn: IsoDate | null
  /** Rejected by a clearinghouse or payer before its first decision. */
  wasRejected: boolean
  isCorrection: boolean
  /** Decisions in the order received. */
  decisions: readonly { receivedOn: IsoDate; outcome: LineOutcome; paidCents: Cents; expectedCents: Cents | null }[]
}
export interface WonAppeal {
  decidedOn: IsoDate
  state: 'won' | 'partly_won' | 'lost'
  /** Paid on the claim since the appeal was sent. */
  recoveredCents: Cents
}
const Whole = z.number().int()
const Count = z.strictObject({
  key: z.string(),
  count: Whole,
  /** Billed on the denied lines. */
  cents: Whole,
})
type Count = z.infer<typeof Count>
const Shortfall = z.strictObject({
  payer: z.string(),
  code: z.string(),
  claims: Whole,
  expectedCents: Whole,
  paidCents: Whole,
  missingCents: Whole,
})
type Shortfall = z.infer<typeof Shortfall>
export const DenialFigures = z.strictObject({
  /** Decided lines, and those of them denied or sent back for papers. */
  lines: Whole,
  denied: Whole,
  deniedCents: Whole,
  /** Each month with a decision, the first one first. */
  byMonth: z.array(z.strictObject({ month: z.string(), lines: Whole, denied: Whole })),
  byCause: z.array(Count),
  byPayer: z.array(Count),
  byCode: z.array(Count),
  byProvider: z.array(Count),
  byUser: z.array(Count),
  byDocument: z.array(Count),
  firstPass: z.strictObject({ clean: Whole, claims: Whole }),
  daysToPayment: z.array(z.strictObject({ payer: z.string(), claims: Whole, medianDays: Whole })),
  appeals: z.strictObject({ won: Whole, lost: Whole, recoveredCents: Whole }),
  shortfalls: z.array(Shortfall),
})
export type DenialFigures = z.infer<typeof DenialFigures>

const DENIED: readonly LineOutcome[] = ['denied', 'info_requested']
/** Two of the same are a pattern worth a call; one is an accident. */
const REPEATED = 2

export function denialFigures(
  lines: readonly FigureLine[],
  claims: readonly DecidedClaim[],
  appeals: readonly WonAppeal[],
): DenialFigures {
  const denied = lines.filter((line) => DENIED.includes(line.outcome))
  const by = (keysOf: (line: FigureLine) => readonly string[]) => countBy(denied, keysOf)
  return {
    lines: lines.length,
    denied: denied.length,
    deniedCents: sumCents(denied.map((line) => line.billedCents)),
    byMonth: monthsOf(lines),
    byCause: by((line) => [line.cause ?? 'other']),
    byPayer: by((line) => [line.payer]),
    byCode: by((line) => [line.code]),
    byProvider: by((line) => [line.provider]),
    byUser: by((line) => [line.user]),
    byDocument: by((line) => line.documents),
    firstPass: firstPassOf(claims),
    daysToPayment: daysToPayment(claims),
    appeals: {
      won: appeals.filter((one) => one.state !== 'lost').length,
      lost: appeals.filter((one) => one.state === 'lost').length,
      recoveredCents: sumCents(appeals.filter((one) => one.state !== 'lost').map((one) => one.recoveredCents)),
    },
    shortfalls: shortfallsOf(claims),
  }
}

function monthsOf(lines: readonly FigureLine[]): DenialFigures['byMonth'] {
  const months = new Map<string, DenialFigures['byMonth'][number]>()
  for (const { receivedOn, outcome } of lines) {
    const month = receivedOn.slice(0, 7)
    const sum = months.get(month) ?? { month, lines: 0, denied: 0 }
    months.set(month, { month, lines: sum.lines + 1, denied: sum.denied + (DENIED.includes(outcome) ? 1 : 0) })
  }
  return [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1))
}

function countBy(lines: readonly FigureLine[], keysOf: (line: FigureLine) => readonly string[]): Count[] {
  const counts = new Map<string, Count>()
  for (const line of lines)
    for (const key of new Set(keysOf(line))) {
      const count = counts.get(key) ?? { key, count: 0, cents: 0 }
      counts.set(key, { key, count: count.count + 1, cents: count.cents + line.billedCents })
    }
  return [...counts.values()].sort((a, b) => b.count - a.count || b.cents - a.cents || a.key.localeCompare(b.key))
}

/** Clean: not rejected, and the first decision neither denies nor asks for anything. Corrections are no first pass. */
function firstPassOf(claims: readonly DecidedClaim[]): DenialFigures['firstPass'] {
  const firsts = claims.filter((claim) => !claim.isCorrection && claim.decisions.length > 0)
  const clean = firsts.filter(
    (claim) => !claim.wasRejected && ['paid', 'patient_only'].includes(claim.decisions[0]!.outcome),
  )
  return { clean: clean.length, claims: firsts.length }
}

function daysToPayment(claims: readonly DecidedClaim[]): DenialFigures['daysToPayment'] {
  const days = new Map<string, number[]>()
  for (const { payer, sentOn, decisions } of claims) {
    const paid = decisions.find((one) => one.paidCents > 0)
    if (sentOn === null || !paid || paid.receivedOn < sentOn) continue
    days.set(payer, [...(days.get(payer) ?? []), daysBetween(sentOn, paid.receivedOn)])
  }
  return [...days]
    .map(([payer, list]) => ({ payer, claims: list.length, medianDays: medianOf(list) }))
    .sort((a, b) => b.medianDays - a.medianDays || a.payer.localeCompare(b.payer))
}
function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2)
}

/** Payer and code that paid less than expected again and again: what to bring to a contract talk. */
function shortfallsOf(claims: readonly DecidedClaim[]): Shortfall[] {
  const found = new Map<string, Shortfall>()
  for (const { payer, code, decisions } of claims) {
    const expectedCents = decisions.find((one) => one.expectedCents !== null)?.expectedCents ?? null
    const paidCents = sumCents(decisions.map((one) => one.paidCents))
    const missing = shortfallOf(expectedCents, paidCents)
    // A denial is its own matter: a shortfall is a payment that is too small.
    if (missing === null || expectedCents === null || paidCents <= 0) continue
    const key = `${payer}|${code}`
    const sum = found.get(key) ?? { payer, code, claims: 0, expectedCents: 0, paidCents: 0, missingCents: 0 }
    found.set(key, {
      payer,
      code,
      claims: sum.claims + 1,
      expectedCents: sum.expectedCents + expectedCents,
      paidCents: sum.paidCents + paidCents,
      missingCents: sum.missingCents + missing,
    })
  }
  return [...found.values()]
    .filter((one) => one.claims >= REPEATED)
    .sort((a, b) => b.missingCents - a.missingCents || a.payer.localeCompare(b.payer))
}
