// Rules of a payer for tests: terms in one line, and an office's own rule through the routes.
import type { InputOf } from '#core/contract/index.ts'
import type { PayerId, PlanId } from '#core/ids.ts'
import type { PayerInput } from '#core/patient.ts'
import type { PayerTopic } from '#core/payer-figures.ts'
import type { RuleBody, RuleTerm, Span } from '#core/payer-rule/schema.ts'
import type { EmptyHost } from './test-host.ts'

/** How long something takes. */
export function days(
  topic: PayerTopic,
  count: number,
  unit: Span['unit'],
  kind: 'required' | 'estimate' | null = null,
): RuleTerm {
  const span = { count, unit, from: 'receipt' }
  if (topic === 'answer') return { topic, ...span, kind, expedited: null }
  if (topic === 'valid') return { topic, ...span, kind }
  return topic === 'appeal' ? { topic, ...span, level: 1 } : { topic, ...span }
}
/** So many per tooth in so many months. */
export const perTooth = (count: number, period: number): RuleTerm => ({
  topic: 'frequency',
  count,
  scope: 'tooth',
  period,
  unit: 'month',
  counted: [],
})

export const bodyOf = (term: RuleTerm, change: Partial<RuleBody> = {}): RuleBody => ({
  term,
  codes: [],
  state: '',
  words: '',
  source: 'Provider manual',
  docDate: '',
  seenOn: '2026-11-20',
  confidence: 'reported',
  ...change,
})

interface More extends Partial<RuleBody> {
  planId?: PlanId | null
  replaces?: string | null
}
/** The office's own rule. */
export async function addRule(
  host: EmptyHost,
  payerId: PayerId,
  term: RuleTerm,
  { planId = null, replaces = null, ...change }: More = {},
) {
  const rule: InputOf<'payerRule.add'>['rule'] = { payerId, planId, replaces, isOff: false, body: bodyOf(term, change) }
  return host.call('payerRule.add', { rule })
}

/** A payer with what the office knows of it. */
export interface PayerDraft extends Partial<PayerInput> {
  terms?: readonly RuleTerm[]
}
/** @returns the payer, with a rule for each term */
export async function addPayerWith(
  host: EmptyHost,
  { terms = [], ...payer }: PayerDraft & { name: string },
): Promise<PayerId> {
  const { id } = await host.call('payer.add', { payer })
  for (const term of terms) await addRule(host, id, term, payer.source ? { source: payer.source } : {})
  return id
}
