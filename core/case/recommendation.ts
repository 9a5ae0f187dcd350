// What the guide recommends for a case, and the lines to report that follow from it.
import type { IsoDate } from '../dates.ts'
import { choose } from '../guide/choose.ts'
import { findExceeded } from '../guide/frequency.ts'
import { findPlanOf, planLine } from '../guide/visit-plan.ts'
import type { Choice, VisitPlan } from '../guide/schema.ts'
import { findConflicts } from '../guide/validators.ts'
import type { CaseContents } from './contents.ts'
import type { Documentation } from './documentation.ts'
import type { LineInput, Visit } from './schema.ts'

export interface CaseRecommendation {
  choice: Choice
  plan: VisitPlan | undefined
}

/**
 * The recommendation for a case as it stands, with conflicts and limits against everything known of the patient.
 * @param planned codes about to be chosen: judged with the rest
 */
export function chooseFor(
  { record, lines, visits, history }: CaseContents,
  { guide, facts, mode }: Documentation,
  today: IsoDate,
  planned: readonly string[] = [],
): CaseRecommendation {
  const serviceDate =
    visits.find((visit) => visit.doneOn)?.doneOn ?? visits.find((visit) => visit.plannedOn)?.plannedOn ?? today
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
  const known = new Set(choice.findings.map((finding) => finding.id))
  const said = new Set(guide.frequency.flatMap(({ id, validator }) => (validator ? `frequency_${id}` : [])))
  const exceeded = findExceeded(
    guide,
    reported.map((line) => ({ ...line, serviceDate: line.serviceDate ?? serviceDate })),
    past,
  ).filter((finding) => !said.has(finding.id))
  const found = [...findConflicts(guide, reported, past), ...exceeded].filter((finding) => !known.has(finding.id))
  // What the last visit will report names the plan, also while earlier visits report nothing.
  const finished =
    guide.visitPlans.length > 0
      ? choose(guide, { facts: { ...facts, phase: 'final' }, serviceDate, reportingMode: mode })
      : choice
  const last = finished.lines.find((line) => line.role === 'main')
  const plan = last && findPlanOf(guide, last.code)
  return { choice: { ...choice, findings: [...choice.findings, ...found] }, plan }
}

type Proposed = Pick<LineInput, 'code' | 'role'> & {
  quantity?: number
  area?: string | null | undefined
  visit?: Visit | null
}
/** Lines that the recommendation and the visit plan give now: one per visit by reporting mode, plus additional ones. */
export function proposeLines(
  { record, visits, lines: present }: CaseContents,
  { guide, mode }: Documentation,
  { choice, plan }: CaseRecommendation,
  fees: ReadonlyMap<string, number>,
): LineInput[] {
  const last = visits.at(-1) ?? null
  const lineOf = ({ code, role, quantity = 1, area = null, visit = last }: Proposed): LineInput => {
    const same = present.find((candidate) => candidate.code === code && candidate.visitId === (visit?.id ?? null))
    return {
      ...(same ? { id: same.id } : {}),
      visitId: visit?.id ?? null,
      code,
      role,
      tooth: record.tooth,
      area: (area ?? record.area) as LineInput['area'],
      quantity,
      feeCents: same?.feeCents ?? fees.get(code) ?? 0,
      serviceDate: visit?.doneOn ?? same?.serviceDate ?? null,
      surfaces: same?.surfaces ?? '',
      note: same?.note ?? '',
    }
  }
  const mains =
    plan && visits.length > 0 && !visits.some((visit) => visit.phase === 'single')
      ? visits.flatMap((visit) => {
          const { code } = planLine(guide, plan.id, { phase: visit.phase }, mode)
          return code ? [lineOf({ code, role: 'main', visit })] : []
        })
      : choice.lines.filter((one) => one.role === 'main').map(lineOf)
  return [...mains, ...choice.lines.filter((one) => one.role === 'additional').map(lineOf)]
}
