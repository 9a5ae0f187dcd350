// One case as the wizard shows it: header, Code step, side column.
import { approvedAmounts } from '#core/authorization/approved-amounts.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { Line, LineInput, Step, Visit } from '#core/case/schema.ts'
import { caseMoney } from '#core/case/money.ts'
import { statusOf, stepsOf } from '#core/case/steps.ts'
import { choose } from '#core/guide/choose.ts'
import { findExceeded } from '#core/guide/frequency.ts'
import { planLine, findPlanOf } from '#core/guide/plan.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { Choice, Guide, VisitPlan } from '#core/guide/schema.ts'
import { findConflicts } from '#core/guide/validators.ts'
import type { IsoDate } from '#core/dates.ts'
import type { CaseId } from '#core/ids.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import { sumCents } from '#core/money.ts'
import { listAuthorizations } from '#db/repos/authorization.ts'
import { findEstimate } from '#db/repos/benefit.ts'
import { type CaseRecord, getCase, lastFees, listFacts } from '#db/repos/case.ts'
import { getPatient, listCoverages } from '#db/repos/patient.ts'
import { listEvents } from '#db/repos/task.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { type Documentation, loadDocumentation } from './documentation.ts'
import { earlierAnswers } from './payer-answers.ts'
import { loadReasons } from './reasons.ts'
import { type DeriveContext, loadSnapshot } from './refresh.ts'
import { listViews } from './remittances.ts'

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
  const snapshot = await loadSnapshot(db, record, documentation)
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
    money: await moneyOf(db, record, lines, estimate?.expectedPlanCents ?? null, context.assetsDir),
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

/**
 * The oldest EOB first. A reversal, and what its payment says after it, never stands before what was entered before it,
 * whatever the dates of the payments: else the shares it takes back would stay.
 */
function inOrder(remittances: readonly Remittance[]): Remittance[] {
  const dated: { one: Remittance; day: IsoDate }[] = []
  for (const one of [...remittances].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const after = dated.filter(({ one: earlier }) =>
      one.outcome === 'reversed'
        ? earlier.claimId === one.claimId
        : earlier.outcome === 'reversed' &&
          earlier.eobDate === one.eobDate &&
          earlier.paymentNumber === one.paymentNumber,
    )
    dated.push({ one, day: [one.eobDate, ...after.map(({ day }) => day)].sort().at(-1)! })
  }
  // Stable: of one day what was entered first comes first.
  return dated.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)).map(({ one }) => one)
}

async function moneyOf(
  db: Db,
  { id: caseId, coverage_id: coverageId }: CaseRecord,
  lines: readonly Line[],
  estimatedPlanCents: number | null,
  assetsDir: string,
): Promise<CaseView['money']> {
  const decisions = inOrder(await listViews(db, loadReasons(assetsDir), caseId))
  const claims = await db
    .selectFrom('claim as k')
    .leftJoin('expectation as x', 'x.claim_id', 'k.id')
    .select(['k.id', 'k.coverage_id', 'k.replaces_id', 'k.frequency', 'k.state', 'k.total_cents', 'x.plan_cents'])
    .where('k.case_id', '=', caseId)
    .execute()
  const feeCents = sumCents(lines.map((line) => line.feeCents * line.quantity))
  const replacedClaimIds = claims.flatMap((claim) =>
    claim.replaces_id && !['draft', 'rejected', 'void'].includes(claim.state) ? claim.replaces_id : [],
  )
  // What was kept for the claims is what their EOBs are measured by: the estimate from before gives way to it.
  const own = claims.filter(
    ({ id, coverage_id: plan, state, frequency }) =>
      plan === coverageId &&
      frequency !== 'void' &&
      state !== 'draft' &&
      state !== 'void' &&
      !replacedClaimIds.includes(id),
  )
  const isBilled = own.length > 0 && sumCents(own.map((claim) => claim.total_cents)) === feeCents
  const kept = own.flatMap((claim) => claim.plan_cents ?? [])
  // Until an EOB comes, what the plan approved says more than what was computed from its percentages.
  const requests = (await listAuthorizations(db, { caseId })).filter((one) => one.coverageId === coverageId)
  const approved = decisions.length === 0 ? approvedAmounts(lines, requests) : null
  const computed = isBilled && kept.length === own.length ? sumCents(kept) : estimatedPlanCents
  return caseMoney({
    feeCents,
    expectedPlanCents: approved?.planCents ?? computed,
    expectedPatientCents: approved?.patientCents ?? null,
    decisions: decisions.map(({ claimId, adjustments, lines: decided }) => ({
      claimId,
      adjustments,
      coverageId: claims.find((claim) => claim.id === claimId)?.coverage_id ?? null,
      lines: decided,
    })),
    replacedClaimIds,
  })
}
