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

/** Findings for lines that go beyond a frequency rule, with the earlier services that were counted. */
export function findExceeded(guide: Guide, lines: readonly Service[], history: readonly Service[]): GuideFinding[] {
  return guide.frequency.flatMap((rule) =>
    lines.flatMap((line, at) => exceeded(rule, line, [...history, ...lines.slice(0, at)]) ?? []),
  )
}

function exceeded(rule: Frequency, line: Service, before: readonly Service[]): GuideFinding | undefined {
  if (line.serviceDate === null || !rule.codes.includes(line.code) || placeOf(rule.scope, line) === null)
    return undefined
  const counted = before.filter((service) => counts(rule, line, service))
  const total = counted.reduce((sum, service) => sum + service.quantity, line.quantity)
  if (total <= rule.count) return undefined
  const earlier = counted
    .sort((a, b) => (a.serviceDate! < b.serviceDate! ? -1 : 1))
    .map(nameOfService)
    .join(', ')
  const found = earlier ? `Counted: ${earlier}. ` : `${total} reported. `
  return {
    id: `frequency_${rule.id}`,
    severity: 'warn',
    message: `${line.code}${siteOf(rule.scope, line)}: limit ${rule.count} ${periodOf(rule)}. ${found}${rule.note}`,
    source: rule.source.join('; '),
    confidence: rule.confidence,
  }
}

function counts(rule: Frequency, line: Service, service: Service): boolean {
  const on = service.serviceDate
  return (
    on !== null &&
    (rule.counted ?? rule.codes).includes(service.code) &&
    placeOf(rule.scope, service) === placeOf(rule.scope, line) &&
    (!rule.sameProvider || service.providerId === line.providerId) &&
    on <= line.serviceDate! &&
    isWithin(rule, on, line.serviceDate!)
  )
}

/** A service exactly one period ago is over: rolling from its own day, calendar years by their number. */
function isWithin({ unit, period }: Frequency, on: IsoDate, today: IsoDate): boolean {
  if (unit === 'lifetime' || period === null) return true
  if (unit === 'calendar_year') return Number(on.slice(0, 4)) > Number(today.slice(0, 4)) - period
  return (unit === 'month' ? addMonths(on, period) : addDays(on, period)) > today
}

function periodOf({ unit, period }: Frequency): string {
  if (unit === 'lifetime' || period === null) return 'in a lifetime'
  if (unit === 'calendar_year') return period === 1 ? 'per calendar year' : `in ${period} calendar years`
  return `in ${period} ${unit}s`
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

function siteOf(scope: Frequency['scope'], { tooth, area }: Service): string {
  if (scope === 'tooth') return ` on tooth ${tooth}`
  return scope === 'patient' ? '' : ` in area ${area ?? quadrantOf(tooth, area)}`
}

function quadrantOf(tooth: string | null, area: string | null): string | null {
  if (area !== null && /^[1-4]0$/.test(area)) return area
  return tooth === null ? null : (findTooth(tooth)?.quadrant ?? null)
}
