// A payer of which nothing is known but what a test says.
import type { FiguredPayer } from '#core/payer-figures.ts'
import type { PayerRule, RuleTerm } from '#core/payer-rule/schema.ts'

export const figured = (change: Partial<FiguredPayer>): FiguredPayer => ({
  name: 'Sample Dental',
  ownAnswerDays: null,
  ownAnswers: 0,
  rules: [],
  ...change,
})

/** A shipped rule that says this. */
export const ruleOf = (term: RuleTerm, change: Partial<PayerRule> = {}): PayerRule => ({
  term,
  id: `sample.${term.topic}`,
  origin: 'shipped',
  name: 'Sample rule',
  planId: null,
  depth: 0,
  codes: [],
  state: '',
  words: '',
  source: 'sample.example',
  docDate: '',
  seenOn: '2026-11-29',
  confidence: 'confirmed',
  ...change,
})
/** The office's own rule, as somebody typed it. */
export const ownRule = (term: RuleTerm, source = '', change: Partial<PayerRule> = {}): PayerRule =>
  ruleOf(term, { id: `own.${term.topic}`, origin: 'office', source, confidence: 'reported', ...change })
