// Plain calendar dates (`YYYY-MM-DD`) without zone or clock; `today` is always an argument.
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

/** True when the text is a calendar date that exists, from year 0 on. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-(?!00)\d\d$/.test(text)) return false
  const [year, month, day] = partsOf(text)
  return month >= 1 && month <= 12 && day <= daysIn(year, month)
}

/** The latest of several days; undefined when there is none. */
export function latestOf(days: readonly IsoDate[]): IsoDate | undefined {
  return [...days].sort().at(-1)
}

/** `date` plus `days` calendar days (negative goes back). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOf(dayNumber(date) + days)
}

/** `date` plus calendar months; the day is clamped to the month's last. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const [year, month, day] = partsOf(date)
  const count = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  return write(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth)))
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from)
}

/**
 * Days since 1970-01-01, a Thursday. Years are counted from March, so that the leap day is a year's last.
 * Source: Howard Hinnant, chrono-compatible low-level date algorithms, 2021; high confidence.
 */
function dayNumber(date: IsoDate): number {
  const [year, month, day] = partsOf(date)
  const march = month > 2 ? year : year - 1
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return march * 365 + Math.floor(march / 4) - Math.floor(march / 100) + Math.floor(march / 400) + ofYear - 719_468
}

/** The date with this day number. */
function dateOf(number: number): IsoDate {
  const days = number + 719_468
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return write(year, month, ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1)
}

function partsOf(date: IsoDate): [year: number, month: number, day: number] {
  const day = Number(date.slice(8, 10))
  if (!(day > 0)) throw new RangeError('No date')
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), day]
}
function write(year: number, month: number, day: number): IsoDate {
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
function daysIn(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Whole years from birth to `on`; who was born on a leap day is a year older on March 1 of other years. */
export function ageOn(birth: IsoDate, on: IsoDate): number {
  const [fromYear] = partsOf(birth)
  const [toYear] = partsOf(on)
  return toYear - fromYear - (on.slice(5) < birth.slice(5) ? 1 : 0)
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

/** `8:02 AM`, from an hour of 0–23. */
export function clockTime(hours: number, minutes: number): string {
  return `${hours % 12 || 12}:${String(minutes).padStart(2, '0')} ${hours < 12 ? 'AM' : 'PM'}`
}

/** `Nov 29`, whatever the year. */
export const formatMonthDay = (date: IsoDate): string => formatDate(date).split(',')[0]!

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

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const NAMED_DAYS: Readonly<Record<string, number>> = { t: 0, today: 0, tomorrow: 1, tom: 1, yesterday: -1 }

/**
 * Reads the ways a US front desk types a date: `11/23/2026`, `11-23-26`, `112326`, `11/23`, `2026-11-23`, `20261123`,
 * `Nov 23, 2026`, `t` (today), `tomorrow`, `fri`, `+7`, `-3`. A two-digit year means 20YY unless that is more than 20 years
 * ahead. Without a year it is the nearest such day, without a date the next such weekday; of what has happened (`isPast`) the last one.
 * @returns the ISO date or null
 */
export function parseDate(text: string, today: IsoDate, isPast = false): IsoDate | null {
  const raw = text.trim().toLowerCase()
  if (raw === '') return null
  if (Object.hasOwn(NAMED_DAYS, raw)) return addDays(today, NAMED_DAYS[raw]!)
  if (/^[+-]\d{1,4}$/.test(raw)) return addDays(today, Number(raw))
  const weekday = raw.length > 2 ? WEEKDAYS.findIndex((name) => name.startsWith(raw)) + 1 : 0
  if (weekday > 0) {
    const ahead = (weekday - weekdayOf(today) + 7) % 7
    return addDays(today, isPast ? ahead - (ahead === 0 ? 0 : 7) : ahead || 7)
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(raw) ?? /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(raw)
  if (iso) return compose(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const compact = /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(raw)
  const slashed = compact ?? /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(raw)
  const named = slashed ? null : /^([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?$/.exec(raw)
  const month = slashed
    ? Number(slashed[1])
    : named
      ? MONTHS.findIndex((name) => named[1]!.startsWith(name.toLowerCase())) + 1
      : 0
  if (month === 0) return null
  const [, , day, year] = (slashed ?? named)!
  if (year !== undefined) return compose(yearOf(year, today), month, Number(day))
  return sensible(month, Number(day), today, isPast)
}

/** The nearest such day to today, or the last one. */
function sensible(month: number, day: number, today: IsoDate, isPast: boolean): IsoDate | null {
  const year = Number(today.slice(0, 4))
  const days = [0, -1, 1].flatMap((by) => compose(year + by, month, day) ?? [])
  const fitting = isPast ? days.filter((one) => one <= today) : days
  const far = (one: IsoDate) => Math.abs(daysBetween(today, one))
  return fitting.sort((a, b) => far(a) - far(b))[0] ?? null
}

/** A day nobody is born after: `4/12/46` is 1946, however near 2046 may be. */
export function parseBirthDate(text: string, today: IsoDate): IsoDate | null {
  const read = parseDate(text, today, true)
  const hasShortYear = /^(\d{6}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2})$/.test(text.trim())
  return read !== null && read > today && hasShortYear ? addMonths(read, -1200) : read
}

function yearOf(text: string, today: IsoDate): number {
  const current = Number(today.slice(0, 4))
  if (text.length === 4) return Number(text)
  const year = 2000 + Number(text)
  return year > current + 20 ? year - 100 : year
}

function compose(year: number, month: number, day: number): IsoDate | null {
  const text = write(year, month, day)
  return IsoDate.safeParse(text).success ? text : null
}
