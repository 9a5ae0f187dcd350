// When an answer may be expected, how long an approval holds, and where an approval differs from what was asked or is billed.
import * as z from 'zod'
import { formatDate, type IsoDate } from '../dates.ts'
import { formatMoney } from '../money.ts'
import { addSpan, basisOf, figureOf, type FiguredPayer, type ReckonedDay } from '../payer-figures.ts'
import { spanWords } from '../payer-rule/words.ts'
import { type DecidedLine, grantsOf, placed, type PlacedService, reaches, unitsCovered } from './cover.ts'
import { authorizationLife, hasEnded, isApproved } from './lifecycle.ts'
import type { CoverageId } from '../ids.ts'
import type { Authorization, AuthorizationKind, AuthorizationLineInput, AuthorizationState } from './schema.ts'

/** Expected answer date, by the figure of the payer that counts, with its basis in words. */
export function expectedAnswer(
  sentOn: IsoDate,
  payer: FiguredPayer | null,
  kind: AuthorizationKind,
  holidays: readonly IsoDate[],
): ReckonedDay {
  const figure = figureOf(payer, 'answer', kind)!
  const on = addSpan(sentOn, figure, holidays)
  if (figure.origin === 'assumed') return { on, basis: `Assumed: ${spanWords(figure)}. Check with the payer` }
  if (figure.origin === 'shipped') return { on, basis: basisOf(payer!.name, figure) }
  return { on, basis: `${payer!.name}: usually ${spanWords(figure)}${figure.source ? ` (${figure.source})` : ''}` }
}

/** Last day of validity when the letter names none. */
export function assumedValidity(from: IsoDate, payer: FiguredPayer | null, kind: AuthorizationKind): ReckonedDay {
  const figure = figureOf(payer, 'valid', kind)!
  const on = addSpan(from, figure)
  if (figure.origin === 'assumed') return { on, basis: `Assumed: ${spanWords(figure)}. Check with the payer` }
  return { on, basis: basisOf(payer!.name, figure) }
}

/**
 * Where the approval differs from the request, in words; empty means approved as asked.
 * @param state what the payer called it: the plan's part alone is a change only where the payer says that it changed something
 */
export function compareApproved(
  lines: readonly AuthorizationLineInput[],
  state: 'approved' | 'approved_modified' = 'approved_modified',
): string[] {
  return lines.flatMap((line) => {
    const name = placed(line)
    if (line.approvedQuantity === 0) return [`${name}: not approved`]
    const differences: string[] = []
    if (line.approvedCode !== null && line.approvedCode !== line.code)
      differences.push(`${name}: approved as ${line.approvedCode}`)
    if (line.approvedTooth !== null && line.approvedTooth !== line.tooth)
      differences.push(`${name}: approved for tooth ${line.approvedTooth} instead of ${line.tooth ?? 'none'}`)
    if (line.approvedQuantity !== null && line.approvedQuantity !== line.quantity)
      differences.push(`${name}: ${line.approvedQuantity} of ${line.quantity} approved`)
    differences.push(...amountDiffers(line, state === 'approved_modified'))
    return differences
  })
}

/** Plan and patient together are what is allowed: below the fee the contract takes the rest off, above it nothing explains it. */
function amountDiffers(line: AuthorizationLineInput, isChanged: boolean): string[] {
  const { feeCents, quantity, approvedCents, patientCents } = line
  const fee = feeCents * quantity
  if (approvedCents === null) return []
  const name = placed(line)
  const allowed = approvedCents + (patientCents ?? 0)
  if (allowed > fee) return [`${name}: ${formatMoney(allowed)} of ${formatMoney(fee)}`]
  return isChanged && patientCents === null && allowed !== fee
    ? [`${name}: ${formatMoney(allowed)} of ${formatMoney(fee)}`]
    : []
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
  lines: readonly DecidedLine[]
}
export interface BilledLine extends PlacedService {
  serviceDate: IsoDate | null
}
const CARC = 'X12 reason codes CARC 197, 198, 284, 296'

/** Granted; or granted once and ended since, for services of the days on which it held. */
export function isGrantedFor(
  { state, validFrom, validTo }: Pick<AuthorizationTerms, 'state' | 'validFrom' | 'validTo'>,
  lines: readonly Pick<BilledLine, 'serviceDate'>[],
): boolean {
  if (isApproved(state) || state === 'used') return true
  if (!hasEnded(state) || validTo === null) return false
  const days = lines.flatMap((line) => line.serviceDate ?? [])
  return days.length > 0 && days.every((day) => (validFrom ?? day) <= day && day <= validTo)
}

/**
 * Problems of billing lines under an authorization: absent, expired, outside the window, not granted at this place or not
 * as often.
 * @param before what was claimed under it already
 */
export function checkAgainstClaim(
  authorization: AuthorizationTerms,
  lines: readonly BilledLine[],
  before: readonly PlacedService[] = [],
): TermsFinding[] {
  const findings: TermsFinding[] = []
  const severity = authorization.kind === 'required' ? 'warn' : 'info'
  const name = authorization.kind === 'required' ? 'authorization' : 'estimate'
  const say = (id: string, message: string) => findings.push({ id, severity, message, source: CARC })
  if (!isGrantedFor(authorization, lines))
    say('not_approved', `The ${name} is not approved: ${authorizationLife.states[authorization.state].toLowerCase()}.`)
  const { validFrom, validTo } = authorization
  const grants = grantsOf(authorization.lines)
  const covered = unitsCovered(authorization.lines, before, lines)
  for (const [at, line] of lines.entries()) {
    if (line.serviceDate && validTo && line.serviceDate > validTo)
      say(
        'after_window',
        `${line.code} on ${formatDate(line.serviceDate)} is after the ${name} ended (${formatDate(validTo)}).`,
      )
    if (line.serviceDate && validFrom && line.serviceDate < validFrom)
      say(
        'before_window',
        `${line.code} on ${formatDate(line.serviceDate)} is before the ${name} began (${formatDate(validFrom)}).`,
      )
    const ofCode = grants.filter((one) => one.code === line.code)
    const here = ofCode.filter((one) => reaches(one, line))
    const granted = sumOf(here)
    const used = sumOf(before.filter((one) => one.code === line.code && here.some((grant) => reaches(grant, one))))
    const billed = sumOf(lines.filter((one) => one.code === line.code && here.some((grant) => reaches(grant, one))))
    if (ofCode.length === 0) say('other_code', `${placed(line)} is not among the codes of the ${name}.`)
    else if (here.length === 0)
      say('other_place', `${placed(line)}: the ${name} is for another ${line.tooth === null ? 'area' : 'tooth'}.`)
    else if (granted === 0) say('refused', `${placed(line)} was not approved (0 approved).`)
    else if (covered[at]! < line.quantity)
      say(
        'exceeded',
        `${placed(line)}: ${billed} billed, ${granted} in the ${name}${used > 0 ? `, ${used} claimed before` : ''}.`,
      )
  }
  return findings.filter((finding, index) => findings.findIndex((one) => one.message === finding.message) === index)
}

const sumOf = (services: readonly PlacedService[]) => services.reduce((sum, one) => sum + one.quantity, 0)

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
      message: `A visit on ${formatDate(late)} is after ${formatDate(validTo)}. Ask the payer for an extension.`,
      source: 'Claimwright’s advice',
    },
  ]
}

/**
 * Why treatment should wait: a payer that requires an authorization has not approved it; none of another payer stands for
 * it. Null when nothing stands against it.
 * @param requests those to plans of today
 * @param need whether the plan of the case requires one
 */
export function waitsFor(
  requests: readonly Pick<Authorization, 'kind' | 'state' | 'coverageId' | 'payerName'>[],
  need: 'yes' | 'no' | 'unknown',
  ofCase: CoverageId | null,
): string | null {
  const required = requests.filter(
    ({ kind, state }) => kind === 'required' && state !== 'withdrawn' && state !== 'replaced',
  )
  const settles = ({ state }: (typeof required)[number]) =>
    isApproved(state) || state === 'used' || state === 'not_required'
  const askedOf = (id: CoverageId | null) => required.filter((one) => (one.coverageId ?? ofCase) === id)
  const payers = [...new Set(required.map((one) => one.coverageId ?? ofCase))]
  const open = payers.flatMap((id) => {
    const [latest, ...rest] = askedOf(id)
    return [latest!, ...rest].some(settles) ? [] : [latest!]
  })
  if (open.length > 0)
    return open
      .map(({ state, payerName }) => {
        const whose = payers.length > 1 && payerName ? ` of ${payerName}` : ''
        return `The required authorization${whose} is not approved: ${authorizationLife.states[state].toLowerCase()}.`
      })
      .join(' ')
  return need === 'yes' && askedOf(ofCase).length === 0
    ? 'The payer requires an authorization and none was requested.'
    : null
}
