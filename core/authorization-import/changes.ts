// What a row of next week's log says anew about a request that is on file, and the steps that lead there.
import { authorizationLife, isApproved } from '../authorization/lifecycle.ts'
import type { AuthorizationEvent, AuthorizationState } from '../authorization/schema.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import { isRealNumber } from '../import/cells.ts'
import { formatMoney } from '../money.ts'
import { type ImportField, labelOf } from './fields.ts'
import type { ImportedRow } from './read-row.ts'

type Compared =
  | 'kind'
  | 'state'
  | 'sentOn'
  | 'decidedOn'
  | 'reference'
  | 'validFrom'
  | 'validTo'
  | 'expectedOn'
  | 'infoDueOn'
  | 'patientCalledOn'
  | 'bookedFor'
  | 'approvedCents'
  | 'feeCents'
  | 'note'
export interface OnFile extends Pick<ImportedRow, Compared> {
  /** Nobody said when it ends. */
  isEndAssumed: boolean
}

/** Details that a list may change; the rest of a request changes by its steps. */
const DAYS = ['validFrom', 'validTo', 'expectedOn', 'infoDueOn', 'patientCalledOn', 'bookedFor'] as const
const DETAILS = ['reference', ...DAYS, 'note'] as const
type ChangedDetails = Partial<Pick<ImportedRow, (typeof DETAILS)[number]>>

interface Change {
  field: ImportField
  from: string
  to: string
}
export interface RowChanges {
  changes: Change[]
  steps: { event: AuthorizationEvent; on: IsoDate }[]
  details: ChangedDetails
  /** What the plan pays, where it changed. */
  approvedCents: number | null
  /** What the list says otherwise and is not taken over, in words. */
  kept: string[]
  problem: { field: ImportField; message: string } | null
}

/** Steps that a log can tell of. An appeal and a request prepared anew are work of the office: a log only ends in them. */
const TOLD: readonly AuthorizationEvent[] = [
  'find_not_required',
  'start_draft',
  'submit',
  'request_info',
  'approve',
  'approve_modified',
  'deny',
  'use',
  'expire',
]
const LAST: readonly AuthorizationEvent[] = ['appeal', 'withdraw']

/** The steps from one state to another that a log can tell of; null when there are none. */
export function stepsBetween(from: AuthorizationState, to: AuthorizationState): AuthorizationEvent[] | null {
  const queue: [AuthorizationState, AuthorizationEvent[]][] = [[from, []]]
  const seen = new Set<AuthorizationState>([from])
  for (const [state, path] of queue) {
    if (state === to) return path
    for (const [event, next] of Object.entries(authorizationLife.table[state]) as [
      AuthorizationEvent,
      AuthorizationState,
    ][]) {
      if (seen.has(next) || !(TOLD.includes(event) || (LAST.includes(event) && next === to))) continue
      seen.add(next)
      queue.push([next, [...path, event]])
    }
  }
  return null
}

const DECIDING: readonly AuthorizationEvent[] = ['approve', 'approve_modified', 'deny']
const ANSWERS: readonly AuthorizationState[] = ['approved', 'approved_modified', 'denied']

/** Compares a row with its request on file. What the list leaves empty stays as it is. */
export function changesOf(onFile: OnFile, row: ImportedRow, today: IsoDate): RowChanges {
  const result: RowChanges = { changes: [], steps: [], details: {}, approvedCents: null, kept: [], problem: null }
  const said = (state: AuthorizationState) => authorizationLife.states[state]
  const day = (on: IsoDate | null) => (on === null ? '' : formatDate(on))
  const path = stepsBetween(onFile.state, row.state)
  const isBehind = row.state === 'submitted' || row.state === 'drafting' || row.state === 'info_requested'
  if (path === null && isBehind) result.kept.push(`Status ${said(row.state)}: on file it is ${said(onFile.state)}`)
  else if (path === null && !isUsedUp(onFile.state, row.state))
    result.problem = {
      field: 'state',
      message: `On file it is ${said(onFile.state)}${onFile.decidedOn ? ` since ${day(onFile.decidedOn)}` : ''}. Record the new answer in the case.`,
    }
  else if (path !== null && path.length > 0) {
    const since = ANSWERS.includes(row.state) && row.decidedOn ? `, ${day(row.decidedOn)}` : ''
    result.changes.push({ field: 'state', from: said(onFile.state), to: `${said(row.state)}${since}` })
    result.steps = path.map((event) => ({ event, on: dayOf(event, row, today) }))
    const lastDay = onFile.decidedOn ?? onFile.sentOn
    const order = [...(lastDay ? [lastDay] : []), ...result.steps.map(({ on }) => on)]
    if (order.some((on, at) => at > 0 && on < order[at - 1]!))
      result.problem = { field: 'decidedOn', message: `It is before ${day(lastDay)}, the last step on file.` }
    const until = row.validTo ?? onFile.validTo
    if (path.includes('expire') && until && until >= today)
      result.problem = { field: 'validTo', message: `It is valid until ${day(until)}. It cannot have expired.` }
  }
  if (isExtended(onFile, row) && (path === null || path.length === 0)) result.steps = [{ event: 'extend', on: today }]
  // An answer on file is not moved by a list: its day stands in the history.
  else if (result.steps.length === 0) {
    for (const field of ['sentOn', 'decidedOn'] as const)
      if (row[field] && onFile[field] && row[field] !== onFile[field] && !isBehind)
        result.kept.push(`${labelOf(field)} ${day(row[field])}: on file it is ${day(onFile[field])}`)
    if (isBehind && row.sentOn && onFile.sentOn && row.sentOn !== onFile.sentOn)
      result.kept.push(`Sent ${day(row.sentOn)}: on file it is ${day(onFile.sentOn)}`)
  }
  if (row.kind && row.kind !== onFile.kind) result.kept.push(`Kind ${row.kind}: on file it is ${onFile.kind}`)
  const change = (field: (typeof DETAILS)[number], from: string, to: string, value: string) => {
    result.changes.push({ field, from, to })
    Object.assign(result.details, { [field]: value })
  }
  const { reference } = row
  if (isRealNumber(reference) && reference !== onFile.reference)
    change('reference', onFile.reference, reference, reference)
  for (const field of DAYS) {
    const now = row[field]
    const before = field === 'validFrom' ? (onFile.validFrom ?? onFile.decidedOn) : onFile[field]
    if (now && now !== before) change(field, day(onFile[field]), day(now), now)
  }
  // Notes are added to: what somebody wrote here stays.
  if (row.note && !onFile.note.includes(row.note)) {
    const whole = onFile.note && !row.note.startsWith(onFile.note) ? `${onFile.note}\n${row.note}` : row.note
    change('note', '', row.note, whole.slice(0, 1000))
  }
  if (row.approvedCents !== null && row.approvedCents !== onFile.approvedCents) {
    if (isApproved(row.state) || isApproved(onFile.state)) {
      result.approvedCents = row.approvedCents
      const before = onFile.approvedCents === null ? '' : formatMoney(onFile.approvedCents)
      result.changes.push({ field: 'approved', from: before, to: formatMoney(row.approvedCents) })
    } else result.kept.push(`Plan pays ${formatMoney(row.approvedCents)}: it is not approved`)
  }
  if (row.feeCents > 0 && row.feeCents !== onFile.feeCents)
    result.kept.push(`Fee ${formatMoney(row.feeCents)}: on file it is ${formatMoney(onFile.feeCents)}`)
  const { validFrom, validTo } = { ...onFile, ...result.details }
  if (result.details.validTo && validFrom && validTo! < validFrom)
    result.problem ??= { field: 'validTo', message: `It ends before it begins on ${day(validFrom)}.` }
  return result
}

/** The payer lets it hold longer than the end on file, which somebody had said. */
function isExtended(onFile: OnFile, row: ImportedRow): boolean {
  const holds = isApproved(onFile.state) || onFile.state === 'expired'
  if (!holds || !isApproved(row.state) || !row.validTo || !onFile.validTo) return false
  return row.validTo > onFile.validTo && (onFile.state === 'expired' || !onFile.isEndAssumed)
}

/** An approval on file that has been used or has run out since is no other answer. */
function isUsedUp(onFile: AuthorizationState, said: AuthorizationState): boolean {
  const isEnded =
    onFile === 'used' ||
    onFile === 'expired' ||
    onFile === 'replaced' ||
    onFile === 'appealed' ||
    onFile === 'withdrawn'
  return isEnded && ANSWERS.includes(said)
}

function dayOf(event: AuthorizationEvent, row: ImportedRow, today: IsoDate): IsoDate {
  if (event === 'submit') return row.sentOn ?? today
  return DECIDING.includes(event) ? (row.decidedOn ?? today) : today
}
