// Judges the lines of a case: code against tooth and date, the guide's validators, and codes that exclude each other.
import { daysBetween, formatDate } from '../dates.ts'
import { evaluate, type Facts, measuresDates, type Scope } from './condition.ts'
import { nameOfService } from './frequency.ts'
import { fitsTooth, indexOf, isValidOn } from './facts.ts'
import type { Choice, GuideFinding, Guide } from './schema.ts'

/** Cited where the universal tooth numbering itself is the reason. */
export const PATTERN_SOURCE = 'resdac.org/cms-data/variables/tooth-number'

/** Findings about recommended and planned codes together with what the tooth has had before. */
export function judge(
  guide: Guide,
  scope: Scope,
  planned: readonly string[],
  rejected: Choice['rejected'],
): { findings: GuideFinding[]; needsDentist: boolean } {
  const findings = planned.flatMap((code) => judgePlanned(guide, scope, code, rejected))
  let needsDentist = false
  for (const validator of guide.validators) {
    const truth = evaluate(validator.when, scope)
    const cited = { source: validator.source.join('; '), confidence: validator.confidence }
    if (truth === true) {
      findings.push({ id: validator.id, severity: validator.severity, message: validator.message, ...cited })
      if (validator.needsDentist) needsDentist = true
      // A date that is not known yet is asked for by `judgeDates`, once there is a date of service.
    } else if (truth === undefined && validator.ifUnknown && !isDated(validator)) {
      findings.push({ id: `${validator.id}_unknown`, severity: 'info', message: validator.ifUnknown, ...cited })
    }
  }
  return { findings: [...findings, ...judgeConflicts(guide, scope)], needsDentist }
}

/** Whether a validator measures dates: it belongs to a line and its date of service, not to the case. */
export const isDated = ({ when }: Pick<Guide['validators'][number], 'when'>): boolean => measuresDates(when)

/** A service with its date, as far as it is known. */
type DatedCode = Pick<CaseLine, 'code' | 'serviceDate'>
interface LineFinding extends GuideFinding {
  /** A fact that nobody stated keeps it open. */
  isAsked: boolean
}

/** The guide's validators that measure dates, at each date of service by itself: never at another day. */
export function judgeDates(guide: Guide, facts: Facts, lines: readonly DatedCode[]): LineFinding[] {
  const days = [...new Set(lines.flatMap(({ serviceDate }) => serviceDate ?? []))].sort()
  return guide.validators.filter(isDated).flatMap(({ id, when, severity, message, ifUnknown, source, confidence }) =>
    days
      .flatMap((serviceDate): Omit<LineFinding, 'id'>[] => {
        const coded = [...new Set(lines.filter((line) => line.serviceDate === serviceDate).map((line) => line.code))]
        const truth = evaluate(when, { facts, serviceDate, coded, sameDay: [] })
        const words = truth === true ? message : truth === undefined ? ifUnknown : undefined
        if (words === undefined) return []
        const about = coded.filter(
          (code) => evaluate(when, { facts, serviceDate, coded: [code], sameDay: [] }) === truth,
        )
        const named = `${(about.length > 0 ? about : coded).join(', ')} of ${formatDate(serviceDate)}: ${words}`
        const isAsked = truth === undefined
        const cited = { source: source.join('; '), confidence }
        return [{ severity: isAsked ? 'info' : severity, message: named, ...cited, isAsked }]
      })
      .map((finding, at) => ({
        ...finding,
        id: `${id}${finding.isAsked ? '_unknown' : ''}${at > 0 ? `_${at + 1}` : ''}`,
      })),
  )
}

function judgePlanned(guide: Guide, scope: Scope, text: string, rejected: Choice['rejected']): GuideFinding[] {
  const code = indexOf(guide).codes.get(text)
  if (!code) return []
  const findings: GuideFinding[] = []
  const cited = { source: code.source.join('; '), confidence: code.confidence }
  const tooth = scope.facts['tooth']
  if (typeof tooth === 'string' && !fitsTooth(code, tooth)) {
    const message = `${text} does not fit tooth ${tooth}: choose the code of this tooth's class`
    findings.push({ id: `wrong_tooth_${text}`, severity: 'block', message, ...cited })
  }
  if (!isValidOn(code, scope.serviceDate)) {
    const message = `${text} cannot be reported for this date of service: choose a code valid on that day`
    findings.push({ id: `not_valid_${text}`, severity: 'block', message, ...cited })
  }
  const rejection = rejected.find((candidate) => candidate.code === text)
  if (rejection) {
    const { reason, source, confidence } = rejection
    findings.push({ id: `rejected_${text}`, severity: 'warn', message: `Not ${text}: ${reason}`, source, confidence })
  }
  return findings
}

function judgeConflicts(guide: Guide, scope: Scope): GuideFinding[] {
  const history = scope.facts['prior_visits']
  const before = Array.isArray(history) ? history : []
  const now = scope.coded
  return guide.conflicts.flatMap((conflict) => {
    const others = conflict.scope === 'same_tooth' ? [...before, ...scope.sameDay, ...now] : scope.sameDay
    const hit = clash(conflict.codes, conflict.with, now, others)
    if (!hit) return []
    const { severity, reason, source, confidence } = conflict
    const message = `${hit[0]} with ${hit[1]}: ${reason}`
    return [{ id: `conflict_${conflict.id}`, severity, message, source: source.join('; '), confidence }]
  })
}

/** The first pair of codes, one current and one other, that stand on opposite sides of a conflict. */
function clash(
  left: readonly string[],
  right: readonly string[],
  now: readonly string[],
  others: readonly string[],
): [string, string] | undefined {
  for (const code of now) {
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (!side.includes(code)) continue
      const partner = others.find((candidate) => candidate !== code && other.includes(candidate))
      if (partner !== undefined) return [code, partner]
    }
  }
  return undefined
}

export interface CaseLine {
  code: string
  tooth: string | null
  area: string | null
  serviceDate: string | null
  /** a line that was cancelled excludes nothing */
  status: 'planned' | 'done' | 'reported' | 'cancelled'
  /** Of the practice system's history; left out: of a case here. */
  from?: 'practice_system'
}

/**
 * Findings for lines of one patient that exclude each other, or whose code does not fit tooth or date.
 * @param history what other cases of the patient hold: it clashes with the lines, not with itself
 */
export function findConflicts(
  guide: Guide,
  lines: readonly CaseLine[],
  history: readonly CaseLine[] = [],
): GuideFinding[] {
  const isLive = (line: CaseLine) => line.status !== 'cancelled'
  const live = lines.filter(isLive)
  const past = history.filter(isLive)
  const findings: GuideFinding[] = []
  live.forEach((line, at) => {
    const facts: Facts = line.tooth === null ? {} : { tooth: line.tooth }
    findings.push(
      ...judgePlanned(guide, { facts, serviceDate: line.serviceDate, coded: [], sameDay: [] }, line.code, []),
    )
    for (const other of [...live.slice(at + 1), ...past]) findings.push(...pairFindings(guide, line, other))
  })
  return findings.filter(
    (finding, at) => findings.findIndex((one) => one.id === finding.id && one.message === finding.message) === at,
  )
}

function pairFindings(guide: Guide, line: CaseLine, other: CaseLine): GuideFinding[] {
  return guide.conflicts.flatMap((conflict) => {
    const leads = conflict.codes.includes(line.code) && conflict.with.includes(other.code)
    const follows = conflict.with.includes(line.code) && conflict.codes.includes(other.code)
    if (!leads && !follows) return []
    const [first, second] = leads ? [line, other] : [other, line]
    if (!shares(conflict.scope, line, other) || !isNear(conflict.withinDays, first, second)) return []
    const place = line.tooth !== null && line.tooth === other.tooth ? ` on tooth ${line.tooth}` : ''
    const message = `${line.code} with ${other.from ? nameOfService(other) : other.code}${place}: ${conflict.reason}`
    const { severity, source, confidence } = conflict
    return [{ id: `conflict_${conflict.id}`, severity, message, source: source.join('; '), confidence }]
  })
}

/** A date that is not known yet keeps the conflict: it may well fall within the days. */
function isNear(
  days: number | undefined,
  { serviceDate: first }: CaseLine,
  { serviceDate: second }: CaseLine,
): boolean {
  if (days === undefined || first === null || second === null) return true
  const between = daysBetween(first, second)
  return between >= 0 && between <= days
}

function shares(scope: Guide['conflicts'][number]['scope'], line: CaseLine, other: CaseLine): boolean {
  const sameTooth = line.tooth !== null && line.tooth === other.tooth
  const sameDay = line.serviceDate !== null && line.serviceDate === other.serviceDate
  switch (scope) {
    case 'same_tooth':
      return sameTooth
    case 'same_tooth_same_day':
      return sameTooth && sameDay
    case 'same_area_same_day':
      return sameDay && (line.area === other.area || line.area === null || other.area === null)
    default:
      return sameDay
  }
}
