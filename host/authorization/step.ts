// One step in the life of an authorization: what speaks against it, and what it sets beside the state.
import type { Assets } from '#core/assets.ts'
import { EVENT_DONE, standing } from '#core/authorization/lifecycle.ts'
import type { Authorization, AuthorizationDetails, AuthorizationEvent } from '#core/authorization/schema.ts'
import { assumedValidity, expectedAnswer } from '#core/authorization/terms.ts'
import { readinessOf } from '#core/case/readiness.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { addDays, formatDate, type IsoDate } from '#core/dates.ts'
import type { Payer } from '#core/patient.ts'
import type { AuthorizationChanges } from './rows.ts'
import { getCase } from '#host/case/rows.ts'
import { learnTurnaround, withOwnTurnaround } from './list.ts'
import { invalid, refuse } from '#host/case/finish.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { loadDocumentation } from '#host/case/documentation.ts'
import { authorizationDocument } from '#host/document/letters.ts'
import { payerOf } from '#host/remittance/remittances.ts'
import { readSettings } from '#host/office/settings.ts'

export type TransitionInput = ParsedInputOf<'authorization.transition'>
type Rule = Assets['payerRules']['rules'][number]

const DECISIONS: readonly AuthorizationEvent[] = ['request_info', 'approve', 'approve_modified', 'deny']

/** The shipped facts about a payer, when the office linked one. */
export function ruleOf({ payerRules }: Assets, payer: Payer | null): Rule | undefined {
  if (!payer?.rulesKey) return undefined
  return payerRules.rules.find((rule) => rule.key === payer.rulesKey)
}

/** Refuses dates in the wrong order. */
export function checkDates({ sentOn, decidedOn }: Authorization, details: Partial<AuthorizationDetails>): void {
  const { validFrom, validTo, expectedOn, infoDueOn } = details
  if (validFrom && validTo && validTo < validFrom)
    invalid('details.validTo', `Validity cannot end before it begins on ${formatDate(validFrom)}.`)
  if (sentOn && expectedOn && expectedOn < sentOn)
    invalid('details.expectedOn', `An answer cannot be expected before the request was sent on ${formatDate(sentOn)}.`)
  if (sentOn && infoDueOn && infoDueOn < sentOn)
    invalid('details.infoDueOn', `Information cannot be due before the request was sent on ${formatDate(sentOn)}.`)
  if (decidedOn && validTo && validTo < decidedOn)
    invalid('details.validTo', `Validity cannot end before the decision of ${formatDate(decidedOn)}.`)
}

/** Refuses a day that cannot be. */
export function checkDay(authorization: Authorization, { event, on }: TransitionInput, today: IsoDate): void {
  if (on > today) invalid('on', 'This date lies in the future.')
  const { sentOn, history, validTo } = authorization
  if (DECISIONS.includes(event) && sentOn && on < sentOn)
    invalid('on', `The payer cannot answer before the request was sent on ${formatDate(sentOn)}.`)
  const last = standing(history).at(-1)
  if (last && on < last.on)
    invalid('on', `This lies before the last step, “${EVENT_DONE[last.event]}” of ${formatDate(last.on)}.`)
  if (event === 'expire' && validTo && on <= validTo)
    refuse([`It is valid until ${formatDate(validTo)}. Withdraw it if it is not wanted.`])
}

/** Sending with gaps, blanks or at $0.00 takes a reason and keeps who gave it (desk.md D row 21). */
export async function checkGaps(
  context: CommandContext,
  authorization: Authorization,
  gapReason: string,
): Promise<void> {
  const record = await getCase(context.tx, authorization.caseId)
  const documentation = await loadDocumentation(context.tx, record, context)
  const readiness = readinessOf('authorization', documentation.itemsOf('authorization'), documentation.visits)
  const { open = [] } = await authorizationDocument({ ...context, db: context.tx }, authorization.id)
  const gaps = [...(readiness.ready ? [] : [`${readiness.sentence}.`]), ...open.map((place) => place.words)]
  if (gaps.length > 0 && gapReason === '') refuse([...gaps, 'To send it anyway, give a reason.'])
}

/** What a request prepared again must not keep of the one before: a patient called then knows nothing of the next answer. */
const NOTHING_DECIDED = {
  expectedOn: null,
  infoDueOn: null,
  validFrom: null,
  validTo: null,
  patientCalledOn: null,
  bookedFor: null,
}

/** Columns that an event sets beside the state. */
export async function effectsOf(
  context: CommandContext,
  authorization: Authorization,
  { event, on, details }: TransitionInput,
): Promise<AuthorizationChanges> {
  const payer = await payerOf(context.tx, details.coverageId ?? authorization.coverageId)
  if (event === 'submit') {
    const { holidays } = await readSettings(context.tx)
    const expected = expectedAnswer(on, payer && (await withOwnTurnaround(context.tx, payer)), holidays)
    const typed = details.expectedOn != null
    return {
      sentOn: on,
      expectedBasis: typed ? 'Entered by the office' : expected.basis,
      details: { ...details, expectedOn: typed ? details.expectedOn! : expected.on },
    }
  }
  if (event === 'approve' || event === 'approve_modified') {
    const validFrom = details.validFrom ?? authorization.validFrom ?? on
    const rule = ruleOf(context.assets, payer)
    const assumed = rule?.validDays
      ? { on: addDays(validFrom, rule.validDays), basis: `${rule.name}: ${rule.validDays} days (${rule.source})` }
      : assumedValidity(validFrom)
    const typed = details.validTo != null
    return {
      decidedOn: on,
      validBasis: typed ? 'From the decision' : assumed.basis,
      changesAnswer: null,
      changesAnsweredOn: null,
      details: { ...details, validFrom, validTo: typed ? details.validTo! : assumed.on },
    }
  }
  if (event === 'deny') return { decidedOn: on, details }
  if (event === 'answer_info') {
    // The payer starts to count anew once it has what it asked for.
    const { holidays } = await readSettings(context.tx)
    const expected = expectedAnswer(on, payer && (await withOwnTurnaround(context.tx, payer)), holidays)
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
export async function learnFrom({ tx }: CommandContext, { coverageId }: Authorization): Promise<void> {
  const payer = await payerOf(tx, coverageId)
  if (payer) await learnTurnaround(tx, payer.id, (await readSettings(tx)).holidays)
}
