// Plain calendar dates (`YYYY-MM-DD`) without zone or clock; `today` is always an argument.
import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'

/** An ISO calendar date that exists, from 1900 to 2199. */
export const IsoDate = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\d$/, 'Use a date such as 2026-11-23')
  .refine(isDate, 'This date does not exist')
export type IsoDate = string
/** An ISO instant in UTC, as written by the host: `2026-11-23T15:51:13.000Z`. */
export const Instant = z.iso.datetime()
export type Instant = string

const IN_EVERY_MONTH = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/

/** True when the text is a calendar date that exists. */
export function isDate(text: string): boolean {
  if (IN_EVERY_MONTH.test(text)) return true
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

/** `date` plus `days` calendar days (negative goes back). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** `date` plus calendar months; the day is clamped to the month's last. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ months }).toString()
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from)
}

const EPOCH = Temporal.PlainDate.from('1970-01-01')
/** A list asks for the same few days hundreds of times, and reading one costs more than counting with it. */
const numbers = new Map<IsoDate, number>()
const MOST_NUMBERS = 4000
/** Days since 1970-01-01, a Thursday. */
function dayNumber(date: IsoDate): number {
  const known = numbers.get(date)
  if (known !== undefined) return known
  if (numbers.size >= MOST_NUMBERS) numbers.clear()
  const { days } = EPOCH.until(Temporal.PlainDate.from(date), { largestUnit: 'days' })
  numbers.set(date, days)
  return days
}

/** Whole years from birth to `on`. */
export function ageOn(birth: IsoDate, on: IsoDate): number {
  return Temporal.PlainDate.from(birth).until(Temporal.PlainDate.from(on), { largestUnit: 'years' }).years
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: IsoDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** Monday to Friday, minus the office's holidays. */
export function isBusinessDay(date: IsoDate, holidays: readonly IsoDate[] = []): boolean {
  return weekdayOf(date) <= 5 && !holidays.includes(date)
}

/** The date `count` business days after `date` (the day itself is not counted). */
export function addBusinessDays(date: IsoDate, count: number, holidays: readonly IsoDate[] = []): IsoDate {
  let current = date
  for (let left = count; left > 0;) {
    current = addDays(current, 1)
    if (isBusinessDay(current, holidays)) left -= 1
  }
  return current
}

/** Business days after `from` up to and including `to`; 0 when `to` is not later. */
export function businessDaysBetween(from: IsoDate, to: IsoDate, holidays: readonly IsoDate[] = []): number {
  const span = daysBetween(from, to)
  if (span <= 0) return 0
  const start = weekdayOf(from)
  let count = Math.trunc(span / 7) * 5
  for (let ahead = 1; ahead <= span % 7; ahead += 1) if ((start + ahead - 1) % 7 < 5) count += 1
  const lost = new Set(holidays.filter((day) => day > from && day <= to && isBusinessDay(day)))
  return count - lost.size
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-11-23` → `Nov 23, 2026`. */
export function formatDate(date: IsoDate): string {
  return `${MONTHS[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(8))}, ${date.slice(0, 4)}`
}

/** How far `date` is from `today`, in words: `today`, `tomorrow`, `yesterday`, `in 6 days`, `3 days ago`. */
export function relativeDays(date: IsoDate, today: IsoDate): string {
  const days = daysBetween(today, date)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}

/**
 * Reads the ways a US front desk types a date: `11/23/2026`, `11-23-26`, `112326`, `11/23`, `2026-11-23`,
 * `Nov 23, 2026`, `t` (today), `+7`, `-3`. A two-digit year means 20YY unless that is more than 20 years ahead.
 * @returns the ISO date or null
 */
export function parseDate(text: string, today: IsoDate): IsoDate | null {
  const raw = text.trim().toLowerCase()
  if (raw === '') return null
  if (raw === 't' || raw === 'today') return today
  if (/^[+-]\d{1,4}$/.test(raw)) return addDays(today, Number(raw))
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(raw)
  if (iso) return compose(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const compact = /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(raw)
  const slashed = compact ?? /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(raw)
  if (slashed) return compose(yearOf(slashed[3], today), Number(slashed[1]), Number(slashed[2]))
  const named = /^([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?$/.exec(raw)
  if (named) {
    const month = MONTHS.findIndex((name) => named[1]!.startsWith(name.toLowerCase())) + 1
    return month > 0 ? compose(yearOf(named[3], today), month, Number(named[2])) : null
  }
  return null
}

/** A day nobody is born after: `4/12/46` is 1946, however near 2046 may be. */
export function parseBirthDate(text: string, today: IsoDate): IsoDate | null {
  const read = parseDate(text, today)
  const hasShortYear = /^(\d{6}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2})$/.test(text.trim())
  return read !== null && read > today && hasShortYear ? addMonths(read, -1200) : read
}

function yearOf(text: string | undefined, today: IsoDate): number {
  const current = Number(today.slice(0, 4))
  if (text === undefined) return current
  if (text.length === 4) return Number(text)
  const year = 2000 + Number(text)
  return year > current + 20 ? year - 100 : year
}

function compose(year: number, month: number, day: number): IsoDate | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return IsoDate.safeParse(text).success ? text : null
}
