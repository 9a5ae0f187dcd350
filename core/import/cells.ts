// What a cell of an office's list says: nothing, a day, an amount, a number of the payer.
import { addDays, addMonths, type IsoDate, parseDate } from '../dates.ts'
import { type Cents, parseMoney } from '../money.ts'

const NOTHING = new Set(
  'n/a,na,n.a.,none,nil,null,no,tbd,tba,pending,waiting,unknown,unk,not yet,not required,?,??,x,blank,#n/a'.split(','),
)

/** True for an empty cell, and for the words, dashes and zeros by which people and programs say “nothing”. */
export function isNothing(text: string): boolean {
  const plain = text.trim().toLowerCase()
  return plain === '' || NOTHING.has(plain) || /^[-–—_./\s]*$/.test(plain)
}

/**
 * Days that programs write where there is none. Sources: Open Dental source (0001-01-01, by its human view 1/1/0001),
 * SQL Server and Excel zero days (1900-01-01, 1/0/1900, 1899-12-30), Dentrix 00/00/0000; high confidence.
 */
const NO_DAY =
  /^(0?1[/-]0?1[/-](0001|1900)|(0001|1900|0000)-0[01]-0[01]|12[/-](30|31)[/-]1899|1899-12-3[01]|1[/-]0[/-](1900|00)|0+|0{1,2}[/-]0{1,2}[/-]0{2,4})$/
const TIME = /[ T,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?Z?$/i
const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? /i
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const DAY_FIRST = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[-/ .]?${MONTH}[-/ .,]*(\\d{4}|\\d{2})$`, 'i')
const MONTH_FIRST = new RegExp(`^${MONTH}[-/ .]?(\\d{1,2})(?:st|nd|rd|th)?[-/ .,]+(\\d{4}|\\d{2})$`, 'i')
const WHOLE = /^(\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})|\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{6}|\d{8})$/

/** Excel counts days from here; before March 1900 it is off by one, and nobody's log reaches there. */
const SERIAL_ZERO = '1899-12-30'

export type DayRead = { day: IsoDate | null } | { problem: string }

/**
 * Reads a day: `3/4/26`, `2026-03-04`, `4-Sep-26`, `Sept 4, 2026`, `46300` (as Excel counts), with or without a time.
 * A day without its year, and one that cannot be told, is a problem.
 * @param born nobody is born after today: `4/12/46` is 1946
 */
export function readDay(text: string, today: IsoDate, { born = false } = {}): DayRead {
  const raw = text
    .trim()
    .replace(TIME, '')
    .replace(WEEKDAY, '')
    .replace(/\s*([/-])\s*/g, '$1')
  if (isNothing(raw) || NO_DAY.test(raw)) return { day: null }
  const day = dayOf(raw, today)
  if (day === null) {
    const short = raw.length > 30 ? `${raw.slice(0, 30)}…` : raw
    if (/^\d{1,2}[/.-]\d{1,2}$|^\d{1,2}[- ]?[a-z]{3,9}\.?$|^[a-z]{3,9}\.?[- ]?\d{1,2}$/i.test(raw))
      return { problem: `“${short}” has no year. Write it like 11/23/2026.` }
    return { problem: `“${short}” is not a date. Write it like 11/23/2026.` }
  }
  const hasShortYear = !/\d{4}/.test(raw.replace(/^\d{5,6}$/, '')) && !/^\d{5}/.test(raw.replace(/^\d{6}$/, ''))
  return { day: born && day > today && hasShortYear ? addMonths(day, -1200) : day }
}

function dayOf(raw: string, today: IsoDate): IsoDate | null {
  const serial = /^(\d{5})(\.\d+)?$/.exec(raw)
  if (serial) return serial[1]! < '73000' ? addDays(SERIAL_ZERO, Number(serial[1])) : null
  const [, day, month, year] = DAY_FIRST.exec(raw) ?? []
  if (day) return parseDate(`${month} ${day}, ${fullYear(year!, today)}`, today)
  const named = MONTH_FIRST.exec(raw)
  if (named) return parseDate(`${named[1]} ${named[2]}, ${fullYear(named[3]!, today)}`, today)
  return WHOLE.test(raw) ? parseDate(raw.replace(/^(\d{4})\/(\d{1,2})\//, '$1-$2-'), today) : null
}

/** As `parseDate` takes two digits: 20YY unless that is more than 20 years ahead. */
const fullYear = (year: string, today: IsoDate) =>
  year.length === 4 ? year : parseDate(`1/1/${year}`, today)!.slice(0, 4)

/** Two days in one cell, `10/8/2026 - 4/8/2027`, as they stand; null when there are not two. */
export function partsOfPeriod(text: string): [from: string, to: string] | null {
  const [from, to, more] = text.split(/\s+-\s+|\s*[–—]\s*|\s+(?:to|thru|through|until)\s+/i)
  return from && to && more === undefined ? [from, to] : null
}

/** Reads dollars: `1,250`, `$ (1,234.50)`, `$ -` (zero, as Excel's accounting writes it). Null is nothing, undefined no amount. */
export function readAmount(text: string): Cents | null | undefined {
  const raw = text
    .trim()
    .replace(/^usd\b|\busd$/i, '')
    .replace(/^\$/, '')
    .trim()
  if (text.trim().startsWith('$') && /^[-–—]+(\?\?)?$/.test(raw)) return 0
  if (isNothing(raw)) return null
  const trailing = /^(.*\d)-$/.exec(raw)
  return parseMoney(trailing ? `-${trailing[1]}` : raw) ?? undefined
}

/** A number by which a request is known: it holds a digit and is not all zeros; `pending` is none. */
export function isRealNumber(text: string): boolean {
  return !isNothing(text) && /[1-9]/.test(text) && !isShortened(text)
}

/** `1.2E+11`: a long number that a spreadsheet shortened, and nobody can tell any more. */
export const isShortened = (text: string) => /^\d(\.\d+)?e\+\d+$/i.test(text.trim())
