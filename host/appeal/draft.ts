// The letter of an appeal until it is sent: drafted from the record, then as somebody writes it.
import { deadlineOf } from '#core/appeal/deadline.ts'
import { draftLetter } from '#core/appeal/letter-draft.ts'
import { type Appeal, type Deadline, LEVEL_LABELS } from '#core/appeal/schema.ts'
import { letterSource } from '#core/appeal/source.ts'
import { payerOf, postedOf, type StoredClaim } from '#core/case/contents.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { daysBetween, formatDate } from '#core/dates.ts'
import type { AppealId } from '#core/ids.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import { levelsAfter, viewRemittance } from '#core/remittance/view.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { finishWork } from '#host/case/finish.ts'
import { firstSendingOf } from '#host/claim/first-sending.ts'
import { openClaim } from '#host/claim/open.ts'
import { notHolding } from '#host/document/letters.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { openAppeal, refuseTakenBack } from './open.ts'
import { addAppeal, updateAppealLetter } from './rows.ts'
import { caseOf } from '#host/case/rows.ts'

type CreateInput = ParsedInputOf<'appeal.create'>

/** The EOB that is appealed: the one named, else the latest of the claim. */
async function decisionOf(
  { db, assets }: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  { remittanceId }: CreateInput,
): Promise<Remittance | null> {
  const isElsewhere = remittanceId !== null && (await caseOf(db, 'remittance', remittanceId)) !== file.id
  const stored =
    remittanceId === null
      ? postedOf(file).find((one) => one.claimId === claim.id)
      : file.remittances.find((one) => one.id === remittanceId)
  if (isElsewhere || (stored && stored.claimId !== claim.id))
    invalid('remittanceId', 'This EOB belongs to another claim.')
  if (!stored) return null
  refuseTakenBack(stored)
  return viewRemittance(assets.reasons, stored)
}

/** A date typed from the letter wins; else what the level allows, counted from the EOB (desk.md D row 42). */
function deadlineFor(
  { today }: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  decision: Remittance | null,
  { deadlineOn, level }: CreateInput,
): Deadline | null {
  const countedFrom = decision?.eobDate ?? today
  if (deadlineOn !== null) {
    if (deadlineOn < countedFrom) invalid('deadlineOn', `The deadline cannot be before ${formatDate(countedFrom)}.`)
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
  const payer = payerOf(file, claim.coverageId)
  const advised = levelsAfter(decision, payer, file.appeals).find((one) => one.level === level)
  if (advised) return advised.deadline
  return deadlineOf({ eobDate: decision.eobDate, daysOnLetter: decision.appealDaysOnLetter, payer })
}

/** @throws NOT_FOUND, REFUSED, INVALID_INPUT */
export async function createAppeal(context: CommandContext, input: CreateInput): Promise<{ id: AppealId }> {
  const { claimId, level } = input
  const { file, claim } = await openClaim(context, claimId)
  if (claim.state !== 'adjudicated' && claim.state !== 'closed')
    refuse(['There is no decision to appeal yet. Post the EOB first.'])
  const decision = await decisionOf(context, file, claim, input)
  const open = file.appeals.find(
    (one) => one.claimId === claimId && one.level === level && (one.state === 'draft' || one.state === 'sent'),
  )
  if (open) refuse([`${LEVEL_LABELS[level]}: one is under way already. Continue that one.`])
  const deadline = deadlineFor(context, file, claim, decision, input)
  const letter = draftLetter(
    letterSource(file, context.assets.reasons, {
      claim,
      decision,
      documentation: documentationIn(context, file),
      level,
      first: await firstSendingOf(context, file, claim, decision?.id ?? null),
    }),
  )
  const id = context.newId<AppealId>()
  const remittanceId = decision?.id ?? null
  await file.write(context, ['appeals'], (tx) =>
    addAppeal(tx, { id, caseId: file.id, claimId, remittanceId, level, deadline, letter }, context),
  )
  const until = deadline ? `, due ${formatDate(deadline.on)}` : ''
  await finishWork(context, file, {
    event: { kind: 'appeal', text: `${LEVEL_LABELS[level]} drafted${until}` },
    audit: { entity: 'appeal', entityId: id, after: { level, deadline } },
  })
  return { id }
}

function checkRecord(context: CommandContext, file: CaseFile, letter: Appeal['letter']): void {
  const { notes, attachments } = file
  const rejected = rejectedIn(documentationIn(context, file).itemsOf('appeal'))
  const astray = attachments.find((one) => rejected.has(one.id) && letter.enclosureIds.includes(one.id))
  if (astray) invalid('letter.enclosureIds', notHolding(astray))
  const known = new Set<string>([...notes.map((note) => note.id), ...attachments.map((one) => one.id)])
  if (letter.noteIds.some((id) => !known.has(id))) invalid('letter.noteIds', 'A quoted note is not part of the case.')
  if (letter.enclosureIds.some((id) => !known.has(id)))
    invalid('letter.enclosureIds', 'An enclosure is not part of the case.')
}

/** @throws NOT_FOUND, REFUSED, INVALID_INPUT, CONFLICT */
export async function changeAppeal(
  context: CommandContext,
  { id, version, letter, deadline }: ParsedInputOf<'appeal.update'>,
): Promise<void> {
  const { file, appeal } = await openAppeal(context, id)
  if (appeal.state !== 'draft') refuse(['This letter was sent and is kept as sent.'])
  if (deadline && deadline.on < deadline.countedFrom)
    invalid('deadline.on', `The deadline cannot be before ${formatDate(deadline.countedFrom)}.`)
  checkRecord(context, file, letter)
  await file.write(context, ['appeals'], (tx) => updateAppealLetter(tx, id, version, letter, deadline, context))
  await finishWork(context, file, {
    audit: { entity: 'appeal', entityId: id, before: appeal, after: { letter, deadline } },
  })
}
