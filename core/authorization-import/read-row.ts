// One row of an office's log as facts, or what is wrong with it and what to do.
import type { AuthorizationState } from '../authorization/schema.ts'
import { type IsoDate, parseBirthDate, parseDate } from '../dates.ts'
import { type Cents, parseMoney } from '../money.ts'
import { findTooth } from '../teeth.ts'
import type { ImportField, Mapping } from './fields.ts'

export interface ImportedRow {
  lastName: string
  firstName: string
  birthDate: IsoDate | null
  payer: string
  memberId: string
  code: string
  tooth: string | null
  area: (typeof AREAS)[keyof typeof AREAS] | null
  feeCents: Cents
  kind: 'estimate' | 'required'
  state: AuthorizationState
  sentOn: IsoDate | null
  expectedOn: IsoDate | null
  infoDueOn: IsoDate | null
  decidedOn: IsoDate | null
  reference: string
  validFrom: IsoDate | null
  validTo: IsoDate | null
  approvedCents: Cents | null
  patientCalledOn: IsoDate | null
  bookedFor: IsoDate | null
  owner: string
  note: string
}
export interface RowProblem {
  field: ImportField
  /** What is wrong and what to do, in one or two sentences. */
  message: string
}

/** How offices name the states of a request. */
const STATE_WORDS: readonly [AuthorizationState, readonly string[]][] = [
  ['to_verify', ['to verify', 'verify', 'check', 'unknown']],
  ['not_required', ['not required', 'not needed', 'none needed', 'no auth']],
  ['drafting', ['drafting', 'draft', 'to send', 'not sent', 'preparing', 'new']],
  ['submitted', ['submitted', 'sent', 'pending', 'waiting', 'open', 'in process', 'in review', 'received']],
  [
    'info_requested',
    ['information requested', 'info requested', 'more info', 'info needed', 'additional info', 'records requested'],
  ],
  ['approved', ['approved', 'ok', 'authorized', 'yes']],
  ['approved_modified', ['approved with changes', 'approved modified', 'partially approved', 'partial', 'modified']],
  ['denied', ['denied', 'rejected', 'declined', 'no']],
  ['appealed', ['appealed', 'appeal', 'in appeal']],
  ['expired', ['expired', 'lapsed']],
  ['used', ['used', 'done', 'completed', 'treated', 'billed']],
  ['withdrawn', ['withdrawn', 'cancelled', 'canceled', 'void', 'closed']],
]
const AREAS = {
  UR: '10',
  UL: '20',
  LL: '30',
  LR: '40',
  UA: '01',
  UPPER: '01',
  'UPPER ARCH': '01',
  LA: '02',
  LOWER: '02',
  'LOWER ARCH': '02',
} as const
/** What makes a request a promise or none; a word that says neither is asked about. */
const KIND_WORDS = { estimate: /estimate|pre\W?det|pre\W?treat/, required: /auth|cert|required/ } as const
const DECIDED: readonly AuthorizationState[] = [
  'approved',
  'approved_modified',
  'denied',
  'appealed',
  'expired',
  'used',
]
const SENT: readonly AuthorizationState[] = ['submitted', 'info_requested', ...DECIDED]

const words = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()

/**
 * Reads one row by the mapping of its columns. Nothing is guessed: what cannot be read is a problem.
 * @param today days without a year are of this year; nothing that happened may lie after it
 */
export function readRow(
  cells: readonly string[],
  mapping: Mapping,
  today: IsoDate,
): { row: ImportedRow; problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const problem = (field: ImportField, message: string) => problems.push({ field, message })
  const text = (field: ImportField) => (mapping[field] === undefined ? '' : (cells[mapping[field]] ?? '').trim())
  const date = (field: ImportField): IsoDate | null => {
    const raw = text(field)
    if (raw === '') return null
    const parse = field === 'birthDate' ? parseBirthDate : parseDate
    const read = parse(raw.replace(/[ T]\d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?$/i, ''), today)
    if (read === null) problem(field, `“${short(raw)}” is not a date. Write it like 11/23/2026.`)
    return read
  }
  const money = (field: ImportField): Cents | null => {
    const raw = text(field)
    const read = raw === '' ? null : parseMoney(raw)
    if (raw !== '' && (read === null || read < 0)) problem(field, `“${short(raw)}” is not an amount in dollars.`)
    return read
  }
  const [lastName, firstName] = nameOf(text('patient'), text('lastName'), text('firstName'))
  if (lastName === '' || firstName === '')
    problem('patient', 'Last and first name are needed. Write them like Doe, Sam.')
  const code = text('code').toUpperCase()
  if (!/^D\d{4}$/.test(code))
    problem('code', code === '' ? 'The code is missing.' : `“${short(code)}” is no CDT code such as D3353.`)
  const site = text('tooth')
    .toUpperCase()
    .replace(/^#|^TOOTH ?#?/, '')
    .replace(/^0(?=[3-9]$)/, '')
  const area = Object.hasOwn(AREAS, site) ? AREAS[site as keyof typeof AREAS] : null
  const tooth = site !== '' && !area ? (findTooth(site)?.tooth ?? null) : null
  if (site !== '' && !area && !tooth)
    problem('tooth', `There is no tooth “${short(site)}”. Use 1–32, A–T, UR, UL, LL, LR, or UA, LA for an arch.`)
  const dates = {
    birthDate: date('birthDate'),
    sentOn: date('sentOn'),
    expectedOn: date('expectedOn'),
    infoDueOn: date('infoDueOn'),
    decidedOn: date('decidedOn') ?? date('validFrom'),
    validFrom: date('validFrom'),
    validTo: date('validTo'),
    patientCalledOn: date('patientCalledOn'),
    bookedFor: date('bookedFor'),
  }
  const kindSaid = text('kind').toLowerCase()
  const isEstimate = KIND_WORDS.estimate.test(kindSaid)
  if (kindSaid !== '' && !isEstimate && !KIND_WORDS.required.test(kindSaid))
    problem('kind', `The kind “${short(text('kind'))}” is not known. Use required or estimate.`)
  const said = words(text('state'))
  const found = STATE_WORDS.find(([, names]) => names.includes(said))?.[0]
  const state = found ?? (dates.sentOn ? 'submitted' : 'drafting')
  if (said !== '' && !found)
    problem('state', `The status “${short(text('state'))}” is not known. Use sent, approved, denied or the like.`)
  if (SENT.includes(state) && !dates.sentOn && problems.every((one) => one.field !== 'sentOn'))
    problem('sentOn', 'The day it was sent is missing.')
  if (DECIDED.includes(state) && !dates.decidedOn && problems.every((one) => one.field !== 'decidedOn'))
    problem('decidedOn', 'The day of the payer’s decision is missing.')
  for (const field of ['birthDate', 'sentOn', 'decidedOn', 'patientCalledOn'] as const)
    if (dates[field] !== null && dates[field] > today) problem(field, 'This day lies in the future.')
  if (dates.sentOn && dates.decidedOn && DECIDED.includes(state) && dates.decidedOn < dates.sentOn)
    problem('decidedOn', 'The decision lies before the day it was sent.')
  if (dates.validTo && dates.validFrom && dates.validTo < dates.validFrom)
    problem('validTo', 'It ends before it begins.')
  if (dates.validTo && !dates.validFrom && dates.decidedOn && dates.validTo < dates.decidedOn)
    problem('validTo', 'It ends before it was decided. Add the day it begins.')
  return {
    row: {
      lastName,
      firstName,
      payer: text('payer').slice(0, 100),
      memberId: text('memberId').slice(0, 40),
      code,
      tooth,
      area,
      feeCents: money('fee') ?? 0,
      kind: isEstimate ? 'estimate' : 'required',
      state,
      ...dates,
      reference: text('reference').slice(0, 60),
      approvedCents: money('approved'),
      owner: text('owner'),
      note: text('note').slice(0, 1000),
    },
    problems: unique(problems),
  }
}

/** Valid-from is read twice, as itself and in the place of a missing decision; one complaint is enough. */
function unique(problems: RowProblem[]): RowProblem[] {
  return problems.filter(
    (one, at) => problems.findIndex((other) => other.field === one.field && other.message === one.message) === at,
  )
}

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)

/** `Doe, Sam`, `Sam Doe`, or two columns. */
function nameOf(whole: string, last: string, first: string): [last: string, first: string] {
  if (last !== '' || first !== '') return [last.slice(0, 60), first.slice(0, 60)]
  const comma = whole.indexOf(',')
  if (comma >= 0)
    return [
      whole.slice(0, comma).trim().slice(0, 60),
      whole
        .slice(comma + 1)
        .trim()
        .slice(0, 60),
    ]
  const parts = whole.split(/\s+/).filter(Boolean)
  return parts.length < 2 ? [whole, ''] : [parts.at(-1)!.slice(0, 60), parts.slice(0, -1).join(' ').slice(0, 60)]
}

/** Two rows of the same patient, code and place are the same request when number or day of sending agree. */
export function sameRequestKeys(row: ImportedRow): string[] {
  const who =
    `${row.lastName}|${row.firstName}|${row.birthDate ?? ''}|${row.code}|${row.tooth ?? row.area ?? ''}`.toLowerCase()
  const marks = [row.reference && `no ${row.reference.toLowerCase()}`, row.sentOn && `sent ${row.sentOn}`].filter(
    Boolean,
  )
  return (marks.length > 0 ? marks : [`state ${row.state}`]).map((mark) => `${who}|${mark}`)
}
