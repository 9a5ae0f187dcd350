// One step in the life of an authorization: what speaks against it, and what it sets beside the state.
import { appealDeadline } from '#core/authorization/appeal.ts'
import { basisOf } from '#core/authorization/approval.ts'
import { authorizationLife, KIND_LABELS, standing } from '#core/authorization/lifecycle.ts'
import { NOT_APPROVED } from '#core/authorization/request.ts'
import type { Authorization, AuthorizationDetails, AuthorizationEvent } from '#core/authorization/schema.ts'
import { assumedValidity, expectedAnswer } from '#core/authorization/terms.ts'
import { payerOf } from '#core/case/contents.ts'
import { readinessOf } from '#core/case/readiness.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import type { AuthorizationId, CoverageId } from '#core/ids.ts'
import { type CaseFile, rereadAll } from '#host/case/case-file.ts'
import { checkCoverage } from '#host/case/own-coverage.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { finishWork } from '#host/case/finish.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { authorizationDocument } from '#host/document/letters.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { readSettings } from '#host/office/settings.ts'
import { releasePosted } from '#host/remittance/era-posting-rows.ts'
import { openRequest } from './open.ts'
import { learnTurnaround } from './list.ts'
import {
  type AuthorizationChanges,
  type AuthorizationSnapshot,
  replaceAuthorizationLines,
  restoreAuthorization,
  setApproval,
  snapshotAuthorization,
  updateAuthorization,
} from './rows.ts'

export type TransitionInput = ParsedInputOf<'authorization.transition'>

const DECISIONS: readonly AuthorizationEvent[] = ['request_info', 'approve', 'approve_modified', 'deny']

/** Refuses dates in the wrong order. */
export function checkDates({ sentOn }: Pick<Authorization, 'sentOn'>, details: Partial<AuthorizationDetails>): void {
  const { validFrom, validTo, expectedOn, infoDueOn } = details
  if (validFrom && validTo && validTo < validFrom)
    invalid('details.validTo', `Validity cannot end before it begins on ${formatDate(validFrom)}.`)
  if (sentOn && expectedOn && expectedOn < sentOn)
    invalid('details.expectedOn', `An answer cannot be expected before the request was sent on ${formatDate(sentOn)}.`)
  if (sentOn && infoDueOn && infoDueOn < sentOn)
    invalid('details.infoDueOn', `Information cannot be due before the request was sent on ${formatDate(sentOn)}.`)
}

/** Refuses a day that cannot be. */
function checkDay(authorization: Authorization, { event, on }: TransitionInput, today: IsoDate): void {
  if (on > today) invalid('on', 'This date is in the future.')
  const { sentOn, history, validTo } = authorization
  if (DECISIONS.includes(event) && sentOn && on < sentOn)
    invalid('on', `The payer cannot answer before the request was sent on ${formatDate(sentOn)}.`)
  const last = standing(history).at(-1)
  if (last && on < last.on)
    invalid('on', `This is before the last step, “${authorizationLife.done[last.event]}” of ${formatDate(last.on)}.`)
  if (event === 'expire' && validTo && on <= validTo)
    refuse([`It is valid until ${formatDate(validTo)}. Withdraw it if it is not wanted.`])
}

/** Sending with gaps, blanks or at $0.00 takes a reason and keeps who gave it (desk.md D row 21). */
async function checkGaps(
  context: CommandContext,
  file: CaseFile,
  authorization: Authorization,
  gapReason: string,
): Promise<void> {
  const documentation = documentationIn(context, file)
  const readiness = readinessOf('authorization', documentation.itemsOf('authorization'), file.visits)
  const { open = [] } = await authorizationDocument(context, file, documentation, authorization)
  const gaps = [...(readiness.ready ? [] : [`${readiness.sentence}.`]), ...open.map((place) => place.words)]
  if (gaps.length > 0 && gapReason === '') refuse([...gaps, 'To send it anyway, give a reason.'])
}

/** An appeal after its last day, or a letter with blanks, takes a reason, too. */
async function checkAppeal(
  context: CommandContext,
  file: CaseFile,
  authorization: Authorization,
  { on, gapReason }: TransitionInput,
): Promise<void> {
  const deadline = appealDeadline(authorization, payerOf(file, authorization.coverageId))
  const { open = [] } = await authorizationDocument(context, file, documentationIn(context, file), authorization)
  const late = deadline !== null && on > deadline.on
  const gaps = [
    ...(late ? [`The time to appeal ended ${formatDate(deadline.on)} (${deadline.source}).`] : []),
    ...(authorization.state === 'denied' ? open.map((place) => place.words) : []),
  ]
  if (gaps.length > 0 && gapReason === '') refuse([...gaps, 'To send it anyway, give a reason.'])
}

/** What a request prepared again must not keep of the one before: a patient called then knows nothing of the next answer. */
const NOTHING_DECIDED = {
  expectedOn: null,
  infoDueOn: null,
  validFrom: null,
  validTo: null,
  appealDays: null,
  patientCalledOn: null,
  bookedFor: null,
}

/** The coverage under which a confirmed approval goes on: where the case has changed its plan, the new one takes it over. */
function coverageNow({ record, approvals }: CaseFile, { id, coverageId }: Authorization): CoverageId | null {
  const basis = approvals.get(id)?.basis
  return basis && coverageId === basis.coverageId ? record.coverageId : coverageId
}

/** What a payer said of an approval that stands: from whom, under which number, until when. */
function saidOf(
  file: CaseFile,
  before: Authorization,
  { event, details }: Pick<TransitionInput, 'event' | 'details'>,
): string[] {
  if (event !== 'extend' && event !== 'confirm' && event !== 'replace') return []
  const { contact = '', reference = before.reference, validTo, coverageId = before.coverageId } = details
  const taker = coverageId === before.coverageId ? null : payerOf(file, coverageId)
  return [
    taker ? `Taken over by ${taker.name}` : '',
    validTo && validTo !== before.validTo ? `Valid to ${formatDate(validTo)}` : '',
    reference && reference !== before.reference
      ? event === 'replace'
        ? `By No. ${reference}`
        : `No. ${reference}, before ${before.reference || 'none'}`
      : '',
    contact,
  ].filter(Boolean)
}

/** Columns that an event sets beside the state. */
async function effectsOf(
  context: CommandContext,
  file: CaseFile,
  authorization: Authorization,
  { event, on, details }: TransitionInput,
): Promise<AuthorizationChanges> {
  const payer = payerOf(file, details.coverageId ?? authorization.coverageId)
  const { kind } = authorization
  if (event === 'submit') {
    const { holidays } = await readSettings(context)
    const expected = expectedAnswer(on, payer, kind, holidays)
    const typed = details.expectedOn != null
    return {
      sentOn: on,
      expectedBasis: typed ? 'Entered by the office' : expected.basis,
      details: { ...details, expectedOn: typed ? details.expectedOn! : expected.on },
    }
  }
  if (event === 'approve' || event === 'approve_modified') {
    const validFrom = details.validFrom ?? authorization.validFrom ?? on
    const assumed = assumedValidity(validFrom, payer, kind)
    const typed = details.validTo != null
    return {
      decidedOn: on,
      validBasis: typed ? 'From the decision' : assumed.basis,
      changesAnswer: null,
      changesAnsweredOn: null,
      details: { appealDays: null, ...details, validFrom, validTo: typed ? details.validTo! : assumed.on },
    }
  }
  if (event === 'deny') return { decidedOn: on, details: { appealDays: null, ...details } }
  if (event === 'extend') {
    const { validTo, contact } = details
    if (!validTo) invalid('details.validTo', 'Type the new last day.')
    if (authorization.validTo && validTo <= authorization.validTo)
      invalid('details.validTo', `An extension ends after ${formatDate(authorization.validTo)}.`)
    if (!contact) invalid('details.contact', 'Type who said so, or where it is written.')
    return { validBasis: `Extended ${formatDate(on)}: ${contact}`, details }
  }
  if (event === 'confirm') {
    const { validTo, contact } = details
    if (!contact) invalid('details.contact', 'Type who confirmed it.')
    return {
      ...(validTo && validTo !== authorization.validTo && { validBasis: `Confirmed ${formatDate(on)}: ${contact}` }),
      details: { coverageId: coverageNow(file, authorization), ...details },
    }
  }
  if (event === 'replace') {
    const { reference: _, ...rest } = details
    if (!rest.contact) invalid('details.contact', 'Type who said so, or where it is written.')
    // The new number is another approval's: this one keeps its own.
    return { details: rest }
  }
  if (event === 'answer_info') {
    // The payer starts to count anew once it has what it asked for.
    const { holidays } = await readSettings(context)
    const expected = expectedAnswer(on, payer, kind, holidays)
    return {
      expectedBasis: `${expected.basis}, from the day of the information`,
      details: { ...details, infoDueOn: null, expectedOn: details.expectedOn ?? expected.on },
    }
  }
  if (event === 'resubmit')
    return {
      sentOn: null,
      decidedOn: null,
      expectedBasis: '',
      validBasis: '',
      changesAnswer: null,
      changesAnsweredOn: null,
      details: { ...details, ...NOTHING_DECIDED },
    }
  return { details }
}

/** The payer's own figure follows every answer, also one that is taken back. */
async function learnFrom(context: CommandContext, file: CaseFile, { coverageId }: Authorization): Promise<void> {
  const payer = payerOf(file, coverageId)
  if (!payer) return
  const { holidays } = await readSettings(context)
  await learnTurnaround(context.tx, payer.id, holidays)
  rereadAll(context, 'coverages')
}

/**
 * One step of the life cycle with everything that follows from it.
 * @param from the claim of a remittance file that is posted by it
 * @throws REFUSED, INVALID_INPUT, CONFLICT
 */
export async function takeStep(
  context: CommandContext,
  input: TransitionInput,
  from: Pick<AuthorizationSnapshot, 'eraClaimId'> = {},
): Promise<void> {
  const { id, version, event, on, note, gapReason } = input
  const { file, authorization: before } = await openRequest(context, id)
  const next = authorizationLife.transition(before.state, event)
  if (!next.allowed) refuse(next.reasons)
  checkCoverage(file, input.details.coverageId)
  checkDay(before, input, context.today)
  if (event === 'submit') await checkGaps(context, file, before, gapReason)
  if (event === 'appeal') await checkAppeal(context, file, before, input)
  const effects = await effectsOf(context, file, before, input)
  const snapshot = { ...(await snapshotAuthorization(context.db, id)), ...from }
  const { sentOn = before.sentOn } = effects
  checkDates({ sentOn }, { ...before, ...effects.details })
  const isApproval = event === 'approve' || event === 'approve_modified' || event === 'confirm'
  // What is confirmed is the case as it has become since, not what was asked for.
  const asked = event === 'confirm' ? file.lines : before.lines
  const basis = isApproval ? basisOf(file, { ...before, ...effects.details, lines: asked }) : null
  const lines = event === 'resubmit' ? before.lines.map((line) => ({ ...line, ...NOT_APPROVED })) : input.lines
  const remark = [
    ...saidOf(file, before, { event, details: { ...input.details, ...effects.details } }),
    note,
    gapReason && `Sent with gaps: ${gapReason}`,
  ]
    .filter(Boolean)
    .join('. ')
  await file.write(context, ['authorizations', 'steps'], async (tx) => {
    await updateAuthorization(tx, id, version, { ...effects, state: next.to }, context)
    if (basis) await setApproval(tx, id, basis)
    if (lines) await replaceAuthorizationLines(tx, id, lines, () => context.newId<string>())
    const step = { event, from: before.state, to: next.to, on, note: remark, before: snapshot }
    await addTransition(context, { ...subjectOf(before), ...step })
  })
  if (effects.decidedOn !== undefined) await learnFrom(context, file, before)
  await finishWork(context, file, {
    event: {
      kind: 'authorization',
      on,
      text: [`${KIND_LABELS[before.kind]}: ${authorizationLife.done[event]}`, remark].filter(Boolean).join('. '),
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

const subjectOf = ({ id, caseId }: Authorization) => ({ caseId, entity: 'authorization' as const, entityId: id })

/** Takes the last step back, by the person who recorded it. @throws REFUSED, CONFLICT */
export async function undoStep(
  context: CommandContext,
  { id, version, reason }: { id: AuthorizationId; version: number; reason: string },
): Promise<void> {
  const { file, authorization: now } = await openRequest(context, id)
  const last = file.approvals.get(id)!.lastStep
  if (!last?.before) refuse(['There is no step to undo.'])
  if (last.userId !== context.user.id) refuse(['Only the person who recorded the last step may undo it.'])
  const before = last.before as AuthorizationSnapshot
  await file.write(context, ['authorizations', 'steps'], async (tx) => {
    await restoreAuthorization(tx, id, version, before, context)
    if (before.eraClaimId !== undefined) await releasePosted(tx, { id: before.eraClaimId })
    const step = { event: 'undo', from: now.state, to: last.from, on: context.today, note: reason }
    await addTransition(context, { ...subjectOf(now), ...step })
  })
  await learnFrom(context, file, now)
  await finishWork(context, file, {
    event: {
      kind: 'authorization',
      text: `${KIND_LABELS[now.kind]}: undid “${authorizationLife.done[last.event as keyof typeof authorizationLife.done]}” (${reason})`,
    },
    audit: { entity: 'authorization', entityId: id, before: now, after: last.before, reason },
  })
}
