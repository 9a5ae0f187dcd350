// A payer of which nothing is known but what a test says.
import type { FiguredPayer, PayerRule } from '#core/payer-figures.ts'

export const figured = (change: Partial<FiguredPayer>): FiguredPayer => ({
  name: 'Sample Dental',
  usualAnswerDays: null,
  appealDays: null,
  timelyFilingDays: null,
  source: '',
  ownAnswerDays: null,
  ownAnswers: 0,
  rule: null,
  ...change,
})

type Published = PayerRule['figures'][number]
/** A shipped rule with these figures. */
export const rule = (...figures: (Pick<Published, 'topic' | 'count' | 'unit'> & Partial<Published>)[]): PayerRule => ({
  key: 'sample',
  name: 'Sample rule',
  statement: 'Invented.',
  source: 'sample.example',
  docDate: '',
  seenOn: '2026-11-29',
  confidence: 'confirmed',
  figures: figures.map((one) => ({
    from: 'receipt',
    kind: null,
    source: 'sample.example',
    docDate: '',
    confidence: 'confirmed',
    ...one,
  })),
})
