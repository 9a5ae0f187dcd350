// Amounts, dates and counts as X12 writes them: read by string, never through a float; null when unreadable.
import { isDate, type IsoDate } from '../dates.ts'
import type { Cents } from '../money.ts'

const AMOUNT = /^([+-]?)(\d*)(?:\.(\d*))?$/
/** Whole dollars: sums of many such amounts are still exact. */
const MOST_DIGITS = 11

/** `450`, `-2.5`, `.50`, `+10.` → integer cents. Null for empty text, commas, parts of a cent, or more than 11 digits of dollars. */
export function readAmount(text: string): Cents | null {
  const match = AMOUNT.exec(text)
  if (!match) return null
  const [, sign, whole = '', part = ''] = match
  if (whole === '' && part === '') return null
  if (/[1-9]/.test(part.slice(2)) || whole.replace(/^0+/, '').length > MOST_DIGITS) return null
  const cents = Number(whole || '0') * 100 + Number(part.slice(0, 2).padEnd(2, '0'))
  return sign === '-' && cents !== 0 ? -cents : cents
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
