// Amounts, dates and counts as X12 writes them: read by string, never through a float; null when unreadable.
import { isDate, type IsoDate } from '../dates.ts'
import type { Cents } from '../money.ts'

/** Dollars beyond which sums of many amounts would no longer be exact: 12 digits. */
const TOO_MUCH = 10 ** 11

/** `450`, `-2.5`, `.50`, `+10.` → integer cents. Null for empty text, commas, parts of a cent, or more than 11 digits of dollars. */
export function readAmount(text: string): Cents | null {
  const isSigned = text.startsWith('-') || text.startsWith('+')
  let value = 0
  let digits = 0
  /** Digits behind the point; -1 before it. */
  let places = -1
  for (let at = isSigned ? 1 : 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (digit === -2 && places < 0) places = 0
    else if (digit >= 0 && digit <= 9) {
      digits += 1
      if (places < 2) value = value * 10 + digit
      else if (digit > 0) return null
      if (places >= 0) places += 1
      else if (value >= TOO_MUCH) return null
    } else return null
  }
  if (digits === 0) return null
  const cents = value * (places < 1 ? 100 : places === 1 ? 10 : 1)
  return text.startsWith('-') && cents !== 0 ? -cents : cents
}

/** Integer cents as X12 writes amounts: `45000` → `450`, `-250` → `-2.5`, `5` → `.05` as `0.05`. */
export function writeAmount(cents: Cents): string {
  const absolute = Math.abs(cents)
  const part = String(absolute % 100)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return `${cents < 0 ? '-' : ''}${Math.trunc(absolute / 100)}${part === '' ? '' : `.${part}`}`
}

/** `20260915` → `2026-09-15`; null when it is no date of the calendar. */
export function readDay(text: string): IsoDate | null {
  if (!/^(19|20|21)\d{6}$/.test(text)) return null
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
  return isDate(iso) ? iso : null
}

export function writeDay(date: IsoDate): string {
  return date.replaceAll('-', '')
}

/** A count such as `2` or `1.5`; null when it is none. */
export function readQuantity(text: string): number | null {
  return /^-?\d{1,9}(\.\d{1,4})?$/.test(text) ? Number(text) : null
}
