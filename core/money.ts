// Money is integer US cents everywhere; these are the only places where it is read from and written as text.
import * as z from 'zod'

/** Integer cents; negative only for reversals and take-backs. Upper bound: ten million dollars. */
export const Cents = z.number().int().min(-1_000_000_000).max(1_000_000_000)
/** Integer cents of zero or more: fees, amounts billed. */
export const Fee = Cents.min(0)
export type Cents = number

/**
 * Reads what a person types as dollars: `1250`, `1,250.00`, `$1,250.5`, `(25.00)` for a negative amount.
 * @returns integer cents, or null when the text is not an amount (letters, two points, misplaced commas)
 */
export function parseMoney(text: string): Cents | null {
  const trimmed = text.trim()
  const parenthesized = /^\((.*)\)$/.exec(trimmed)
  const body = (parenthesized?.[1] ?? trimmed).replace(/\s/g, '')
  const match = /^([+-]?)\$?(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d{0,2}))?$/.exec(body)
  if (!match || (match[2] === undefined && !match[3])) return null
  const dollars = Number((match[2] ?? '0').replace(/,/g, ''))
  const cents = dollars * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  if (!Number.isSafeInteger(cents) || cents > 1_000_000_000) return null
  const negative = (match[1] === '-') !== Boolean(parenthesized)
  return negative && cents !== 0 ? -cents : cents
}

/** `125000` → `$1,250.00`; negative amounts as `-$25.00`. */
export function formatMoney(cents: Cents): string {
  const absolute = Math.abs(cents)
  const dollars = String(Math.trunc(absolute / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '-' : ''}$${dollars}.${String(absolute % 100).padStart(2, '0')}`
}

/** Adds cents. An empty list is 0. */
export function sumCents(amounts: readonly Cents[]): Cents {
  return amounts.reduce((total, amount) => total + amount, 0)
}

/** `amount` × `percent` / 100 rounded half away from zero to whole cents. */
export function percentOf(amount: Cents, percent: number): Cents {
  const exact = (amount * percent) / 100
  const rounded = Math.round(Math.abs(exact))
  return exact < 0 ? -rounded : rounded
}
