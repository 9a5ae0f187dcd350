// How facts are written on screen. Money and dates come from core; the rest is here.
import { withCommas } from '#core/counts.ts'
import { ageOn, clockTime, formatDate, formatMonthDay, relativeDays, weekdayOf, type IsoDate } from '#core/dates.ts'
import { formatMoney, type Cents } from '#core/money.ts'
import { shortSite, siteName } from '#core/teeth.ts'

export { formatDate, formatMonthDay, relativeDays, formatMoney, shortSite, siteName }

/** Integer cents → `$1,250.00`; nothing known → an en dash. */
export function moneyOrDash(cents: Cents | null | undefined): string {
  return cents === null || cents === undefined ? '–' : formatMoney(cents)
}

/** Integer cents → `$12,400`, to the dollar: for sums that are read in passing. */
export function wholeDollars(cents: Cents): string {
  return formatMoney(Math.round(cents / 100) * 100).replace('.00', '')
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** `Tuesday, Dec 1`. */
export function dayOfWeek(date: IsoDate): string {
  return `${WEEKDAYS[weekdayOf(date) - 1]!}, ${formatMonthDay(date)}`
}

/** `Nov 23, 2026`; no date → an en dash. */
export function dateOrDash(date: IsoDate | null | undefined): string {
  return date ? formatDate(date) : '–'
}

/** `Nov 23, 2026 (in 6 days)`. */
export function dateAndDistance(date: IsoDate, today: IsoDate): string {
  return `${formatDate(date)} (${relativeDays(date, today)})`
}

const pad = (value: number) => String(value).padStart(2, '0')

/** The day of an instant in the computer's own zone. */
export function dayOf(instant: string | number): IsoDate {
  const when = new Date(instant)
  return `${when.getFullYear()}-${pad(when.getMonth() + 1)}-${pad(when.getDate())}`
}

/** An instant in the computer's own zone: `Nov 23, 2026, 8:02 AM`; `Today, 8:02 AM` when it is today. */
export function formatInstant(instant: string, today?: IsoDate): string {
  const when = new Date(instant)
  const day = dayOf(instant)
  return `${day === today ? 'Today' : formatDate(day)}, ${clockTime(when.getHours(), when.getMinutes())}`
}

/** `Doe, Sam`. */
export function personName(person: { lastName: string; firstName: string }): string {
  return oneLine([person.lastName, person.firstName], ', ')
}

/** `Dr. Sam Doe`. */
export function dentistName(dentist: { lastName: string; firstName: string }): string {
  return `Dr. ${dentist.firstName} ${dentist.lastName}`
}

/** What there is of several facts: `PPO · group 12`. */
export function oneLine(facts: readonly (string | false | null | undefined)[], between = ' · '): string {
  return facts.filter(Boolean).join(between)
}

/** `PPO · group 12`; a plan that is called by its group says it once. */
export function planText(name: string, groupNumber: string): string {
  return oneLine([name, groupNumber !== '' && !name.includes(groupNumber) && `group ${groupNumber}`])
}

/** `11 y`, from the birth date. */
export function ageText(birthDate: IsoDate, today: IsoDate): string {
  return `${ageOn(birthDate, today)} y`
}

/** `1 file`, `3 files`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${withCommas(count)} ${count === 1 ? one : many}`
}
