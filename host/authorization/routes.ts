// The Authorization step: needed or not, the request, its life cycle, the decision.
import { EVENT_DONE, EVENT_LABELS, eventsFrom, isOpen, KIND_LABELS, transition } from '#core/authorization/lifecycle.ts'
import { askedOf, isDraft, NOT_APPROVED } from '#core/authorization/request.ts'
import { describeClock } from '#core/case/clock-words.ts'
import type { authorizationRoutes } from '#core/contract/authorization.ts'
import { formatDate } from '#core/dates.ts'
import type { AuthorizationId } from '#core/ids.ts'
import {
  addAuthorization,
  type AuthorizationChanges,
  getAuthorization,
  type AuthorizationSnapshot,
  listAuthorizations,
  restoreAuthorization,
  snapshotAuthorization,
  replaceAuthorizationLines,
  setApproval,
  updateAuthorization,
} from './rows.ts'
import { getCase } from '#host/case/rows.ts'
import { toClock } from '#host/case/task-rows.ts'
import { addTransition, lastStanding } from '#host/case/transition-rows.ts'
import { countRingingAuthorizations, countWorklists, pageWorklist, ringingAuthorizations } from './worklist-rows.ts'
import { authorizationFigures, sqlFilter, toWorklistRow } from './list.ts'
import { checkDates, checkDay, checkGaps, effectsOf, learnFrom, ruleOf, type TransitionInput } from './step.ts'
import { findingsOf, needOf } from './need.ts'
import { basisOf } from './approval.ts'
import { viewCase } from '#host/case/view.ts'
import { finishWork, invalid, refuse } from '#host/case/finish.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { loadDocumentation } from '#host/case/documentation.ts'
import { followCase } from './follow.ts'
import { payerOf } from '#host/remittance/remittances.ts'
import { readSettings } from '#host/office/settings.ts'
import { recordTouch } from '#host/today/routes.ts'

/** One step of the life cycle with everything that follows from it. @throws REFUSED, INVALID_INPUT, CONFLICT */
export async function takeStep(context: CommandContext, input: TransitionInput): Promise<void> {
  const { tx } = context
  const { id, version, event, on, note, gapReason } = input
  await followCase(tx, (await getAuthorization(tx, id)).caseId)
  const before = await getAuthorization(tx, id)
  const next = transition(before.state, event)
  if (!next.allowed) refuse(next.reasons)
  checkDay(before, input, context.today)
  if (event === 'submit') await checkGaps(context, before, gapReason)
  const effects = await effectsOf(context, before, input)
  const snapshot = await snapshotAuthorization(tx, id)
  const { sentOn = before.sentOn, decidedOn = before.decidedOn } = effects
  checkDates({ ...before, sentOn, decidedOn }, { ...before, ...effects.details })
  await updateAuthorization(tx, id, version, { ...effects, state: next.to }, context)
  if (event === 'approve' || event === 'approve_modified') {
    const record = await getCase(tx, before.caseId)
    await setApproval(tx, id, await basisOf(tx, record, { ...before, ...effects.details }))
  }
  if (effects.decidedOn !== undefined) await learnFrom(context, before)
  const lines = event === 'resubmit' ? before.lines.map((line) => ({ ...line, ...NOT_APPROVED })) : input.lines
  if (lines) await replaceAuthorizationLines(tx, id, lines, () => context.newId<string>())
  const remark = [note, gapReason && `Sent with gaps: ${gapReason}`].filter(Boolean).join('. ')
  await addTransition(
    tx,
    {
      id: context.newId<string>(),
      caseId: before.caseId,
      entity: 'authorization',
      entityId: id,
      event,
      from: before.state,
      to: next.to,
      on,
      note: remark,
      before: snapshot,
    },
    context,
  )
  await finishWork(context, before.caseId, {
    event: {
      kind: 'authorization',
      on,
      text: [`${KIND_LABELS[before.kind]}: ${EVENT_LABELS[event]}`, remark].filter(Boolean).join('. '),
    },
    audit: {
      entity: 'authorization',
      entityId: id,
      before,
      after: { event, on, ...effects, lines: input.lines },
      reason: gapReason,
    },
  })
}

export const authorizationHandlers = {
  'authorization.forCase': async (context, { caseId }) => {
    const { db, today, assets } = context
    const record = await getCase(db, caseId)
    const documentation = await loadDocumentation(db, record, context)
    const rule = ruleOf(assets, await payerOf(db, record.coverage_id))
    const hints = documentation.guide.authorizationHints.map((hint) => ({
      text: hint.text,
      source: hint.source.join('; '),
      confidence: hint.confidence,
    }))
    const shipped = rule
      ? [
          {
            text: `${rule.name}: ${rule.statement}`,
            source: `${rule.source}, seen ${rule.seenOn}`,
            confidence: rule.confidence,
          },
        ]
      : []
    return {
      need: await needOf(db, record, documentation.codes, today),
      hints: [...shipped, ...hints],
      authorizations: await Promise.all(
        (await listAuthorizations(db, { caseId })).map(async (authorization) => {
          const last = await lastStanding(db, authorization.id)
          return {
            ...authorization,
            events: eventsFrom(authorization.state),
            canUndo: Boolean(last?.before) && last?.userId === context.user.id,
            findings: findingsOf(authorization, documentation, today),
          }
        }),
      ),
    }
  },

  'authorization.create': async (context, { caseId, kind, coverageId }) => {
    const { tx } = context
    const record = await getCase(tx, caseId)
    const coverage = coverageId ?? record.coverage_id
    const existing = await listAuthorizations(tx, { caseId })
    if (existing.some((one) => one.kind === kind && one.coverageId === coverage && isOpen(one.state)))
      refuse(['This case has an open request of this kind. Continue that one or withdraw it.'])
    const view = await viewCase(tx, caseId, context)
    if (view.lines.length === 0) refuse(['There is nothing to ask for yet. Choose the code first.'])
    const id = context.newId<AuthorizationId>()
    await addAuthorization(tx, { id, caseId, kind, coverageId: coverage, state: 'drafting' }, context)
    const asked = view.lines.map(askedOf)
    await replaceAuthorizationLines(tx, id, asked, () => context.newId<string>())
    await finishWork(context, caseId, {
      event: { kind: 'authorization', text: `${KIND_LABELS[kind]}: started` },
      audit: { entity: 'authorization', entityId: id, after: { kind, coverageId: coverage, lines: asked } },
    })
    return { id }
  },

  'authorization.update': async (context, { id, version, details, lines }) => {
    const before = await getAuthorization(context.tx, id)
    checkDates(before, { ...before, ...details })
    if (lines && isDraft(before.state)) refuse(['A request that is not sent follows the case. Change its lines there.'])
    // A form sends every field back: only a date that changed was typed by somebody.
    const typed = (field: 'expectedOn' | 'validTo') => details[field] !== undefined && details[field] !== before[field]
    const changes: AuthorizationChanges = {
      details,
      ...(typed('expectedOn') ? { expectedBasis: details.expectedOn ? 'Entered by the office' : '' } : {}),
      ...(typed('validTo') ? { validBasis: details.validTo ? 'From the decision' : '' } : {}),
    }
    await updateAuthorization(context.tx, id, version, changes, context)
    if (lines) await replaceAuthorizationLines(context.tx, id, lines, () => context.newId<string>())
    const called = details.patientCalledOn && details.patientCalledOn !== before.patientCalledOn
    await finishWork(context, before.caseId, {
      ...(called
        ? { event: { kind: 'authorization', on: details.patientCalledOn!, text: 'Patient called about the decision' } }
        : {}),
      audit: { entity: 'authorization', entityId: id, before, after: { details, lines } },
    })
    return {}
  },
  'authorization.transition': async (context, input) => {
    await takeStep(context, input)
    return {}
  },
  'authorization.answerChanges': async (context, { id, version, answer, on, note }) => {
    const before = await getAuthorization(context.tx, id)
    if (before.state !== 'approved_modified') refuse(['There are no changes of the payer to answer.'])
    if (on > context.today) invalid('on', 'This date lies in the future.')
    if (before.decidedOn && on < before.decidedOn)
      invalid('on', `This lies before the decision of ${formatDate(before.decidedOn)}.`)
    await updateAuthorization(context.tx, id, version, { changesAnswer: answer, changesAnsweredOn: on }, context)
    const done = answer === 'accepted' ? 'Changes accepted' : 'Patient quoted anew'
    await finishWork(context, before.caseId, {
      event: {
        kind: 'authorization',
        on,
        text: [`${KIND_LABELS[before.kind]}: ${done}`, note].filter(Boolean).join('. '),
      },
      audit: {
        entity: 'authorization',
        entityId: id,
        before: { answer: before.changesAnswer },
        after: { answer, on, note },
      },
    })
    return {}
  },
  'authorization.undo': async (context, { id, version, reason }) => {
    const { tx } = context
    const now = await getAuthorization(tx, id)
    const last = await lastStanding(tx, id)
    if (!last?.before) refuse(['There is no step to take back.'])
    if (last.userId !== context.user.id) refuse(['Only the person who recorded the last step may take it back.'])
    await restoreAuthorization(tx, id, version, last.before as AuthorizationSnapshot, context)
    await learnFrom(context, now)
    await addTransition(
      tx,
      {
        id: context.newId<string>(),
        caseId: now.caseId,
        entity: 'authorization',
        entityId: id,
        event: 'undo',
        from: now.state,
        to: last.from,
        on: context.today,
        note: reason,
      },
      context,
    )
    await finishWork(context, now.caseId, {
      event: {
        kind: 'authorization',
        text: `${KIND_LABELS[now.kind]}: taken back “${EVENT_DONE[last.event as keyof typeof EVENT_DONE]}” (${reason})`,
      },
      audit: { entity: 'authorization', entityId: id, before: now, after: last.before, reason },
    })
    return {}
  },
  'authorization.list': async ({ db, today, user }, { list, sort, after, limit, ...filter }) => {
    const { holidays } = await readSettings(db)
    const where = sqlFilter(filter, today, user.id)
    const page = await pageWorklist(db, { ...where, list }, { by: sort, after, limit })
    return {
      rows: page.rows.map((row) => toWorklistRow(row, today, holidays)),
      next: page.next,
      counts: await countWorklists(db, where),
    }
  },
  'authorization.touch': async (context, { id, ...touch }) => {
    const { caseId } = await getAuthorization(context.tx, id)
    const undoId = await recordTouch(context, caseId, touch)
    context.audit({ entity: 'authorization', entityId: id, after: { ...touch, undoId } })
    return { undoId }
  },
  'authorization.morningCount': async ({ db, today }) => {
    const { morningNotice } = await readSettings(db)
    return { count: morningNotice ? await countRingingAuthorizations(db, today) : null }
  },
  'authorization.clocks': async ({ db, today: now }, { today, limit }) => {
    const { holidays } = await readSettings(db)
    const day = today ?? now
    const rows = await ringingAuthorizations(db, day, limit)
    return {
      clocks: rows.map((row) => {
        const { reason, source, action, deadline } = describeClock(toClock(row), day, holidays)
        return {
          authorizationId: row.authorization_id as AuthorizationId,
          caseId: row.case_id,
          kind: row.kind,
          dueOn: row.due_on,
          deadline,
          reason,
          source,
          action,
        }
      }),
    }
  },
  'authorization.figures': async ({ db }, period) => {
    const { holidays } = await readSettings(db)
    return authorizationFigures(db, period, holidays)
  },
} satisfies HandlersOf<keyof typeof authorizationRoutes>
