// Commands and queries on the case and its Code step.
import { coverageOf } from '#core/case/contents.ts'
import { caseFacts } from '#core/case/case-facts.ts'
import { chooseFor } from '#core/case/recommendation.ts'
import type { VisitInput } from '#core/case/schema.ts'
import { CaseChanges, type caseRoutes } from '#core/contract/case.ts'
import type { IsoDate } from '#core/dates.ts'
import { AppError } from '#core/errors.ts'
import { indexOf, isDiagnostic, readFacts } from '#core/guide/facts.ts'
import { planVisits } from '#core/guide/visit-plan.ts'
import type { CaseId, CoverageId, LineId, PatientId, ProviderId, VisitId } from '#core/ids.ts'
import { queryTerms } from '#core/search-terms.ts'
import { ORAL_AREAS } from '#core/teeth.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { columnsOf } from '#host/kernel/columns.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import { providersById } from '#host/office/rows.ts'
import { checkActive, coveragesByPatient } from '#host/patient/rows.ts'
import { findCases } from '#host/patient/search-rows.ts'
import { addBenefitCheck, setEstimate } from './benefit-rows.ts'
import { type CaseFile, guideOf, openCase } from './case-file.ts'
import { countByProgress, countCases, pageCases } from './list-rows.ts'
import { documentationIn } from './documentation.ts'
import { finishWork, say } from './finish.ts'
import { rememberGuide, useGuide } from './guide-version.ts'
import { replaceLines, setServiceDate } from './line-rows.ts'
import { addCase, addDecision, findTwinCase, replaceVisits, setFact, setStep, updateCase } from './rows.ts'
import { checkCoverage } from './own-coverage.ts'
import { endTasks } from './tasks.ts'
import { checkTreatment } from './treatment.ts'
import { proposedLines, viewCase } from './view.ts'
import { restoreCase, voidCase } from './void.ts'

const TREATMENT_WORDS = {
  planned: 'Treatment planned',
  in_progress: 'Treatment in progress',
  done: 'Treatment done',
} as const
const CHECK_WORDS = {
  eligibility: 'Coverage verified',
  authorization_need: 'Authorization needed',
  frequency: 'Frequency limit',
  bundling: 'Bundling policy',
} as const

export const caseHandlers = {
  'case.list': async ({ db, assets }, { step, state, patientId, text, after, limit }) => {
    const terms = queryTerms(text)
    const ids = terms.length > 0 ? await findCases(db, terms) : null
    const { rows, next } = await pageCases(db, { progress: step, state, patientId, ids, after, limit })
    const counts = await countByProgress(db)
    const total = ids ? ids.length : await countCases(db, state, step)
    return { cases: rows.map((row) => ({ ...row, title: assets.guides.titleOf(row.title) })), next, counts, total }
  },
  'case.get': (context, { id }) => viewCase(context, id),
  'case.create': async (context, input) => {
    const { tx } = context
    await checkActive(tx, input.patientId)
    await checkLinks(context, input.patientId, input)
    context.assets.guides.get(input.guideId)
    const twin = await findTwinCase(tx, input)
    const id = context.newId<CaseId>()
    await addCase(tx, id, input, context)
    await say(context, { id }, { kind: 'case', text: 'Case opened' })
    context.audit({ entity: 'case', entityId: id, patientId: input.patientId, after: input })
    context.touches(id)
    const place = input.tooth ? `tooth ${input.tooth}` : 'this area'
    return {
      id,
      findings: twin
        ? [`Another open case of this patient is about ${place}. Check that it is not the same treatment.`]
        : [],
    }
  },
  'case.update': async (context, { id, version, changes, overrideReason }) => {
    const file = await openCase(context, id)
    const { tooth, area, coverageId, treatment, reportingMode } = file.record
    await checkLinks(context, file.patientId, changes)
    const begins = treatment === 'planned' && (changes.treatment ?? 'planned') !== 'planned'
    const override = begins ? await checkTreatment(context, file, overrideReason) : ''
    const columns = columnsOf(CaseChanges, changes)
    await file.write(context, ['head'], (tx) => updateCase(tx, id, version, columns, context))
    if (changes.treatment && changes.treatment !== treatment)
      await say(context, file, { kind: 'case', text: TREATMENT_WORDS[changes.treatment] })
    if (override) await say(context, file, { kind: 'case', text: override })
    await finishWork(context, file, {
      audit: {
        entity: 'case',
        entityId: id,
        before: { tooth, area, coverageId, treatment, reportingMode },
        after: changes,
        reason: override,
      },
    })
  },
  'case.visitStep': async ({ tx, audit }, { id, step }) => {
    await setStep(tx, id, step)
    audit({ entity: 'case', entityId: id, after: { step } })
  },
  'case.answer': async (context, { id, fact, value }) => {
    const file = await openCase(context, id)
    const guide = guideOf(context, file)
    if (!indexOf(guide).facts.get(fact))
      throw new AppError('INVALID_INPUT', 'This guide does not ask that question.', {
        issues: [{ path: 'fact', message: 'Unknown fact' }],
      })
    if (fact === 'tooth')
      throw new AppError('INVALID_INPUT', 'Change the tooth in the header of the case.', {
        issues: [{ path: 'fact', message: 'Set the tooth on the case' }],
      })
    const before = file.facts.find((one) => one.fact === fact)?.value ?? null
    if (value !== null) readFacts(guide, { ...caseFacts(file, guide, context.today), [fact]: value })
    await file.write(context, ['facts'], (tx) => setFact(tx, id, fact, value, context))
    await finishWork(context, file, {
      audit: { entity: 'case', entityId: id, before: { [fact]: before }, after: { [fact]: value } },
    })
    await proposePlan(context, await openCase(context, id))
    await rememberGuide(context, await openCase(context, id))
  },
  'case.useGuide': useGuide,
  'case.setVisits': async (context, { id, version, visits, overrideReason }) => {
    const file = await openCase(context, id)
    const { visits: before, lines } = file
    const { treatment: treatmentBefore } = file.record
    checkVisitDates(visits, context.today)
    const done = visits.filter((visit) => visit.doneOn !== null)
    const isNew = done.some((visit) => !before.some((one) => one.id === visit.id && one.doneOn !== null))
    const override = isNew ? await checkTreatment(context, file, overrideReason) : ''
    const treatment = done.length === 0 ? 'planned' : done.length === visits.length ? 'done' : 'in_progress'
    await file.write(context, ['head', 'visits'], async (tx) => {
      await updateCase(tx, id, version, visits.length > 0 ? { treatment } : {}, context)
      await replaceVisits(tx, id, before, visits, context.newId<VisitId>)
    })
    const { visits: kept } = await openCase(context, id)
    await file.write(context, ['lines'], async (tx) => {
      for (const line of lines) {
        const visit = kept.find((one) => one.id === line.visitId)
        if (visit && visit.doneOn !== line.serviceDate) await setServiceDate(tx, line.id, visit.doneOn)
      }
    })
    if (treatment === 'done' && treatmentBefore !== 'done')
      await say(context, file, { kind: 'case', text: 'Treatment done' })
    if (override) await say(context, file, { kind: 'case', text: override })
    await finishWork(context, file, {
      audit: { entity: 'case', entityId: id, before: { visits: before }, after: { visits }, reason: override },
    })
  },
  'case.setLines': async (context, { id, version, lines, overrideReason }) => {
    const file = await openCase(context, id)
    const { visits, lines: before } = file
    const guide = guideOf(context, file)
    const wrong = lines.flatMap((line) => wrongPlace(guide, line))
    if (wrong.length > 0) throw new AppError('REFUSED', wrong[0]!, { reasons: wrong })
    const astray = lines.find((line) => line.visitId !== null && !visits.some((visit) => visit.id === line.visitId))
    found(astray ? undefined : visits, 'visit', astray?.visitId ?? '')
    const dated = [...before.map((line) => line.serviceDate), ...visits.map((visit) => visit.doneOn)]
    const isNew = lines.some((line) => line.serviceDate !== null && !dated.includes(line.serviceDate))
    const override = isNew ? await checkTreatment(context, file, overrideReason) : ''
    await file.write(context, ['head', 'lines'], async (tx) => {
      await updateCase(tx, id, version, {}, context)
      await replaceLines(tx, id, before, lines, context.newId<LineId>)
    })
    if (override) await say(context, file, { kind: 'case', text: override })
    await finishWork(context, file, {
      audit: { entity: 'case', entityId: id, before: { lines: before }, after: { lines }, reason: override },
    })
  },
  'case.decide': async (context, { id, codes, providerId, overrideReason }) => {
    const file = await openCase(context, id)
    const documentation = documentationIn(context, file)
    const { choice } = chooseFor(file, documentation, context.today, codes)
    const recommendation = chooseFor(file, documentation, context.today)
    const proposed = await proposedLines(context, file, documentation, recommendation)
    const offered = new Set([...choice.lines, ...proposed].map((line) => line.code))
    const other = codes.filter((code) => !offered.has(code))
    const blocks = choice.findings
      .filter((finding) => finding.severity === 'block' || finding.id.startsWith('second_'))
      .map((finding) => finding.message)
    const reasons = [...other.map((code) => `${code} is not what the answers lead to.`), ...blocks]
    if (reasons.length > 0 && overrideReason === '')
      throw new AppError('REFUSED', 'Choosing differently from the recommendation needs a reason.', { reasons })
    const decision = {
      id: context.newId<string>(),
      caseId: id,
      codes,
      ruleId: choice.ruleId,
      providerId,
      overrideReason,
    }
    const takesLines = file.lines.length === 0 && other.length === 0 && proposed.length > 0
    await file.write(context, takesLines ? ['decision', 'lines'] : ['decision'], async (tx) => {
      await addDecision(tx, decision, context)
      if (takesLines) await replaceLines(tx, id, [], proposed, context.newId<LineId>)
    })
    await rememberGuide(context, await openCase(context, id))
    const verb = providerId ? 'Dentist confirmed' : 'Chosen'
    const text = `${verb}: ${codes.join(', ')}${overrideReason ? ` (${overrideReason})` : ''}`
    await finishWork(context, file, {
      event: { kind: 'code', text },
      audit: {
        entity: 'case',
        entityId: id,
        after: { codes, providerId, ruleId: choice.ruleId },
        reason: overrideReason,
      },
    })
  },
  'case.recordBenefit': async (context, { id, check }) => {
    const file = await openCase(context, id)
    checkCoverage(file, check.coverageId)
    const checkId = context.newId<string>()
    const planId = coverageOf(file, check.coverageId)?.plan.id ?? null
    await file.write(context, ['checks'], (tx) => addBenefitCheck(tx, checkId, id, planId, check, context))
    const { representative, reference } = check
    const by = `${representative ? `, ${representative}` : ''}${reference ? ` (ref. ${reference})` : ''}`
    await finishWork(context, file, {
      event: { kind: 'benefit', text: `${CHECK_WORDS[check.kind]}: ${check.answer}${by}` },
      audit: { entity: 'benefit_check', entityId: checkId, after: check },
    })
    return { id: checkId }
  },
  'case.setEstimate': async (context, { id, estimate }) => {
    const file = await openCase(context, id)
    checkCoverage(file, estimate.coverageId)
    await file.write(context, ['head'], (tx) => setEstimate(tx, id, estimate, context))
    await finishWork(context, file, { audit: { entity: 'estimate', entityId: id, after: estimate } })
  },
  'case.close': async (context, { id, version, reason }) => {
    const columns = { state: 'closed' as const, close_reason: reason, closed_at: context.now }
    await setState(context, { id, version, reason }, columns, 'Closed')
  },
  'case.reopen': async (context, { id, version, reason }) => {
    await setState(context, { id, version, reason }, { state: 'open', close_reason: '', closed_at: null }, 'Reopened')
  },
  'case.void': voidCase,
  'case.restore': async (context, { id, version }) => {
    await checkActive(context.tx, (await openCase(context, id)).patientId)
    await restoreCase(context, { id, version })
  },
} satisfies HandlersOf<keyof typeof caseRoutes>

async function setState(
  context: CommandContext,
  { id, version, reason }: { id: CaseId; version: number; reason: string },
  columns: Parameters<typeof updateCase>[3] & { state: 'open' | 'closed' },
  verb: string,
): Promise<void> {
  const file = await openCase(context, id)
  if (file.record.state === 'voided') refuse(['This case is voided. Restore it first.'])
  await file.write(context, ['head'], (tx) => updateCase(tx, id, version, columns, context))
  if (columns.state === 'closed')
    await endTasks(
      context,
      file,
      file.tasks.filter((task) => task.doneAt === null),
    )
  await finishWork(context, file, {
    event: { kind: 'case', text: `${verb}: ${reason}` },
    audit: { entity: 'case', entityId: id, after: { state: columns.state }, reason },
  })
}

function checkVisitDates(visits: readonly VisitInput[], today: IsoDate): void {
  const known = visits.map((visit) => visit.doneOn ?? visit.plannedOn).filter((date) => date !== null)
  if (known.some((date, index) => index > 0 && date < known[index - 1]!))
    throw new AppError('REFUSED', 'The visits are not in the order of their dates. Check the dates.', {
      reasons: ['date order'],
    })
  if (visits.some((visit) => visit.doneOn !== null && visit.doneOn > today))
    throw new AppError('REFUSED', 'A visit that is done cannot be in the future. Enter it as planned.', {
      reasons: ['future'],
    })
}

/** The coverage must be this patient's, and the dentist one of the office. @throws NOT_FOUND */
async function checkLinks(
  { tx }: CommandContext,
  patientId: PatientId,
  links: { coverageId?: CoverageId | null | undefined; providerId?: ProviderId | null | undefined },
): Promise<void> {
  const { coverageId, providerId } = links
  if (coverageId) {
    const theirs = (await coveragesByPatient(tx, [patientId])).get(patientId)!
    const own = theirs.find(({ coverage }) => coverage.id === coverageId)
    found(own, 'coverage', coverageId)
  }
  if (providerId) found((await providersById(tx, [providerId])).get(providerId), 'provider', providerId)
}

/** As soon as the answers lead to a treatment in phases, its visits are proposed, undated. */
async function proposePlan(context: CommandContext, file: CaseFile): Promise<void> {
  if (file.visits.length > 0) return
  const documentation = documentationIn(context, file)
  const { guide, facts, mode } = documentation
  const { plan } = chooseFor(file, documentation, context.today)
  if (!plan || facts['phase'] === 'single') return
  const visits = planVisits(guide, plan.id, mode).map(({ phase }) => ({ phase, plannedOn: null, doneOn: null }))
  await file.write(context, ['visits'], (tx) => replaceVisits(tx, file.id, [], visits, context.newId<VisitId>))
}

/** A code on a place where it cannot be: wrong dentition or class, or no tooth where one is needed. */
function wrongPlace(
  guide: Parameters<typeof indexOf>[0],
  line: { code: string; tooth: string | null; area: keyof typeof ORAL_AREAS | null },
): string[] {
  const code = indexOf(guide).codes.get(line.code)
  if (!code) return []
  // Films of one day may stand in one line, of several teeth or of none.
  if (code.area === 'tooth' && line.tooth === null && !isDiagnostic(code)) return [`${line.code} needs a tooth number.`]
  if (code.area === 'quadrant' && line.area === null) return [`${line.code} needs a quadrant.`]
  if (line.tooth === null) return []
  const { facts } = readFacts(guide, { tooth: line.tooth })
  const dentition = facts['dentition']
  const toothClass = facts['tooth_class']
  if (code.teeth.dentition !== 'any' && dentition !== undefined && dentition !== code.teeth.dentition)
    return [`${line.code} is for ${code.teeth.dentition} teeth; tooth ${line.tooth} is not one.`]
  if (code.teeth.classes && !code.teeth.classes.some((one) => one === toothClass))
    return [`${line.code} is for ${code.teeth.classes.join(' or ')} teeth; tooth ${line.tooth} is not one.`]
  return []
}
