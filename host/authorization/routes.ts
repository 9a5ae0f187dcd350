// The Authorization step: needed or not, the request, its life cycle, the decision.
import { appealDeadline } from '#core/authorization/appeal.ts'
import { appliesTo } from '#core/payer-rule/match.ts'
import type { RuleTopic } from '#core/payer-rule/schema.ts'
import { citationOf, ruleWords, TOPIC_LABELS } from '#core/payer-rule/words.ts'
import { authorizationFindings } from '#core/authorization/findings.ts'
import { authorizationLife, isOpen, KIND_LABELS } from '#core/authorization/lifecycle.ts'
import { askedOf } from '#core/authorization/request.ts'
import { describeClock } from '#core/case/clock-words.ts'
import { countsOn } from '#core/case/urgency.ts'
import { payerOf } from '#core/case/contents.ts'
import type { authorizationRoutes } from '#core/contract/authorization.ts'
import { formatDate } from '#core/dates.ts'
import type { AuthorizationId } from '#core/ids.ts'
import { openCase } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { checkCoverage } from '#host/case/own-coverage.ts'
import { finishWork } from '#host/case/finish.ts'
import { toClock } from '#host/case/task-rows.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { readSettings } from '#host/office/settings.ts'
import { recordTouch } from '#host/today/touch.ts'
import { authorizationFigures, listWork } from './list.ts'
import { needOf } from './need.ts'
import { addAuthorization, replaceAuthorizationLines, updateAuthorization } from './rows.ts'
import { openRequest } from './open.ts'
import { takeStep, undoStep } from './step.ts'
import { updateRequest } from './update.ts'
import { countRingingAuthorizations, ringingAuthorizations } from './worklist-rows.ts'
import { caseOf } from '#host/case/rows.ts'

/** What somebody who asks wants to know of the payer beforehand. */
const HINTED: readonly RuleTopic[] = ['need', 'answer', 'valid', 'channel', 'remark']

export const authorizationHandlers = {
  'authorization.forCase': async (context, { caseId }) => {
    const { today, user } = context
    const file = await openCase(context, caseId)
    const documentation = documentationIn(context, file)
    const hints = documentation.guide.authorizationHints.map((hint) => ({
      text: hint.text,
      source: hint.source.join('; '),
      confidence: hint.confidence,
    }))
    const { codes } = documentation
    const rules = payerOf(file, file.record.coverageId)?.rules ?? []
    const ofPayer = rules
      .filter((rule) => HINTED.includes(rule.term.topic))
      .filter((rule) => rule.codes.length === 0 || codes.some((code) => appliesTo(rule, code)))
      .map((rule) => ({
        text: `${TOPIC_LABELS[rule.term.topic]}: ${ruleWords(rule)}`,
        source: citationOf(rule),
        confidence: rule.confidence,
      }))
    return {
      need: await needOf(context, file, codes),
      hints: [...ofPayer, ...hints],
      authorizations: file.authorizations.map((authorization) => {
        const last = file.approvals.get(authorization.id)!.lastStep
        return {
          ...authorization,
          events: authorizationLife.eventsFrom(authorization.state),
          canUndo: Boolean(last?.before) && last?.userId === user.id,
          appeal: appealDeadline(authorization, payerOf(file, authorization.coverageId)),
          findings: authorizationFindings(authorization, file, documentation, today),
        }
      }),
    }
  },

  'authorization.create': async (context, { caseId, kind, coverageId }) => {
    const file = await openCase(context, caseId)
    checkCoverage(file, coverageId)
    const coverage = coverageId ?? file.record.coverageId
    if (file.authorizations.some((one) => one.kind === kind && one.coverageId === coverage && isOpen(one.state)))
      refuse(['This case has an open request of this kind. Continue that one or withdraw it.'])
    if (file.lines.length === 0) refuse(['There is nothing to ask for yet. Choose the code first.'])
    const id = context.newId<AuthorizationId>()
    const asked = file.lines.map(askedOf)
    await file.write(context, ['authorizations'], async (tx) => {
      await addAuthorization(tx, { id, caseId, kind, coverageId: coverage, state: 'drafting' }, context)
      await replaceAuthorizationLines(tx, id, asked, () => context.newId<string>())
    })
    await finishWork(context, file, {
      event: { kind: 'authorization', text: `${KIND_LABELS[kind]}: started` },
      audit: { entity: 'authorization', entityId: id, after: { kind, coverageId: coverage, lines: asked } },
    })
    return { id }
  },

  'authorization.update': updateRequest,
  'authorization.transition': takeStep,
  'authorization.answerChanges': async (context, { id, version, answer, on, note }) => {
    const { file, authorization: before } = await openRequest(context, id)
    if (before.state !== 'approved_modified') refuse(['There are no changes of the payer to answer.'])
    if (on > context.today) invalid('on', 'This date is in the future.')
    if (before.decidedOn && on < before.decidedOn)
      invalid('on', `This is before the decision of ${formatDate(before.decidedOn)}.`)
    const changes = { changesAnswer: answer, changesAnsweredOn: on }
    await file.write(context, ['authorizations'], (tx) => updateAuthorization(tx, id, version, changes, context))
    const done = answer === 'accepted' ? 'Changes accepted' : 'Patient given a new estimate'
    await finishWork(context, file, {
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
  },
  'authorization.undo': undoStep,
  'authorization.list': listWork,
  'authorization.touch': async (context, { id, ...touch }) => {
    const undoId = await recordTouch(context, await caseOf(context.db, 'authorization', id), touch)
    context.audit({ entity: 'authorization', entityId: id, after: { ...touch, undoId } })
    return { undoId }
  },
  'authorization.morningCount': async (context) => {
    const { morningNotice } = await readSettings(context)
    return { count: morningNotice ? await countRingingAuthorizations(context.db, context.today) : null }
  },
  'authorization.clocks': async (context, { today, limit }) => {
    const { holidays } = await readSettings(context)
    const day = today ?? context.today
    const rows = await ringingAuthorizations(context.db, day, limit)
    return {
      clocks: rows.map((row) => {
        const clock = toClock(row)
        const { reason, source, action } = describeClock(clock, day, holidays)
        return {
          authorizationId: row.authorization_id as AuthorizationId,
          caseId: row.case_id,
          kind: row.kind,
          dueOn: row.due_on,
          deadline: countsOn(clock),
          reason,
          source,
          action,
        }
      }),
    }
  },
  'authorization.figures': async (context, period) => {
    const { holidays } = await readSettings(context)
    return authorizationFigures(context.db, period, holidays, context.assets)
  },
} satisfies HandlersOf<keyof typeof authorizationRoutes>
