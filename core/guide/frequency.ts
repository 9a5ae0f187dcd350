// Counts services against the guide's frequency rules: by tooth, quadrant, arch or patient, over days, months, calendar years or for life.
import { addDays, addMonths, formatDate, type IsoDate } from '../dates.ts'
import { findTooth } from '../teeth.ts'
import type { GuideFinding, Frequency, Guide } from './schema.ts'

/** A service as the office's own record holds it; without a date it was not done and does not count. */
export interface Service {
  code: string
  tooth: string | null
  area: string | null
  serviceDate: IsoDate | null
  quantity: number
  providerId: string | null
  /** Of the practice system's history; left out: of a case here. */
  from?: 'practice_system'
}

/** `D3330 Oct 9, 2025 (practice system’s history)` */
export const nameOfService = ({ code, serviceDate, from }: Pick<Service, 'code' | 'serviceDate' | 'from'>): string =>
  [code, serviceDate && formatDate(serviceDate), from && '(practice system’s history)'].filter(Boolean).join(' ')

/** So many services in one place and time: of a guide, of a payer. */
export interface Limit extends Pick<Frequency, 'scope' | 'count' | 'period' | 'unit'> {
  isCounted(code: string): boolean
  /** Only services of the same dentist count. */
  sameProvider: boolean
}
interface Count {
  /** Earlier services that count, the oldest first. */
  earlier: Service[]
  /** With the line itself. */
  total: number
  /** The first day on which the line is within the limit; null: it is now, or never will be. */
  freeFrom: IsoDate | null
}

/** Counts a line's service and those before it, on its own date; null without a date, or where its place is not known. */
export function countOf(limit: Limit, line: Service, before: readonly Service[]): Count | null {
  if (line.serviceDate === null || placeOf(limit.scope, line) === null) return null
  const earlier = before
    .filter((service) => counts(limit, line, service))
    .sort((a, b) => (a.serviceDate! < b.serviceDate! ? -1 : 1))
  const totalOf = (counted: readonly Service[]) => counted.reduce((sum, { quantity }) => sum + quantity, line.quantity)
  const total = totalOf(earlier)
  const ends = total > limit.count ? earlier.flatMap(({ serviceDate }) => endOf(limit, serviceDate!) ?? []) : []
  const freeFrom = ends.find(
    (day) => totalOf(earlier.filter(({ serviceDate }) => isWithin(limit, serviceDate!, day))) <= limit.count,
  )
  return { earlier, total, freeFrom: freeFrom ?? null }
}

/**
 * Findings for lines that go beyond a frequency rule, with the earlier services that were counted.
 * @param isRuled codes whose limit the payer has said itself
 */
export function findExceeded(
  guide: Guide,
  lines: readonly Service[],
  history: readonly Service[],
  isRuled: (code: string) => boolean = () => false,
): GuideFinding[] {
  return guide.frequency.flatMap((rule) =>
    lines.flatMap((line, at) =>
      rule.codes.includes(line.code) && !isRuled(line.code)
        ? (exceeded(rule, line, [...history, ...lines.slice(0, at)]) ?? [])
        : [],
    ),
  )
}

function exceeded(rule: Frequency, line: Service, before: readonly Service[]): GuideFinding | undefined {
  const isCounted = (code: string) => (rule.counted ?? rule.codes).includes(code)
  const count = countOf({ ...rule, isCounted }, line, before)
  if (!count || count.total <= rule.count) return undefined
  const found = count.earlier.length > 0 ? `Counted: ${listOf(count.earlier)}. ` : `${count.total} reported. `
  return {
    id: `frequency_${rule.id}`,
    severity: 'warn',
    message: `${line.code}${siteOf(rule.scope, line)}: limit ${rule.count} ${periodOf(rule)}. ${found}${rule.note}`,
    source: rule.source.join('; '),
    confidence: rule.confidence,
  }
}

/** `D2740 Nov 23, 2021, D2950 Nov 23, 2021`. */
export const listOf = (services: readonly Service[]): string => services.map(nameOfService).join(', ')

function counts(limit: Limit, line: Service, service: Service): boolean {
  const on = service.serviceDate
  return (
    on !== null &&
    limit.isCounted(service.code) &&
    placeOf(limit.scope, service) === placeOf(limit.scope, line) &&
    (!limit.sameProvider || service.providerId === line.providerId) &&
    on <= line.serviceDate! &&
    isWithin(limit, on, line.serviceDate!)
  )
}

type Period = Pick<Limit, 'unit' | 'period'>
/** A service exactly one period ago is over: rolling from its own day, calendar years by their number. */
function isWithin(period: Period, on: IsoDate, today: IsoDate): boolean {
  const end = endOf(period, on)
  return end === null || end > today
}

/** The day on which a service counts no more; null: never. */
function endOf({ unit, period }: Period, on: IsoDate): IsoDate | null {
  if (unit === 'lifetime' || period === null) return null
  if (unit === 'calendar_year') return `${Number(on.slice(0, 4)) + period}-01-01`
  return unit === 'month' ? addMonths(on, period) : addDays(on, period)
}

export function periodOf({ unit, period }: Period): string {
  if (unit === 'lifetime' || period === null) return 'in a lifetime'
  if (unit === 'calendar_year') return period === 1 ? 'per calendar year' : `in ${period} calendar years`
  return `in ${period} ${unit}${period === 1 ? '' : 's'}`
}

/** Where a service counts; null when its place is not known. */
function placeOf(scope: Frequency['scope'], { tooth, area }: Service): string | null {
  const quadrant = quadrantOf(tooth, area)
  switch (scope) {
    case 'tooth':
      return tooth
    case 'quadrant':
      return quadrant
    case 'arch':
      if (area === '01' || area === '02') return area
      return quadrant && (quadrant === '10' || quadrant === '20' ? '01' : '02')
    default:
      return 'patient'
  }
}

export function siteOf(scope: Frequency['scope'], { tooth, area }: Service): string {
  if (scope === 'tooth') return ` on tooth ${tooth}`
  return scope === 'patient' ? '' : ` in area ${area ?? quadrantOf(tooth, area)}`
}

function quadrantOf(tooth: string | null, area: string | null): string | null {
  if (area !== null && /^[1-4]0$/.test(area)) return area
  return tooth === null ? null : (findTooth(tooth)?.quadrant ?? null)
}
