// Documents that a payer wants for codes, beside the guide's.
import { hasTopic, type PayerRule, type TermOf } from './schema.ts'
import { appliesTo } from './match.ts'
import { citationOf } from './words.ts'

/** A document as the checklist takes it. */
export interface PayerItem extends Omit<TermOf<'document'>, 'topic'> {
  id: string
  payer: string
  note: string
  source: readonly string[]
  confidence: PayerRule['confidence']
}

/** What a payer wants for these codes: all rules that hold, whoever wrote them. */
export function documentsFor(
  payer: { name: string; rules: readonly PayerRule[] } | null,
  codes: readonly string[],
): PayerItem[] {
  if (!payer) return []
  return payer.rules
    .filter(hasTopic('document'))
    .filter((rule) => rule.codes.length === 0 || codes.some((code) => appliesTo(rule, code)))
    .map((rule) => {
      const { topic: _, ...term } = rule.term
      return {
        ...term,
        id: `${rule.origin === 'office' ? 'office' : 'payer'}_${keyOf(term.title)}`,
        payer: payer.name,
        note: rule.words,
        source: [citationOf(rule)],
        confidence: rule.confidence,
      }
    })
}

/** By its words: what was marked for an item stays with it when the list changes. */
const keyOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)
