// What the guide recommends for a case, and the lines to report that follow from it.
import type { IsoDate } from '../dates.ts'
import { choose } from '../guide/choose.ts'
import { evaluate, type StatedFacts } from '../guide/condition.ts'
import { indexOf, readFacts } from '../guide/facts.ts'
import { findExceeded, type Service } from '../guide/frequency.ts'
import { isLimited } from '../payer-rule/findings.ts'
import { findPlanOf, planLine } from '../guide/visit-plan.ts'
import type { Choice, Guide, GuideFinding, VisitPlan } from '../guide/schema.ts'
import { findConflicts, isDated, judgeDates } from '../guide/validators.ts'
import { withPastNamed } from '../past-procedure.ts'
import { type CaseContents, payerOf } from './contents.ts'
import type { Documentation } from './documentation.ts'
import { findingsByPayer } from './payer-rules.ts'
import type { Line, LineInput, Visit } from './schema.ts'

export interface CaseRecommendation {
  choice: Choice
  plan: VisitPlan | undefined
}

/**
 * The recommendation for a case as it stands, with conflicts and limits against everything known of the patient.
 * @param planned codes about to be chosen: judged with the rest
 */
export function chooseFor(
  contents: CaseContents,
  { guide, facts, mode }: Documentation,
  today: IsoDate,
  planned: readonly string[] = [],
): CaseRecommendation {
  const { record, lines, visits, history } = contents
  const serviceDate = dayOf({ lines, visits }, today)
  // A code that this case has already reported is no second one.
  const plannedCodes = planned.filter((code) => !lines.some((line) => line.code === code && line.serviceDate !== null))
  const choice = choose(guide, { facts, serviceDate, reportingMode: mode, plannedCodes })
  const reported = [
    ...lines.map(({ code, tooth, area, serviceDate, quantity }) => ({ code, tooth, area, serviceDate, quantity })),
    ...plannedCodes
      .filter((code) => !lines.some((line) => line.code === code))
      .map((code) => ({ code, tooth: record.tooth, area: record.area, serviceDate: null, quantity: 1 })),
  ].map((line) => ({ ...line, status: 'planned' as const, providerId: record.providerId }))
  const past = history.map((line) => ({ ...line, status: 'done' as const }))
  const onTooth = past.filter((one) => one.tooth !== null && one.tooth === record.tooth)
  const others = past.filter((one) => !onTooth.includes(one))
  const own = withPastNamed(onTooth, (before) => {
    const isWhole = before.length === onTooth.length
    const less = isWhole ? facts : { ...facts, prior_visits: codesWithout(facts, onTooth, before) }
    const judged = isWhole ? choice : choose(guide, { facts: less, serviceDate, reportingMode: mode, plannedCodes })
    const among = { lines, past: [...others, ...before], coded: codedIn(judged, plannedCodes) }
    return ownFindings(guide, less, judged, among)
  })
  const known = new Set(own.map((finding) => finding.id))
  const said = new Set(
    guide.frequency.flatMap(({ id, validator }) => (validator && known.has(validator) ? `frequency_${id}` : [])),
  )
  const exceeded = findExceeded(
    guide,
    reported.map((line) => ({ ...line, serviceDate: line.serviceDate ?? serviceDate })),
    past,
    isLimited(payerOf(contents, record.coverageId)?.rules ?? []),
  ).filter((finding) => !said.has(finding.id))
  const asked = reported.length > 0 ? reported : choice.lines.map((line) => plannedAs(line, record))
  const byPayer = findingsByPayer(contents, record.coverageId, asked, serviceDate)
  const found = [...findConflicts(guide, reported, past), ...exceeded].filter((finding) => !known.has(finding.id))
  // What the last visit will report names the plan, also while earlier visits report nothing.
  const finished =
    guide.visitPlans.length > 0
      ? choose(guide, { facts: { ...facts, phase: 'final' }, serviceDate, reportingMode: mode })
      : choice
  const last = finished.lines.find((line) => line.role === 'main')
  const plan = last && findPlanOf(guide, last.code)
  return { choice: { ...choice, findings: [...own, ...found, ...byPayer] }, plan }
}

/** The earlier codes on the tooth without those that only services left out had brought. */
function codesWithout(
  { prior_visits: all }: StatedFacts,
  past: readonly Service[],
  kept: readonly Service[],
): string[] {
  const gone = past.flatMap((one) => (kept.some(({ code }) => code === one.code) ? [] : [one.code]))
  return Array.isArray(all) ? all.filter((code) => !gone.includes(code)) : []
}

/** A code that is recommended, as the service it would be. */
const plannedAs = (
  { code, quantity = 1 }: Choice['lines'][number],
  { tooth, area, providerId }: CaseContents['record'],
): Service => ({ code, tooth, area, quantity, serviceDate: null, providerId })

/** The day whose edition of the code set holds: of the first service done, else of the planned visit, else today. */
export function dayOf({ lines, visits }: Pick<CaseContents, 'lines' | 'visits'>, today: IsoDate): IsoDate {
  const mains = lines.filter((line) => line.role === 'main')
  return (
    visits.find((visit) => visit.doneOn)?.doneOn ??
    earliest(mains.flatMap((line) => line.serviceDate ?? [])) ??
    visits.find((visit) => visit.plannedOn)?.plannedOn ??
    today
  )
}

const earliest = (days: readonly IsoDate[]) => [...days].sort()[0]
const codedIn = ({ lines }: Choice, planned: readonly string[]) => [
  ...new Set([...lines.map((line) => line.code), ...planned]),
]

/**
 * What the guide's own validators say. Once a line has its date of service, what measures dates is measured at that date; and
 * “reported already” looks at what was done outside this case, never at its own visits.
 */
function ownFindings(
  guide: Guide,
  facts: StatedFacts,
  choice: Choice,
  { lines, past, coded }: { lines: readonly Line[]; past: readonly Service[]; coded: readonly string[] },
): GuideFinding[] {
  const isDone = lines.some((line) => line.serviceDate !== null)
  const dated = guide.validators.filter(isDated).map(({ id }) => id)
  const once = guide.frequency.flatMap(({ count, validator }) => (count === 1 && validator ? validator : []))
  const stated = readFacts(guide, facts).facts
  const elsewhere = past.filter((one) => one.tooth !== null && one.tooth === stated['tooth']).map((one) => one.code)
  const scope = { facts: { ...stated, prior_visits: elsewhere }, serviceDate: null, coded, sameDay: [] }
  const isSecond = (id: string) => {
    const validator = guide.validators.find((one) => one.id === id)
    return validator !== undefined && evaluate(validator.when, scope) === true
  }
  const kept = choice.findings.filter(
    ({ id }) => !(isDone && dated.includes(id)) && (!once.includes(id) || isSecond(id)),
  )
  return [...kept, ...judgeDates(guide, stated, lines).map(({ isAsked: _, ...finding }) => finding)]
}

/** The tooth surfaces as charted, such as MOD; nothing when the answer is no such text. */
function surfacesIn({ surfaces }: StatedFacts): string {
  const letters = typeof surfaces === 'string' ? surfaces.replace(/[^A-Za-z]/g, '').toUpperCase() : ''
  return /^[MODBFLI]{1,5}$/.test(letters) ? letters : ''
}

type Proposed = Pick<LineInput, 'code' | 'role'> & {
  quantity?: number | undefined
  area?: string | null | undefined
  visit?: Visit | null
  /** false: the line of another tooth, whose number is entered there */
  isHere?: boolean
}

/** A quantity that counts teeth is one line for each: the main code begins on the tooth of the case, the rest stand elsewhere. */
function byTooth(line: Choice['lines'][number]): Proposed[] {
  const { eachTooth, quantity = 1 } = line
  if (!eachTooth) return [line]
  return Array.from({ length: quantity }, (_, at) => ({
    ...line,
    quantity: 1,
    isHere: line.role === 'main' && at === 0,
  }))
}

/** Lines that the recommendation and the visit plan give now: one per visit by reporting mode, plus additional ones. */
export function proposeLines(
  { record, visits, lines: present }: CaseContents,
  { guide, facts, mode }: Documentation,
  { choice, plan }: CaseRecommendation,
  fees: ReadonlyMap<string, number>,
): LineInput[] {
  const last = visits.at(-1) ?? null
  const free = [...present]
  const lineOf = ({ code, role, quantity = 1, area = null, visit = last, isHere = true }: Proposed): LineInput => {
    const at = free.findIndex((candidate) => candidate.code === code && candidate.visitId === (visit?.id ?? null))
    const same = at < 0 ? undefined : free.splice(at, 1)[0]
    const spec = indexOf(guide).codes.get(code)
    return {
      ...(same ? { id: same.id } : {}),
      visitId: visit?.id ?? null,
      code,
      role,
      // An exam beside the film of a tooth is of the whole mouth; a second tooth has its own number.
      tooth: spec?.area === 'mouth' ? null : isHere ? record.tooth : (same?.tooth ?? null),
      area: (area ?? record.area) as LineInput['area'],
      quantity,
      feeCents: same?.feeCents ?? fees.get(code) ?? 0,
      serviceDate: visit?.doneOn ?? same?.serviceDate ?? null,
      surfaces: same?.surfaces || (spec?.surfaces ? surfacesIn(facts) : ''),
      note: same?.note ?? '',
    }
  }
  const linesOf = (role: Proposed['role']) =>
    choice.lines
      .filter((one) => one.role === role)
      .flatMap(byTooth)
      .map(lineOf)
  const mains =
    plan && visits.length > 0 && !visits.some((visit) => visit.phase === 'single')
      ? visits.flatMap((visit) => {
          const { code } = planLine(guide, plan.id, { phase: visit.phase }, mode)
          return code ? [lineOf({ code, role: 'main', visit })] : []
        })
      : linesOf('main')
  return [...mains, ...linesOf('additional')]
}
