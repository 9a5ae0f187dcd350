// One step in the life of an appeal: sent, answered, withdrawn.
import { appealLife } from '#core/appeal/lifecycle.ts'
import { type Appeal, LEVEL_LABELS } from '#core/appeal/schema.ts'
import { readinessOf } from '#core/case/readiness.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import { endedByAppeal } from '#core/remittance/follow-up.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { finishWork } from '#host/case/finish.ts'
import { endTasks } from '#host/case/tasks.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { appealDocument } from '#host/document/letters.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { openAppeal, refuseTakenBack } from './open.ts'
import { updateAppeal } from './rows.ts'
import type { AppealBefore } from './undo.ts'

type StepInput = ParsedInputOf<'appeal.transition'>

/** What an appeal still lacks; sending it anyway takes a reason. */
async function gapsOf(context: CommandContext, file: CaseFile, appeal: Appeal, on: IsoDate): Promise<string[]> {
  const documentation = documentationIn(context, file)
  const readiness = readinessOf('appeal', documentation.itemsOf('appeal'), file.visits)
  const { open = [] } = await appealDocument(context, file, documentation, appeal)
  const late = appeal.deadline !== null && on > appeal.deadline.on
  return [
    ...(late ? [`The deadline was ${formatDate(appeal.deadline!.on)} (${appeal.deadline!.source}).`] : []),
    ...open.map((place) => place.words),
    ...(readiness.ready ? [] : [`${readiness.sentence}.`]),
  ]
}

function checkDay({ sentOn, deadline }: Appeal, { event, on }: StepInput, today: IsoDate): void {
  if (on > today) invalid('on', 'This date is in the future.')
  const eob = deadline?.countedFrom
  if (event === 'send' && eob && on < eob)
    invalid('on', `An appeal cannot be sent before the decision of ${formatDate(eob)}.`)
  if (sentOn && on < sentOn)
    invalid('on', `The payer cannot answer before the appeal was sent on ${formatDate(sentOn)}.`)
}

/** @throws NOT_FOUND, REFUSED, INVALID_INPUT, CONFLICT */
export async function takeAppealStep(context: CommandContext, input: StepInput): Promise<void> {
  const { id, version, event, on, channel, note, gapReason, nextDays } = input
  const { file, appeal } = await openAppeal(context, id)
  const { state: from, level } = appeal
  const next = appealLife.transition(from, event)
  if (!next.allowed) refuse(next.reasons)
  if (event === 'send') refuseTakenBack(file.remittances.find((one) => one.id === appeal.remittanceId))
  checkDay(appeal, input, context.today)
  if (event === 'send' && gapReason === '') {
    const gaps = await gapsOf(context, file, appeal, on)
    if (gaps.length > 0) refuse([...gaps, 'To send it anyway, give a reason.'])
  }
  const changes =
    event === 'send' ? { sent_on: on, channel } : { decided_on: on, outcome_note: note, next_days: nextDays }
  const remark = [note, gapReason && `Sent with gaps: ${gapReason}`].filter(Boolean).join('. ')
  await file.write(context, ['appeals'], (tx) => updateAppeal(tx, id, version, { state: next.to, ...changes }, context))
  const ended = endedByAppeal(file.tasks, appeal, event)
  await endTasks(context, file, ended)
  const { sentOn, channel: sentBy, decidedOn, outcomeNote, nextDays: days } = appeal
  const was = { state: from, sentOn, channel: sentBy, decidedOn, outcomeNote, nextDays: days }
  const before: AppealBefore = { ...was, tasks: ended.map((task) => task.id) }
  const entity = { caseId: file.id, entity: 'appeal' as const, entityId: id }
  const step = { ...entity, event, from, to: next.to, on, note: remark, before }
  await file.write(context, ['appeals', 'steps'], () => addTransition(context, step))
  const text = `${LEVEL_LABELS[level]}: ${appealLife.done[event].toLowerCase()}`
  await finishWork(context, file, {
    event: { kind: 'appeal', on, text: [text, remark].filter(Boolean).join('. ') },
    audit: {
      entity: 'appeal',
      entityId: id,
      before: { state: from },
      after: { state: next.to, on },
      reason: remark,
    },
  })
}
