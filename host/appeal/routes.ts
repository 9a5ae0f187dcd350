// Appeals: the level and its deadline, a letter from the record, sending, the outcome.
import { deadlineOf } from '#core/appeal/deadline.ts'
import { draftLetter } from '#core/appeal/letter.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import { EVENT_LABELS, LEVEL_LABELS, transition } from '#core/appeal/lifecycle.ts'
import type { Appeal, Deadline } from '#core/appeal/schema.ts'
import { readinessOf } from '#core/case/readiness.ts'
import type { claimRoutes } from '#core/contract/claim.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { daysBetween, formatDate, type IsoDate } from '#core/dates.ts'
import type { AppealId, CaseId } from '#core/ids.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import { addAppeal, getAppeal, listAppeals, updateAppeal, updateAppealLetter } from './rows.ts'
import { getCase } from '#host/case/rows.ts'
import { getClaim, type StoredClaim } from '#host/claim/rows.ts'
import { getRemittance, listRemittances } from '#host/remittance/rows.ts'
import { listTasks, updateTask } from '#host/case/task-rows.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { letterSource } from './source.ts'
import { finishWork, invalid, refuse } from '#host/case/finish.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { loadDocumentation } from '#host/case/documentation.ts'
import { appealDocument, notHolding } from '#host/document/letters.ts'
import { originOf } from '#host/remittance/routes.ts'
import { levelsAfter, payerOf, viewRemittance } from '#host/remittance/remittances.ts'

type CreateInput = ParsedInputOf<'appeal.create'>
type TransitionInput = ParsedInputOf<'appeal.transition'>

/** The EOB that is appealed: the one named, else the latest of the claim. */
async function decisionOf(
  context: CommandContext,
  claim: StoredClaim,
  { remittanceId }: CreateInput,
): Promise<Remittance | null> {
  const { tx } = context
  const stored =
    remittanceId === null
      ? (await listRemittances(tx, { claimId: claim.id }))[0]
      : await getRemittance(tx, remittanceId)
  if (!stored) return null
  if (stored.claimId !== claim.id) invalid('remittanceId', 'This EOB belongs to another claim.')
  if (stored.reversedAt !== null) refuse(['This EOB was taken back. Appeal the one that stands.'])
  return viewRemittance(context.assets.reasons, stored)
}

/** A date typed from the letter wins; else what the level allows, counted from the EOB (desk.md D row 42). */
async function deadlineFor(
  context: CommandContext,
  claim: StoredClaim,
  decision: Remittance | null,
  { deadlineOn, level }: CreateInput,
): Promise<Deadline | null> {
  const countedFrom = decision?.eobDate ?? context.today
  if (deadlineOn !== null) {
    if (deadlineOn < countedFrom) invalid('deadlineOn', `The deadline cannot lie before ${formatDate(countedFrom)}.`)
    const days = daysBetween(countedFrom, deadlineOn)
    return {
      on: deadlineOn,
      days,
      countedFrom,
      basis: 'letter',
      source: 'Typed from the letter',
      confidence: 'confirmed',
    }
  }
  if (!decision) return null
  const payer = await payerOf(context.tx, claim.coverageId)
  const appeals = await listAppeals(context.tx, { caseId: claim.caseId })
  const advised = levelsAfter(decision, payer, appeals).find((one) => one.level === level)
  if (advised) return advised.deadline
  const source = payer && { name: payer.name, appealDays: payer.appealDays, source: payer.source }
  return deadlineOf({ eobDate: decision.eobDate, daysOnLetter: decision.appealDaysOnLetter, payer: source })
}

async function checkRecord(context: CommandContext, caseId: CaseId, letter: Appeal['letter']): Promise<void> {
  const documentation = await loadDocumentation(context.tx, await getCase(context.tx, caseId), context)
  const { notes, attachments } = documentation
  const rejected = rejectedIn(documentation.itemsOf('appeal'))
  const astray = attachments.find((file) => rejected.has(file.id) && letter.enclosureIds.includes(file.id))
  if (astray) invalid('letter.enclosureIds', notHolding(astray))
  const known = new Set<string>([...notes.map((note) => note.id), ...attachments.map((file) => file.id)])
  if (letter.noteIds.some((id) => !known.has(id))) invalid('letter.noteIds', 'A quoted note is not part of the case.')
  if (letter.enclosureIds.some((id) => !known.has(id)))
    invalid('letter.enclosureIds', 'An enclosure is not part of the case.')
}

/** What an appeal still lacks; sending it anyway takes a reason. */
async function gapsOf(context: CommandContext, appeal: Appeal, on: IsoDate): Promise<string[]> {
  const record = await getCase(context.tx, appeal.caseId)
  const documentation = await loadDocumentation(context.tx, record, context)
  const readiness = readinessOf('appeal', documentation.itemsOf('appeal'), documentation.visits)
  const { open = [] } = await appealDocument({ ...context, db: context.tx }, appeal.id)
  const late = appeal.deadline !== null && on > appeal.deadline.on
  return [
    ...(late ? [`The deadline was ${formatDate(appeal.deadline!.on)} (${appeal.deadline!.source}).`] : []),
    ...open.map((place) => place.words),
    ...(readiness.ready ? [] : [`${readiness.sentence}.`]),
  ]
}

function checkDay({ sentOn, deadline }: Appeal, { event, on }: TransitionInput, today: IsoDate): void {
  if (on > today) invalid('on', 'This date lies in the future.')
  const eob = deadline?.countedFrom
  if (event === 'send' && eob && on < eob)
    invalid('on', `An appeal cannot be sent before the decision of ${formatDate(eob)}.`)
  if (sentOn && on < sentOn)
    invalid('on', `The payer cannot answer before the appeal was sent on ${formatDate(sentOn)}.`)
}

/** The EOB left a task to appeal, or to send papers: what was sent has done it. */
async function finishTasks({ tx, now, ...context }: CommandContext, appeal: Appeal): Promise<void> {
  if (appeal.remittanceId === null) return
  const origin = originOf((await getRemittance(tx, appeal.remittanceId)).eobDate)
  const kind = appeal.level === 'information' ? 'send_information' : 'appeal'
  for (const task of await listTasks(tx, appeal.caseId))
    if (task.doneAt === null && task.kind === kind && task.note.startsWith(origin))
      await updateTask(tx, task.id, null, { done_at: now }, { now, ...context })
}

export const appealHandlers = {
  'appeal.create': async (context, input) => {
    const { tx } = context
    const { claimId, level } = input
    const claim = await getClaim(tx, claimId)
    if (claim.state !== 'adjudicated' && claim.state !== 'closed')
      refuse(['There is no decision to appeal yet. Post the EOB first.'])
    const decision = await decisionOf(context, claim, input)
    const open = (await listAppeals(tx, { caseId: claim.caseId })).find(
      (one) => one.claimId === claimId && one.level === level && (one.state === 'draft' || one.state === 'sent'),
    )
    if (open) refuse([`${LEVEL_LABELS[level]}: one is under way already. Continue that one.`])
    const deadline = await deadlineFor(context, claim, decision, input)
    const record = await getCase(tx, claim.caseId)
    const documentation = await loadDocumentation(tx, record, context)
    const letter = draftLetter(await letterSource(context, { record, claim, decision, documentation, level }))
    const id = context.newId<AppealId>()
    const remittanceId = decision?.id ?? null
    await addAppeal(tx, { id, caseId: claim.caseId, claimId, remittanceId, level, deadline, letter }, context)
    const until = deadline ? `, due ${formatDate(deadline.on)}` : ''
    await finishWork(context, claim.caseId, {
      event: { kind: 'appeal', text: `${LEVEL_LABELS[level]} drafted${until}` },
      audit: { entity: 'appeal', entityId: id, after: { level, deadline } },
    })
    return { id }
  },

  'appeal.update': async (context, { id, version, letter, deadline }) => {
    const before = await getAppeal(context.tx, id)
    if (before.state !== 'draft') refuse(['This letter was sent and is kept as sent.'])
    if (deadline && deadline.on < deadline.countedFrom)
      invalid('deadline.on', `The deadline cannot lie before ${formatDate(deadline.countedFrom)}.`)
    await checkRecord(context, before.caseId, letter)
    await updateAppealLetter(context.tx, id, version, letter, deadline, context)
    await finishWork(context, before.caseId, {
      audit: { entity: 'appeal', entityId: id, before, after: { letter, deadline } },
    })
    return {}
  },

  'appeal.transition': async (context, input) => {
    const { tx } = context
    const { id, version, event, on, channel, note, gapReason, nextDays } = input
    const appeal = await getAppeal(tx, id)
    const next = transition(appeal.state, event)
    if (!next.allowed) refuse(next.reasons)
    checkDay(appeal, input, context.today)
    if (event === 'send' && gapReason === '') {
      const gaps = await gapsOf(context, appeal, on)
      if (gaps.length > 0) refuse([...gaps, 'To send it anyway, give a reason.'])
    }
    const changes =
      event === 'send' ? { sent_on: on, channel } : { decided_on: on, outcome_note: note, next_days: nextDays }
    await updateAppeal(tx, id, version, { state: next.to, ...changes }, context)
    if (event === 'send') await finishTasks(context, appeal)
    const remark = [note, gapReason && `Sent with gaps: ${gapReason}`].filter(Boolean).join('. ')
    await addTransition(
      tx,
      {
        id: context.newId<string>(),
        caseId: appeal.caseId,
        entity: 'appeal',
        entityId: id,
        event,
        from: appeal.state,
        to: next.to,
        on,
        note: remark,
      },
      context,
    )
    const text = `${LEVEL_LABELS[appeal.level]}: ${EVENT_LABELS[event].toLowerCase()}`
    await finishWork(context, appeal.caseId, {
      event: { kind: 'appeal', on, text: [text, remark].filter(Boolean).join('. ') },
      audit: {
        entity: 'appeal',
        entityId: id,
        before: { state: appeal.state },
        after: { state: next.to, on },
        reason: remark,
      },
    })
    return {}
  },
} satisfies HandlersOf<('appeal.create' | 'appeal.update' | 'appeal.transition') & keyof typeof claimRoutes>
