// Whether an authorization is needed, as the payer's rules have it.
import { ruleFor } from './match.ts'
import type { PayerRule, RuleOf } from './schema.ts'

interface RuledNeed {
  answer: 'yes' | 'no' | 'unknown'
  rule: RuleOf<'need'>
}
const WEIGHT = { none: 0, estimate: 1, required: 2 } as const

/** The strictest rule for these codes; null where none speaks of one of them. What is not verified answers nothing. */
export function ruledNeed(rules: readonly PayerRule[], codes: readonly string[]): RuledNeed | null {
  const found = codes.flatMap((code) => ruleFor(rules, 'need', code) ?? [])
  const [rule] = [...found].sort((a, b) => WEIGHT[b.term.need] - WEIGHT[a.term.need])
  if (!rule) return null
  const isSure = rule.confidence !== 'unverified'
  if (rule.term.need === 'required') return { answer: isSure ? 'yes' : 'unknown', rule }
  return { answer: isSure && found.length === codes.length ? 'no' : 'unknown', rule }
}
