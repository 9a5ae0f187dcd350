// What is known of a payer's days: learned, the office's own and shipped figures beside each other, and which one counts.
import * as z from 'zod'
import { AuthorizationKind } from './authorization/schema.ts'
import { addBusinessDays, addDays, addMonths, type IsoDate } from './dates.ts'
import { Confidence, type PayerRule, Span } from './payer-rule/schema.ts'
import { documentOf, doubtOf, spanWords } from './payer-rule/words.ts'

export const PayerTopic = z.enum(['answer', 'valid', 'appeal', 'filing'])
export type PayerTopic = z.infer<typeof PayerTopic>

export const PayerFigure = Span.extend({
  origin: z.enum(['learned', 'office', 'shipped', 'assumed']),
  /** Where it comes from, in words. */
  source: z.string(),
  confidence: Confidence,
  /** It is the one that clocks and findings go by. */
  counts: z.boolean(),
})
export type PayerFigure = z.infer<typeof PayerFigure>

/** The figures on one topic, beside each other. */
export const FigureRow = z.strictObject({
  topic: PayerTopic,
  kind: AuthorizationKind.nullable(),
  figures: z.array(PayerFigure),
})
export type FigureRow = z.infer<typeof FigureRow>
/** Whose figure it is. */
export const ORIGINS: Record<PayerFigure['origin'], string> = {
  learned: 'Learned',
  office: 'Office’s own',
  shipped: 'Shipped',
  assumed: 'Assumed',
}

/** A payer with everything that says how long things take. */
export interface FiguredPayer {
  name: string
  ownAnswerDays: number | null
  ownAnswers: number
  /** Those that hold, the most specific first. */
  rules: readonly PayerRule[]
}

/** Answers of a payer needed before the office's own history counts. */
const OWN_ANSWERS = 10

/** Used where nobody says anything (domain.md 4, 7); a claim has no such limit. */
const ASSUMED: Partial<Record<PayerTopic, Span & { source: string }>> = {
  answer: { count: 14, unit: 'bd', source: 'Assumed. Check with the payer' },
  valid: { count: 180, unit: 'cd', source: 'Assumed. Check with the payer' },
  appeal: {
    count: 180,
    unit: 'cd',
    source: '29 CFR 2560.503-1(h): employer plans give at least 180 days; other plans 30 to 180. The letter controls',
  },
}

/**
 * Every figure on one topic, the one that counts first: the office's own history once there is enough of it, then what the
 * office typed, what is shipped, what is assumed.
 * @param kind what was asked for; a figure of the other kind says nothing of it
 */
export function figuresOf(payer: FiguredPayer | null, topic: PayerTopic, kind?: AuthorizationKind): PayerFigure[] {
  const found: Omit<PayerFigure, 'counts'>[] = []
  const few: Omit<PayerFigure, 'counts'>[] = []
  if (payer && topic === 'answer' && payer.ownAnswerDays !== null && payer.ownAnswers > 0) {
    const enough = payer.ownAnswers >= OWN_ANSWERS
    const source = enough
      ? `our ${payer.ownAnswers} answers`
      : `our ${payer.ownAnswers} of ${OWN_ANSWERS} answers needed`
    const learned = {
      count: payer.ownAnswerDays,
      unit: 'bd',
      origin: 'learned',
      confidence: 'confirmed',
      source,
    } as const
    // A payer that answers on the same day takes a day at most.
    ;(enough ? found : few).push({ ...learned, count: Math.max(1, learned.count) })
  }
  for (const rule of payer?.rules ?? []) {
    const { term, origin, confidence, source } = rule
    if (term.topic !== topic || ('level' in term && term.level > 1)) continue
    if ('kind' in term && term.kind !== null && kind !== undefined && term.kind !== kind) continue
    const cited = origin === 'shipped' ? shippedSource(rule, term.from) : source
    found.push({ count: term.count, unit: term.unit, origin, source: cited, confidence })
  }
  const assumed = ASSUMED[topic]
  if (assumed) found.push({ ...assumed, origin: 'assumed', confidence: 'unverified' })
  return [...found, ...few].map((figure, at) => ({ ...figure, counts: at === 0 && found.length > 0 }))
}

const shippedSource = (rule: PayerRule, from: string) =>
  `${rule.name}: from ${from} (${documentOf(rule)})${doubtOf(rule)}`

/** All topics; answers and validity by kind where the two differ. */
export function figureRows(payer: FiguredPayer): FigureRow[] {
  return PayerTopic.options.flatMap((topic): FigureRow[] => {
    const [required, estimate] = AuthorizationKind.options.map((kind) => ({
      topic,
      kind,
      figures: figuresOf(payer, topic, kind),
    }))
    const same = JSON.stringify(required!.figures) === JSON.stringify(estimate!.figures)
    return same ? [{ ...required!, kind: null }] : [required!, estimate!]
  })
}

/** The figure that counts; null where nobody says anything. */
export function figureOf(payer: FiguredPayer | null, topic: PayerTopic, kind?: AuthorizationKind): PayerFigure | null {
  return figuresOf(payer, topic, kind).find((one) => one.counts) ?? null
}

/** The day so far after another one, as the payer counts. */
export function addSpan(from: IsoDate, { count, unit }: Span, holidays: readonly IsoDate[] = []): IsoDate {
  if (unit === 'bd') return addBusinessDays(from, count, holidays)
  return unit === 'mo' ? addMonths(from, count) : addDays(from, count)
}

export interface ReckonedDay {
  on: IsoDate
  basis: string
}

/** Until when a claim may be filed, counted from its first service; null where no figure is known. */
export function filingUntil(payer: FiguredPayer | null, served: readonly (IsoDate | null)[]): ReckonedDay | null {
  const first = served.flatMap((day) => day ?? []).sort()[0]
  const figure = figureOf(payer, 'filing')
  return first && figure ? { on: addSpan(first, figure), basis: basisOf(payer!.name, figure) } : null
}

/** A figure that counts, in words: whose, how long, from where. */
export function basisOf(name: string, figure: PayerFigure): string {
  const { origin, source } = figure
  if (origin === 'shipped') return `${spanWords(figure)}. ${source}`
  return `${name}: ${spanWords(figure)}${source ? ` (${source})` : ''}`
}
