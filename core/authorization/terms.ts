// When an answer may be expected, how long an approval holds, and where an approval differs from what was asked or is billed.
import * as z from 'zod'
import { addBusinessDays, addDays, formatDate, type IsoDate } from '../dates.ts'
import { formatMoney } from '../money.ts'
import type { AuthorizationKind, AuthorizationLine, AuthorizationLineInput, AuthorizationState } from './schema.ts'
import { authorizationLife, isApproved } from './lifecycle.ts'

/** Used when no figure of the payer is on file (domain.md 4). */
const DEFAULT_ANSWER_BUSINESS_DAYS = 14
const DEFAULT_VALID_DAYS = 180

export interface ReckonedDay {
  on: IsoDate
  basis: string
}

/** Expected answer date: the payer's usual business days, else the default, with its basis in words. */
export function expectedAnswer(
  sentOn: IsoDate,
  payer: { name: string; usualAnswerDays: number | null; source: string } | null,
  holidays: readonly IsoDate[],
): ReckonedDay {
  if (payer?.usualAnswerDays) {
    return {
      on: addBusinessDays(sentOn, payer.usualAnswerDays, holidays),
      basis: `${payer.name}: usually ${payer.usualAnswerDays} business days${payer.source ? ` (${payer.source})` : ''}`,
    }
  }
  return {
    on: addBusinessDays(sentOn, DEFAULT_ANSWER_BUSINESS_DAYS, holidays),
    basis: `Assumed: ${DEFAULT_ANSWER_BUSINESS_DAYS} business days. Check with the payer`,
  }
}

/** Last day of validity when the letter names none. */
export function assumedValidity(from: IsoDate): ReckonedDay {
  return { on: addDays(from, DEFAULT_VALID_DAYS), basis: `Assumed: ${DEFAULT_VALID_DAYS} days. Check with the payer` }
}

/** Where the approval differs from the request, in words; empty means approved as asked. */
export function compareApproved(lines: readonly AuthorizationLineInput[]): string[] {
  return lines.flatMap((line) => {
    const differences: string[] = []
    if (line.approvedCode !== null && line.approvedCode !== line.code)
      differences.push(`${line.code}: approved as ${line.approvedCode}`)
    if (line.approvedTooth !== null && line.approvedTooth !== line.tooth)
      differences.push(`${line.code}: approved for tooth ${line.approvedTooth} instead of ${line.tooth ?? 'none'}`)
    if (line.approvedQuantity !== null && line.approvedQuantity !== line.quantity)
      differences.push(`${line.code}: ${line.approvedQuantity} of ${line.quantity} approved`)
    differences.push(...amountDiffers(line))
    return differences
  })
}

/** Plan and patient together are what is allowed: below the fee the contract takes the rest off, above it nothing explains it. */
function amountDiffers({ code, feeCents, quantity, approvedCents, patientCents }: AuthorizationLineInput): string[] {
  const fee = feeCents * quantity
  if (approvedCents === null) return []
  const allowed = approvedCents + (patientCents ?? 0)
  if (allowed > fee) return [`${code}: ${formatMoney(allowed)} of ${formatMoney(fee)}`]
  return patientCents === null && allowed !== fee ? [`${code}: ${formatMoney(allowed)} of ${formatMoney(fee)}`] : []
}

export const TermsFinding = z.strictObject({
  id: z.string(),
  severity: z.enum(['block', 'warn', 'info']),
  message: z.string(),
  source: z.string(),
})
export type TermsFinding = z.infer<typeof TermsFinding>
export interface AuthorizationTerms {
  kind: AuthorizationKind
  state: AuthorizationState
  reference: string
  validFrom: IsoDate | null
  validTo: IsoDate | null
  lines: readonly Pick<
    AuthorizationLine,
    'code' | 'tooth' | 'quantity' | 'approvedCode' | 'approvedTooth' | 'approvedQuantity'
  >[]
}
const CARC = 'CARC 197, 198, 284, 296 (domain pack, section 4)'

/** Problems of billing lines under an authorization: absent, expired, outside the window, another code or tooth. */
export function checkAgainstClaim(
  authorization: AuthorizationTerms,
  lines: readonly { code: string; tooth: string | null; serviceDate: IsoDate | null; quantity: number }[],
): TermsFinding[] {
  const findings: TermsFinding[] = []
  const severity = authorization.kind === 'required' ? 'warn' : 'info'
  const name = authorization.kind === 'required' ? 'authorization' : 'estimate'
  const say = (id: string, message: string) => findings.push({ id, severity, message, source: CARC })
  if (!isApproved(authorization.state) && authorization.state !== 'used')
    say('not_approved', `The ${name} is not approved: ${authorizationLife.states[authorization.state].toLowerCase()}.`)
  const { validFrom, validTo } = authorization
  for (const line of lines) {
    if (line.serviceDate && validTo && line.serviceDate > validTo)
      say(
        'after_window',
        `${line.code} on ${formatDate(line.serviceDate)} lies after the ${name} ended (${formatDate(validTo)}).`,
      )
    if (line.serviceDate && validFrom && line.serviceDate < validFrom)
      say(
        'before_window',
        `${line.code} on ${formatDate(line.serviceDate)} lies before the ${name} began (${formatDate(validFrom)}).`,
      )
    const approved = authorization.lines.filter((one) => (one.approvedCode ?? one.code) === line.code)
    if (approved.length === 0) {
      say('other_code', `${line.code} is not among the codes of the ${name}.`)
      continue
    }
    if (line.tooth !== null && !approved.some((one) => (one.approvedTooth ?? one.tooth) === line.tooth))
      say('other_tooth', `${line.code}: the ${name} is for another tooth.`)
    const allowed = approved.reduce((sum, one) => sum + (one.approvedQuantity ?? one.quantity), 0)
    const billed = lines.filter((one) => one.code === line.code).reduce((sum, one) => sum + one.quantity, 0)
    if (billed > allowed) say('exceeded', `${line.code}: ${billed} billed, ${allowed} in the ${name}.`)
  }
  return findings.filter((finding, index) => findings.findIndex((one) => one.message === finding.message) === index)
}

/** Problems of the plan of treatment under an authorization: a visit after it ends. */
export function checkAgainstVisits(
  authorization: AuthorizationTerms,
  visits: readonly { plannedOn: IsoDate | null; doneOn: IsoDate | null }[],
): TermsFinding[] {
  const { validTo } = authorization
  const late =
    validTo && visits.map((visit) => visit.doneOn ?? visit.plannedOn).find((day) => day !== null && day > validTo)
  if (!late) return []
  return [
    {
      id: 'visit_after_expiry',
      severity: 'warn',
      message: `A visit on ${formatDate(late)} lies after ${formatDate(validTo)}. Ask the payer for an extension.`,
      source: 'Apexification can outlast 180 days (domain pack, section 4)',
    },
  ]
}

/** Why treatment should wait: the authorization that the payer requires is not approved. Null when nothing stands against it. */
export function waitsFor(
  authorizations: readonly Pick<AuthorizationTerms, 'kind' | 'state'>[],
  need: 'yes' | 'no' | 'unknown',
): string | null {
  const required = authorizations.filter((one) => one.kind === 'required' && one.state !== 'withdrawn')
  if (required.some(({ state }) => isApproved(state) || state === 'used' || state === 'not_required')) return null
  const open = required[0]
  if (open) return `The required authorization is not approved: ${authorizationLife.states[open.state].toLowerCase()}.`
  return need === 'yes' ? 'The payer requires an authorization and none was requested.' : null
}
