// Commands and queries on the case and its Code step.
import type { caseRoutes } from '#core/contract/case.ts'
import { AppError } from '#core/errors.ts'
import { indexOf, readFacts } from '#core/guide/facts.ts'
import { planVisits } from '#core/guide/plan.ts'
import { ORAL_AREAS } from '#core/teeth.ts'
import type { CaseId, CoverageId, LineId, PatientId, ProviderId, VisitId } from '#core/ids.ts'
import { addBenefitCheck, setEstimate } from './benefit-rows.ts'
import {
  addCase,
  addDecision,
  countByProgress,
  countCases,
  getCase,
  listFacts,
  listLines,
  listVisits,
  pageCases,
  replaceLines,
  replaceVisits,
  setFact,
  updateCase,
} from './rows.ts'
import { findProvider } from '#host/office/rows.ts'
import { getPatient, listCoverages } from '#host/patient/rows.ts'
import { findEntities, queryTerms } from '#host/patient/search-rows.ts'
import { addEvent } from './task-rows.ts'
import { found } from '#host/kernel/versioned.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { chooseFor, viewCase } from './view.ts'
import { factsOf } from './facts.ts'
import { loadDocumentation } from './documentation.ts'
import { refreshCase } from './refresh.ts'
import { checkTreatment } from './treatment.ts'

export const caseHandlers = {
  'case.list': async (context, { step, state, patientId, text, after, limit }) => {
    const { db } = context
    const terms = queryTerms(text)
    let ids: CaseId[] | null = null
    if (terms.length > 0) {
      const hits = await findEntities(db, terms, 200)
      const patients = hits.filter((hit) => hit.kind === 'patient').map((hit) => hit.patientId)
      const theirs =
        patients.length > 0
          ? await db.selectFrom('case_file').select('id').where('patient_id', 'in', patients).limit(200).execute()
          : []
      ids = [
        ...new Set([
          ...hits.filter((hit) => hit.kind === 'case').map((hit) => hit.entityId as CaseId),
          ...theirs.map((row) => row.id),
        ]),
      ]
    }
    const { rows, next } = await pageCases(db, { progress: step, state, patientId, ids, after, limit })
    const counts = await countByProgress(db)
    const total = ids ? ids.length : await countCases(db, state, step)
    return {
      cases: rows.map((row) => ({ ...row, title: context.assets.guides.titleOf(row.title) })),
      next,
      counts,
      total,
    }
  },
  'case.get': (context, { id }) => viewCase(context.db, id, context),
  'case.create': async (context, input) => {
    const { tx } = context
    await getPatient(tx, input.patientId)
    await checkLinks(context, input.patientId, input)
    context.assets.guides.get(input.guideId)
    const twin = await tx
      .selectFrom('case_file')
      .select('id')
      .where('patient_id', '=', input.patientId)
      .where('guide_id', '=', input.guideId)
      .where('tooth', input.tooth === null ? 'is' : '=', input.tooth)
      .where('state', '=', 'open')
      .executeTakeFirst()
    const id = context.newId<CaseId>()
    await addCase(tx, id, input, context)
    await say(context, id, 'case', 'Case opened')
    context.audit({ entity: 'case', entityId: id, patientId: input.patientId, after: input })
    await refreshCase(context, id)
    const place = input.tooth ? `tooth ${input.tooth}` : 'this area'
    return {
      id,
      findings: twin
        ? [`Another open case of this patient concerns ${place}. Check that it is not the same treatment.`]
        : [],
    }
  },
  'case.update': async (context, { id, version, changes, overrideReason }) => {
    const before = await getCase(context.tx, id)
    await checkLinks(context, before.patient_id, changes)
    const begins = before.treatment === 'planned' && (changes.treatment ?? 'planned') !== 'planned'
    const override = begins ? await checkTreatment(context, before, overrideReason) : ''
    await updateCase(
      context.tx,
      id,
      version,
      {
        ...(changes.tooth !== undefined && { tooth: changes.tooth }),
        ...(changes.area !== undefined && { area: changes.area }),
        ...(changes.coverageId !== undefined && { coverage_id: changes.coverageId }),
        ...(changes.providerId !== undefined && { provider_id: changes.providerId }),
        ...(changes.assigneeId !== undefined && { assignee_id: changes.assigneeId }),
        ...(changes.treatment !== undefined && { treatment: changes.treatment }),
        ...(changes.reportingMode !== undefined && { reporting_mode: changes.reportingMode }),
      },
      context,
    )
    if (changes.treatment && changes.treatment !== before.treatment)
      await say(
        context,
        id,
        'case',
        { planned: 'Treatment planned', in_progress: 'Treatment in progress', done: 'Treatment done' }[
          changes.treatment
        ],
      )
    if (override) await say(context, id, 'case', override)
    context.audit({
      entity: 'case',
      entityId: id,
      patientId: before.patient_id,
      before: {
        tooth: before.tooth,
        area: before.area,
        coverageId: before.coverage_id,
        treatment: before.treatment,
        reportingMode: before.reporting_mode,
      },
      after: changes,
      reason: override,
    })
    await refreshCase(context, id)
    return {}
  },
  'case.visitStep': async ({ tx, audit }, { id, step }) => {
    await tx.updateTable('case_file').set({ step }).where('id', '=', id).execute()
    audit({ entity: 'case', entityId: id, after: { step } })
    return {}
  },
  'case.answer': async (context, { id, fact, value }) => {
    const { tx } = context
    const record = await getCase(tx, id)
    const guide = context.assets.guides.get(record.guide_id)
    const spec = indexOf(guide).facts.get(fact)
    if (!spec)
      throw new AppError('INVALID_INPUT', 'This guide does not ask that question.', {
        issues: [{ path: 'fact', message: 'Unknown fact' }],
      })
    if (fact === 'tooth')
      throw new AppError('INVALID_INPUT', 'Change the tooth in the header of the case.', {
        issues: [{ path: 'fact', message: 'Set the tooth on the case' }],
      })
    const before = (await listFacts(tx, id)).find((one) => one.fact === fact)?.value ?? null
    if (value !== null) readFacts(guide, { ...(await factsOf(tx, record, guide, context.today)), [fact]: value })
    await setFact(tx, id, fact, value, context)
    context.audit({
      entity: 'case',
      entityId: id,
      patientId: record.patient_id,
      before: { [fact]: before },
      after: { [fact]: value },
    })
    await proposePlan(context, id)
    await refreshCase(context, id)
    return {}
  },
  'case.setVisits': async (context, { id, version, visits, overrideReason }) => {
    const before = await listVisits(context.tx, id)
    const dates = visits.map((visit) => visit.doneOn ?? visit.plannedOn)
    const known = dates.filter((date) => date !== null)
    if (known.some((date, index) => index > 0 && date < known[index - 1]!))
      throw new AppError('REFUSED', 'The visits are not in the order of their dates. Check the dates.', {
        reasons: ['date order'],
      })
    if (visits.some((visit) => visit.doneOn !== null && visit.doneOn > context.today))
      throw new AppError('REFUSED', 'A visit that is done cannot lie in the future. Enter it as planned.', {
        reasons: ['future'],
      })
    const record = await getCase(context.tx, id)
    const done = visits.filter((visit) => visit.doneOn !== null)
    const isNew = done.some((visit) => !before.some((one) => one.id === visit.id && one.doneOn !== null))
    const override = isNew ? await checkTreatment(context, record, overrideReason) : ''
    const treatment = done.length === 0 ? 'planned' : done.length === visits.length ? 'done' : 'in_progress'
    await updateCase(context.tx, id, version, visits.length > 0 ? { treatment } : {}, context)
    await replaceVisits(context.tx, id, visits, context.newId<VisitId>)
    for (const line of await listLines(context.tx, id)) {
      const visit = (await listVisits(context.tx, id)).find((one) => one.id === line.visitId)
      if (visit && visit.doneOn !== line.serviceDate)
        await context.tx
          .updateTable('procedure_line')
          .set({ service_date: visit.doneOn })
          .where('id', '=', line.id)
          .execute()
    }
    if (treatment === 'done' && record.treatment !== 'done') await say(context, id, 'case', 'Treatment done')
    if (override) await say(context, id, 'case', override)
    context.audit({
      entity: 'case',
      entityId: id,
      patientId: record.patient_id,
      before: { visits: before },
      after: { visits },
      reason: override,
    })
    await refreshCase(context, id)
    return {}
  },
  'case.setLines': async (context, { id, version, lines, overrideReason }) => {
    const record = await getCase(context.tx, id)
    const guide = context.assets.guides.get(record.guide_id)
    const wrong = lines.flatMap((line) => wrongPlace(guide, line))
    if (wrong.length > 0) throw new AppError('REFUSED', wrong[0]!, { reasons: wrong })
    const visits = await listVisits(context.tx, id)
    const astray = lines.find((line) => line.visitId !== null && !visits.some((visit) => visit.id === line.visitId))
    found(astray ? undefined : visits, 'visit', astray?.visitId ?? '')
    const before = await listLines(context.tx, id)
    const dated = [...before.map((line) => line.serviceDate), ...visits.map((visit) => visit.doneOn)]
    const isNew = lines.some((line) => line.serviceDate !== null && !dated.includes(line.serviceDate))
    const override = isNew ? await checkTreatment(context, record, overrideReason) : ''
    await updateCase(context.tx, id, version, {}, context)
    if (override) await say(context, id, 'case', override)
    await replaceLines(context.tx, id, lines, context.newId<LineId>)
    context.audit({
      entity: 'case',
      entityId: id,
      patientId: record.patient_id,
      before: { lines: before },
      after: { lines },
      reason: override,
    })
    await refreshCase(context, id)
    return {}
  },
  'case.decide': async (context, { id, codes, providerId, overrideReason }) => {
    const { tx } = context
    const record = await getCase(tx, id)
    const { choice } = chooseFor(record, await loadDocumentation(tx, record, context), context.today, codes)
    const view = await viewCase(tx, id, context)
    const offered = new Set([...choice.lines, ...view.proposedLines].map((line) => line.code))
    const other = codes.filter((code) => !offered.has(code))
    const blocks = choice.findings
      .filter((finding) => finding.severity === 'block' || finding.id.startsWith('second_'))
      .map((finding) => finding.message)
    const reasons = [...other.map((code) => `${code} is not what the answers lead to.`), ...blocks]
    if (reasons.length > 0 && overrideReason === '')
      throw new AppError('REFUSED', 'Choosing differently from the recommendation needs a reason.', { reasons })
    await addDecision(
      tx,
      { id: context.newId<string>(), caseId: id, codes, ruleId: choice.ruleId, providerId, overrideReason },
      context,
    )
    if (view.lines.length === 0 && other.length === 0 && view.proposedLines.length > 0)
      await replaceLines(tx, id, view.proposedLines, context.newId<LineId>)
    await say(
      context,
      id,
      'code',
      `${providerId ? 'Dentist confirmed' : 'Chosen'}: ${codes.join(', ')}${overrideReason ? ` (${overrideReason})` : ''}`,
    )
    context.audit({
      entity: 'case',
      entityId: id,
      patientId: record.patient_id,
      after: { codes, providerId, ruleId: choice.ruleId },
      reason: overrideReason,
    })
    await refreshCase(context, id)
    return {}
  },
  'case.recordBenefit': async (context, { id, check }) => {
    const { tx } = context
    const record = await getCase(tx, id)
    const coverage = check.coverageId
      ? await tx.selectFrom('coverage').select('plan_id').where('id', '=', check.coverageId).executeTakeFirst()
      : undefined
    const checkId = context.newId<string>()
    await addBenefitCheck(tx, checkId, id, coverage?.plan_id ?? null, check, context)
    const words = {
      eligibility: 'Coverage verified',
      authorization_need: 'Authorization needed',
      frequency: 'Frequency limit',
      bundling: 'Bundling policy',
    }
    await say(
      context,
      id,
      'benefit',
      `${words[check.kind]}: ${check.answer}${check.representative ? `, ${check.representative}` : ''}${check.reference ? ` (ref. ${check.reference})` : ''}`,
    )
    context.audit({ entity: 'benefit_check', entityId: checkId, patientId: record.patient_id, after: check })
    await refreshCase(context, id)
    return { id: checkId }
  },
  'case.setEstimate': async (context, { id, estimate }) => {
    const record = await getCase(context.tx, id)
    await setEstimate(context.tx, id, estimate, context)
    context.audit({ entity: 'estimate', entityId: id, patientId: record.patient_id, after: estimate })
    await refreshCase(context, id)
    return {}
  },
  'case.close': async (context, { id, version, reason }) => {
    await updateCase(
      context.tx,
      id,
      version,
      { state: 'closed', close_reason: reason, closed_at: context.now },
      context,
    )
    await say(context, id, 'case', `Closed: ${reason}`)
    context.audit({ entity: 'case', entityId: id, after: { state: 'closed' }, reason })
    await refreshCase(context, id)
    return {}
  },
  'case.reopen': async (context, { id, version, reason }) => {
    await updateCase(context.tx, id, version, { state: 'open', close_reason: '', closed_at: null }, context)
    await say(context, id, 'case', `Reopened: ${reason}`)
    context.audit({ entity: 'case', entityId: id, after: { state: 'open' }, reason })
    await refreshCase(context, id)
    return {}
  },
} satisfies HandlersOf<keyof typeof caseRoutes>

/** The coverage must be this patient's, and the dentist one of the office. @throws NOT_FOUND */
async function checkLinks(
  { tx }: CommandContext,
  patientId: PatientId,
  links: { coverageId?: CoverageId | null | undefined; providerId?: ProviderId | null | undefined },
): Promise<void> {
  if (links.coverageId) {
    const coverage = (await listCoverages(tx, { id: links.coverageId }))[0]
    found(coverage?.patientId === patientId ? coverage : undefined, 'coverage', links.coverageId)
  }
  if (links.providerId) found(await findProvider(tx, links.providerId), 'provider', links.providerId)
}

/** As soon as the answers lead to a treatment in phases, its visits are proposed, undated. */
async function proposePlan(context: CommandContext, id: CaseId): Promise<void> {
  const { tx } = context
  if ((await listVisits(tx, id)).length > 0) return
  const record = await getCase(tx, id)
  const documentation = await loadDocumentation(tx, record, context)
  const { guide, facts, mode } = documentation
  const { plan } = chooseFor(record, documentation, context.today)
  if (!plan || facts['phase'] === 'single') return
  const visits = planVisits(guide, plan.id, mode).map((visit) => ({
    phase: visit.phase,
    plannedOn: null,
    doneOn: null,
  }))
  await replaceVisits(tx, id, visits, context.newId<VisitId>)
}

/** A code on a place where it cannot be: wrong dentition or class, or no tooth where one is needed. */
function wrongPlace(
  guide: Parameters<typeof indexOf>[0],
  line: { code: string; tooth: string | null; area: keyof typeof ORAL_AREAS | null },
): string[] {
  const code = indexOf(guide).codes.get(line.code)
  if (!code) return []
  if (code.area === 'tooth' && line.tooth === null) return [`${line.code} needs a tooth number.`]
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

async function say(context: CommandContext, caseId: CaseId, kind: string, body: string): Promise<void> {
  await addEvent(context.tx, { id: context.newId<string>(), caseId, on: context.today, kind, body }, context)
}
