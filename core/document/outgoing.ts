// What must not leave the office unnoticed: blanks in a text, services at $0.00. The one rule for letters, packets, claims and files.
import { gapsIn } from '../guide/narrative.ts'
import { formatMoney } from '../money.ts'

/** What is about to leave: the office's own words, not what it quotes, and the services with their fees. */
export interface Outgoing {
  texts: readonly string[]
  lines?: readonly { code: string; tooth: string | null; feeCents: number }[]
}
export interface OpenPlace {
  /** Index of the service at $0.00; null for blanks in the text. */
  line: number | null
  words: string
}

/** What still stands open; it goes out only with a reason. */
export function openPlaces({ texts, lines = [] }: Outgoing): OpenPlace[] {
  const gaps = [...new Set(texts.flatMap(gapsIn))].map((gap) => `[${gap}]`)
  const blanks = gaps.length > 0 ? [{ line: null, words: `Still to fill in: ${gaps.join(', ')}.` }] : []
  const free = lines.flatMap(({ code, tooth, feeCents }, line) =>
    feeCents === 0
      ? [
          {
            line,
            words: `${code}${tooth ? ` #${tooth}` : ''}: the fee is ${formatMoney(0)}. Enter the full office fee.`,
          },
        ]
      : [],
  )
  return [...blanks, ...free]
}

/** Every text in a form, however deep: a blank may stand in any field. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
