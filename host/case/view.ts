// One case as the wizard shows it: header, Code step, side column.
import type { CaseView } from '#core/contract/case.ts'
import type { Line, LineInput, Step, Visit } from '#core/case/schema.ts'
import { statusOf, stepsOf } from '#core/case/steps.ts'
import { choose } from '#core/guide/choose.ts'
import { findExceeded } from '#core/guide/frequency.ts'
import { planLine, findPlanOf } from '#core/guide/plan.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { Choice, Guide, VisitPlan } from '#core/guide/schema.ts'
import { findConflicts } from '#core/guide/validators.ts'
import type { IsoDate } from '#core/dates.ts'
import type { CaseId } from '#core/ids.ts'
import { findEstimate } from './benefit-rows.ts'
import { type CaseRecord, getCase, lastFees, listFacts } from './rows.ts'
import { getPatient, listCoverages } from '#host/patient/rows.ts'
import { listEvents } from './task-rows.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { loadDecisions, moneyOf } from '#host/remittance/decisions.ts'
import { type Documentation, loadDocumentation } from './documentation.ts'
import { earlierAnswers } from './payer-answers.ts'
import { type DeriveContext, loadSnapshot } from './refresh.ts'

type Db = Reader | Writer

/**
 * The recommendation for a case as it stands, with conflicts and limits against everything known of the patient.
 * @param planned codes about to be chosen: judged with the rest
 */
export function chooseFor(
  record: Pick<CaseRecord, 'tooth' | 'area' | 'provider_id'>,
  { guide, facts, mode, lines, visits, history }: Documentation,
  today: IsoDate,
  planned: readonly string[] = [],
): { choice: Choice; plan: VisitPlan | undefined } {
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
  ].map((line) => ({ ...line, status: 'planned' as const, providerId: record.provider_id }))
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

/** Lines that the recommendation and the visit plan give now: one per visit by reporting mode, plus additional ones. */
export function proposeLines(
  guide: Guide,
  choice: Choice,
  plan: VisitPlan | undefined,
  record: Pick<CaseRecord, 'tooth' | 'area'>,
  visits: readonly Visit[],
  mode: 'phased' | 'final_only',
  fees: ReadonlyMap<string, number>,
  present: readonly Line[],
): LineInput[] {
  const line = (
    code: string,
    role: 'main' | 'additional',
    visit: Visit | null,
    quantity = 1,
    area: string | null = record.area,
  ): LineInput => {
    const same = present.find((candidate) => candidate.code === code && candidate.visitId === (visit?.id ?? null))
    return {
      ...(same ? { id: same.id } : {}),
      visitId: visit?.id ?? null,
      code,
      role,
      tooth: record.tooth,
      area: area as LineInput['area'],
      quantity,
      feeCents: same?.feeCents ?? fees.get(code) ?? 0,
      serviceDate: visit?.doneOn ?? same?.serviceDate ?? null,
      surfaces: same?.surfaces ?? '',
      note: same?.note ?? '',
    }
  }
  const last = visits.at(-1) ?? null
  const mains =
    plan && visits.length > 0 && !visits.some((visit) => visit.phase === 'single')
      ? visits.flatMap((visit) => {
          const { code } = planLine(guide, plan.id, { phase: visit.phase }, mode)
          return code ? [line(code, 'main', visit)] : []
        })
      : choice.lines
          .filter((one) => one.role === 'main')
          .map((one) => line(one.code, 'main', last, one.quantity, one.area ?? record.area))
  return [
    ...mains,
    ...choice.lines
      .filter((one) => one.role === 'additional')
      .map((one) => line(one.code, 'additional', last, one.quantity, one.area ?? record.area)),
  ]
}

/** The whole view of one case. */
export async function viewCase(db: Db, id: CaseId, context: DeriveContext): Promise<CaseView> {
  const record = await getCase(db, id)
  const documentation = await loadDocumentation(db, record, context)
  const { guide, facts, mode, visits, lines, decision } = documentation
  const { choice, plan } = chooseFor(record, documentation, context.today)
  const patient = await getPatient(db, record.patient_id)
  const decided = await loadDecisions(db, context.assets.reasons, record)
  const snapshot = await loadSnapshot(db, record, documentation, decided)
  const stated = await listFacts(db, id)
  const proposedCodes = [...choice.lines.map((line) => line.code), ...(plan?.phases ?? []).map((phase) => phase.code)]
  const fees = await lastFees(db, proposedCodes)
  const provider = record.provider_id
    ? await db
        .selectFrom('provider')
        .select(['id', 'first_name', 'last_name'])
        .where('id', '=', record.provider_id)
        .executeTakeFirst()
    : undefined
  const people = await db.selectFrom('app_user').select(['id', 'name']).execute()
  const nameOf = (userId: string | null) => people.find((person) => person.id === userId)?.name ?? ''
  const estimate = await findEstimate(db, id)
  const decidedFamily = decision ? new Set(decision.codes) : null
  const proposedLines = proposeLines(guide, choice, plan, record, visits, mode, fees, lines)
  const recommended = [...choice.lines, ...proposedLines].map((line) => line.code)
  return {
    id,
    version: record.version,
    guideId: guide.id,
    guideTitle: guide.title,
    title: titleOfCase(guide, [
      ...choice.lines.map((line) => line.code),
      ...(decision?.codes ?? []),
      ...(plan?.phases ?? []).map((phase) => phase.code),
    ]),
    tooth: record.tooth,
    area: record.area,
    treatment: record.treatment,
    state: record.state,
    closeReason: record.close_reason,
    status: statusOf(snapshot, context.today),
    step: record.step as Step,
    steps: stepsOf(snapshot, context.today),
    patient,
    coverages: await listCoverages(db, { patientId: record.patient_id }),
    coverageId: record.coverage_id,
    provider: provider ? { id: provider.id, name: `Dr. ${provider.first_name} ${provider.last_name}` } : null,
    assignee: record.assignee_id ? { id: record.assignee_id, name: nameOf(record.assignee_id) } : null,
    reportingMode: mode,
    reportingBasis: documentation.basis,
    facts: stated,
    choice,
    questions: nextQuestions(guide, facts, context.today),
    decision: decision
      ? {
          codes: decision.codes,
          ruleId: decision.ruleId,
          confirmedBy: decision.provider,
          recordedBy: decision.recordedBy,
          recordedAt: decision.recordedAt,
          overrideReason: decision.overrideReason,
          outdated:
            decision.overrideReason === '' &&
            recommended.length > 0 &&
            !recommended.some((code) => decidedFamily!.has(code)),
        }
      : null,
    visits,
    lines,
    proposedLines,
    benefitChecks: documentation.checks,
    earlierChecks: await earlierAnswers(db, record, documentation.codes),
    estimate: estimate ? { ...estimate, source: estimate.source ?? '' } : null,
    money: await moneyOf(db, record, lines, estimate?.expectedPlanCents ?? null, decided),
    timeline: await listEvents(db, id),
    createdAt: record.created_at,
    updatedBy: nameOf(record.updated_by),
    updatedAt: record.updated_at,
  }
}

/** `Apexification (D3353)` where a visit plan names it, else the code's own label. */
function titleOfCase(guide: Guide, codes: readonly string[]): string {
  const code = codes[0]
  if (!code) return guide.title
  const plan = findPlanOf(guide, code)
  const label = guide.codes.find((candidate) => candidate.code === code)?.label
  return plan?.title ?? (label ? `${label} (${code})` : code)
}
