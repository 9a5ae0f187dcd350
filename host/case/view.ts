// One case as the wizard shows it: header, Code step, side column.
import { clocksOf } from '#core/case/clocks.ts'
import { decisionsOf, moneyOf } from '#core/case/decisions.ts'
import type { Documentation } from '#core/case/documentation.ts'
import { nextOf } from '#core/case/next.ts'
import { chooseFor, dayOf, proposeLines, type CaseRecommendation } from '#core/case/recommendation.ts'
import type { LineInput } from '#core/case/schema.ts'
import { snapshotOf } from '#core/case/snapshot.ts'
import { statusOf, stepsOf } from '#core/case/steps.ts'
import { editionFinding } from '#core/codes/edition.ts'
import type { CaseView } from '#core/contract/case.ts'
import { findPlanOf } from '#core/guide/visit-plan.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { type IsoDate, latestOf } from '#core/dates.ts'
import type { Guide } from '#core/guide/schema.ts'
import type { CaseId } from '#core/ids.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'
import { type CaseFile, openCase } from './case-file.ts'
import { documentationIn } from './documentation.ts'
import { guideChangeOf } from './guide-version.ts'
import { earlierAnswers } from './payer-answers.ts'
import { lastFees } from './line-rows.ts'
import { officeFees } from '#host/office/fee-schedule-rows.ts'
import { listEvents } from './task-rows.ts'

/** Lines to report by the recommendation; a line that is new has the office's own fee of the day, else the one last used for its code. */
export async function proposedLines(
  { db, today }: Pick<QueryContext, 'db' | 'today'>,
  file: CaseFile,
  documentation: Documentation,
  recommendation: CaseRecommendation,
): Promise<LineInput[]> {
  const propose = (fees: ReadonlyMap<string, number>) => proposeLines(file, documentation, recommendation, fees)
  const isNew = (line: LineInput) => line.id === undefined
  const codes = new Set(
    propose(new Map())
      .filter(isNew)
      .map((line) => line.code),
  )
  if (codes.size === 0) return propose(new Map())
  const [day] = serviceOf(file, today)
  return propose(new Map([...(await lastFees(db, codes)), ...(await officeFees(db, codes, day))]))
}

/** The day from which the guide measures: that of the first service with a date, else today; and whether there is one. */
function serviceOf({ lines }: CaseFile, today: IsoDate): [on: IsoDate, isDone: boolean] {
  const [first] = lines.flatMap((line) => (line.role === 'main' ? (line.serviceDate ?? []) : [])).sort()
  return [first ?? today, first !== undefined]
}

/** The whole view of one case. */
export async function viewCase(context: QueryContext, id: CaseId): Promise<CaseView> {
  const { db, today, assets } = context
  const file = await openCase(context, id)
  const { record, decision, provider, estimate } = file
  const documentation = documentationIn(context, file)
  const { guide, facts, mode, basis, codes } = documentation
  const recommendation = chooseFor(file, documentation, today)
  const { choice, plan } = recommendation
  // The last visit may lie in another edition of the code set than the first.
  const days = file.visits.flatMap(({ doneOn, plannedOn }) => doneOn ?? plannedOn ?? [])
  const edition = editionFinding(assets, latestOf([...days, dayOf(file, today)])!)
  const decided = decisionsOf(file, assets.reasons)
  const { holidays } = await readSettings(context)
  const snapshot = snapshotOf(file, documentation, decided, holidays)
  const status = statusOf(snapshot, today)
  const questions = nextQuestions(guide, facts, dayOf(file, today), serviceOf(file, today)[1])
  const proposed = await proposedLines(context, file, documentation, recommendation)
  const recommended = [...choice.lines, ...proposed].map((line) => line.code)
  return {
    id,
    version: record.version,
    guideId: guide.id,
    guideTitle: guide.title,
    guideChange: guideChangeOf(context, file),
    title: titleOfCase(guide, [
      ...choice.lines.map((line) => line.code),
      ...(decision?.codes ?? []),
      ...(plan?.phases ?? []).map((phase) => phase.code),
    ]),
    tooth: record.tooth,
    area: record.area,
    treatment: record.treatment,
    state: record.state,
    closeReason: record.closeReason,
    voidReason: record.voidReason,
    status,
    next: nextOf(clocksOf(snapshot), today, holidays, { status, hasQuestions: questions.length > 0 }),
    step: record.step,
    steps: stepsOf(snapshot, today),
    patient: file.patient,
    coverages: file.coverages.filter((one) => !one.isRemoved).map((one) => one.coverage),
    coverageId: record.coverageId,
    provider: provider && { id: provider.id, name: `Dr. ${provider.firstName} ${provider.lastName}` },
    assignee: record.assigneeId && { id: record.assigneeId, name: record.assigneeName ?? '' },
    reportingMode: mode,
    reportingBasis: basis,
    facts: [...file.facts],
    choice: edition ? { ...choice, findings: [...choice.findings, edition] } : choice,
    questions,
    decision: decision && {
      ...decision,
      outdated:
        decision.overrideReason === '' &&
        recommended.length > 0 &&
        !recommended.some((code) => decision.codes.includes(code)),
    },
    visits: [...file.visits],
    lines: [...file.lines],
    proposedLines: proposed,
    benefitChecks: [...file.checks],
    earlierChecks: await earlierAnswers(context, file, record.coverageId, codes),
    estimate: estimate && { ...estimate, source: estimate.source ?? '' },
    money: moneyOf(file, decided),
    timeline: await listEvents(db, id),
    createdAt: record.createdAt,
    updatedBy: record.updatedByName ?? '',
    updatedAt: record.updatedAt,
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
