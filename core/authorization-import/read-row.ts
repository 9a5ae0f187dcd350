// One row of an office's log as facts, or what is wrong with it and what to do.
import type { AuthorizationState } from '../authorization/schema.ts'
import type { IsoDate } from '../dates.ts'
import { isNothing, isRealNumber, isShortened, partsOfPeriod, readAmount, readDay } from '../import/cells.ts'
import { type Name, readName } from '../import/names.ts'
import { readCode, readPlace, type Takes } from '../import/places.ts'
import type { Cents } from '../money.ts'
import type { OralArea } from '../teeth.ts'
import type { ImportField, Mapping } from './fields.ts'

export interface ImportedRow {
  /** Of the patient in the practice system. */
  externalId: string
  /** A claim that was sent, not a request. */
  isClaim: boolean
  /** Of the request or claim in the practice system. */
  requestId: string
  serviceDate: IsoDate | null
  lastName: string
  firstName: string
  birthDate: IsoDate | null
  payer: string
  memberId: string
  code: string
  tooth: string | null
  area: OralArea | null
  feeCents: Cents
  /** null: not said. */
  kind: 'estimate' | 'required' | null
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
interface RowProblem {
  field: ImportField
  /** What is wrong and what to do, in one or two sentences. */
  message: string
}

/** How offices name the states of a request. “Completed”, “closed” and “received” mean an answer here and the treatment there. */
const STATE_WORDS: readonly [AuthorizationState, readonly string[]][] = [
  ['to_verify', ['to verify', 'verify', 'check', 'unknown']],
  ['not_required', ['not required', 'not needed', 'none needed', 'no auth']],
  ['drafting', ['u', 'w', 'h', 'unsent', 'on hold', 'drafting', 'draft', 'to send', 'not sent', 'preparing', 'new']],
  [
    'submitted',
    [
      'submitted',
      's',
      'sent',
      'pending',
      'waiting',
      'open',
      'in process',
      'in progress',
      'in review',
      'under review',
      'pending review',
      'awaiting response',
      'no response',
      'sent to insurance',
      'sent to ins',
    ],
  ],
  [
    'info_requested',
    [
      'information requested',
      'info requested',
      'more info',
      'more info needed',
      'need more info',
      'needs more info',
      'need info',
      'needs info',
      'info needed',
      'additional info',
      'records requested',
    ],
  ],
  ['approved', ['approved', 'ok', 'authorized', 'yes', 'approved in full', 'fully approved', 'appvd', 'apprvd']],
  [
    'approved_modified',
    [
      'approved with changes',
      'approved w changes',
      'approved with modifications',
      'approved modified',
      'approved downgraded',
      'downgraded',
      'partially approved',
      'partial approval',
      'partial',
      'modified',
    ],
  ],
  ['denied', ['denied', 'rejected', 'declined', 'no', 'not approved', 'not authorized']],
  ['appealed', ['appealed', 'appeal', 'in appeal']],
  ['expired', ['expired', 'lapsed']],
  ['used', ['used', 'done', 'treated', 'billed']],
  ['withdrawn', ['withdrawn', 'cancelled', 'canceled', 'void']],
]
/** What makes a request a promise or none; a word that says neither is asked about. */
/** Open Dental's words for claims: primary, secondary, other, capitation (its public source). */
const CLAIM_WORDS = /^(p|s|other|cap|claim|primary|secondary|medclaim)$/
/** Open Dental's numbers for the services of a claim: received, adjusted, supplemental, estimates, history (its public source). */
const LINE_STATES: readonly [RegExp, string][] = [
  [/^(1|received)$/i, 'Received already in the practice system'],
  [/^([3-9]|adjustment|supplemental|estimate|inshist)$/i, 'An adjustment or estimate, not a service that was sent'],
]
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

export interface ReadRow {
  row: ImportedRow
  problems: RowProblem[]
  /** Every way the name can be read, when there are several; the row has the first. */
  names: Name[]
  /** What was read otherwise than it is written, `2740` as `D2740`. */
  readAs: string | null
  /** Why nothing comes of the row; null for one that is a request or a claim. */
  leftOut: string | null
}

/**
 * Reads one row by the mapping of its columns. Nothing is guessed: what cannot be read is a problem.
 * @param today nothing that happened may lie after it
 * @param takes what a code goes by
 */
export function readRow(
  cells: readonly string[],
  mapping: Mapping,
  today: IsoDate,
  takes: (code: string) => Takes,
): ReadRow {
  const problems: RowProblem[] = []
  const problem = (field: ImportField, message: string) => problems.push({ field, message })
  const text = (field: ImportField) => (mapping[field] === undefined ? '' : (cells[mapping[field]] ?? '').trim())
  const dayIn = (field: ImportField, raw: string): IsoDate | null => {
    const read = readDay(raw, today, { born: field === 'birthDate' })
    if ('day' in read) return read.day
    problem(field, read.problem)
    return null
  }
  const day = (field: ImportField) => dayIn(field, text(field))
  const money = (field: ImportField): Cents | null => {
    const read = readAmount(text(field))
    if (read === undefined) problem(field, `“${short(text(field))}” is not an amount in dollars.`)
    else if (read !== null && read < 0) problem(field, `“${short(text(field))}” is below zero. Write what is charged.`)
    return read ?? null
  }
  const number = (field: ImportField, most: number): string => {
    const raw = text(field)
    if (isShortened(raw))
      problem(field, `The spreadsheet shortened “${raw}”. Show the column as text and save it again.`)
    return isNothing(raw) ? '' : raw.slice(0, most)
  }

  const names = readName({ whole: text('patient'), last: text('lastName'), first: text('firstName') })
  const externalId = number('externalId', 40)
  const isNamed = [text('patient'), text('lastName'), text('firstName')].some(Boolean)
  if (names.length === 0 && (isNamed || externalId === ''))
    problem('patient', 'Last and first name cannot be told. Write them like Doe, Sam.')
  const { lastName, firstName } = names[0] ?? { lastName: '', firstName: '' }
  const read = readCode(text('code'))
  if ('problem' in read) problem('code', read.problem)
  const { code, rest } = 'code' in read ? read : { code: '', rest: '' }
  const cellsOfPlace = { tooth: placeText(text('tooth')), area: placeText(text('area')), beside: rest }
  const site = code === '' ? { place: NO_PLACE } : readPlace(cellsOfPlace, code, takes(code))
  if ('problem' in site) problem('tooth', site.problem)
  const { tooth, area } = 'place' in site ? site.place : NO_PLACE
  const besides = 'teeth' in site && site.teeth ? `Teeth ${site.teeth.join(', ')}` : ''

  const period = mapping.validTo === undefined ? null : partsOfPeriod(text('validTo'))
  const validFrom = day('validFrom') ?? (period ? dayIn('validFrom', period[0]) : null)
  const dates = {
    birthDate: day('birthDate'),
    sentOn: day('sentOn'),
    expectedOn: day('expectedOn'),
    infoDueOn: day('infoDueOn'),
    decidedOn: day('decidedOn'),
    validFrom,
    validTo: period ? dayIn('validTo', period[1]) : day('validTo'),
    patientCalledOn: day('patientCalledOn'),
    serviceDate: day('serviceDate'),
    bookedFor: day('bookedFor'),
  }
  const kindSaid = isNothing(text('kind')) && !/\bno/i.test(text('kind')) ? '' : text('kind').toLowerCase()
  const isEstimate = KIND_WORDS.estimate.test(kindSaid)
  const isClaim = CLAIM_WORDS.test(kindSaid)
  if (kindSaid !== '' && !isClaim && !isEstimate && (!KIND_WORDS.required.test(kindSaid) || /\bnot?\b/.test(kindSaid)))
    problem('kind', `The kind “${short(text('kind'))}” is not known. Use required or estimate.`)
  const state = stateOf(text('state'), dates, problem)
  checkDays(state, dates, today, problems)
  const feeCents = money('fee')
  const leftOut =
    LINE_STATES.find(([word]) => word.test(text('lineState')))?.[1] ?? (isClaim ? whyNoSentClaim(state) : null)
  if (isClaim && leftOut === null) checkClaim({ ...dates, feeCents, payer: text('payer') }, problem)
  return {
    row: {
      externalId,
      isClaim,
      requestId: number('requestId', 40),
      lastName,
      firstName,
      payer: isNothing(text('payer')) ? '' : text('payer').replace(/\s+/g, ' ').slice(0, 100),
      memberId: number('memberId', 40),
      code,
      tooth,
      area,
      feeCents: feeCents ?? 0,
      kind: isEstimate ? 'estimate' : kindSaid === '' || isClaim ? null : 'required',
      state,
      ...dates,
      decidedOn: dates.decidedOn ?? (DECIDED.includes(state) ? dates.validFrom : null),
      reference: number('reference', 60),
      approvedCents: money('approved'),
      owner: text('owner'),
      note: [text('note'), besides].filter(Boolean).join('. ').slice(0, 1000),
    },
    problems: leftOut === null ? problems : [],
    leftOut,
    names,
    readAs:
      code !== '' && !text('code').toUpperCase().replace(' ', '').includes(code) ? `${text('code')} as ${code}` : null,
  }
}

/** Only what was sent and has no answer yet is an open claim. */
const whyNoSentClaim = (state: AuthorizationState) =>
  state === 'submitted' || state === 'info_requested'
    ? null
    : state === 'drafting'
      ? 'A claim that is not sent yet in the practice system'
      : 'A claim that has its answer'

/** What a sent claim cannot be without: none of it is guessed. */
function checkClaim(
  claim: Pick<ImportedRow, 'serviceDate' | 'sentOn'> & { feeCents: Cents | null; payer: string },
  problem: (field: ImportField, message: string) => void,
): void {
  const { serviceDate, sentOn, feeCents, payer } = claim
  if (serviceDate === null) problem('serviceDate', 'The day of service of this claim is missing.')
  else if (sentOn && sentOn < serviceDate) problem('sentOn', 'The claim was sent before its day of service.')
  if (feeCents === null) problem('fee', 'What was billed for this service is missing.')
  if (isNothing(payer)) problem('payer', 'The payer of this claim is missing.')
}

const NO_PLACE = { tooth: null, area: null }
const placeText = (text: string) => (isNothing(text) ? '' : text)

type Days = Pick<
  ImportedRow,
  'birthDate' | 'sentOn' | 'decidedOn' | 'validFrom' | 'validTo' | 'patientCalledOn' | 'bookedFor' | 'serviceDate'
>

/** The state that is said; where none is said, what the days leave no doubt of. */
function stateOf(
  text: string,
  { sentOn, decidedOn, validTo }: Days,
  problem: (field: ImportField, message: string) => void,
): AuthorizationState {
  const said = words(text)
  const found = STATE_WORDS.find(([, names]) => names.includes(said))?.[0]
  if (found) {
    if (decidedOn && (found === 'submitted' || found === 'drafting'))
      problem('state', `A decision is dated, and the status says “${short(text)}”. Correct one of them.`)
    return found
  }
  if (!isNothing(text))
    problem('state', `The status “${short(text)}” is not known. Use sent, approved, denied or the like.`)
  else if (decidedOn || validTo)
    problem('state', 'An answer is dated, and no status says which. Use approved, denied or the like.')
  return sentOn ? 'submitted' : 'drafting'
}

/** Days that are missing for the state, lie in the future, or are in the wrong order. A day that could not be read is said once. */
function checkDays(state: AuthorizationState, days: Days, today: IsoDate, problems: RowProblem[]): void {
  const isRead = (field: ImportField) => problems.every((one) => one.field !== field)
  const problem = (field: ImportField, message: string) => problems.push({ field, message })
  const { sentOn, decidedOn, validFrom, validTo } = days
  if (SENT.includes(state) && !sentOn && isRead('sentOn')) problem('sentOn', 'The day it was sent is missing.')
  if (DECIDED.includes(state) && !decidedOn && !validFrom && isRead('decidedOn'))
    problem('decidedOn', 'The day of the payer’s decision is missing.')
  for (const field of ['birthDate', 'sentOn', 'decidedOn', 'patientCalledOn'] as const)
    if (days[field] !== null && days[field] > today) problem(field, 'This day is in the future.')
  if (sentOn && decidedOn && decidedOn < sentOn && DECIDED.includes(state))
    problem('decidedOn', 'The decision is before the day it was sent.')
  if (validTo && validFrom && validTo < validFrom) problem('validTo', 'It ends before it begins.')
  if (validTo && !validFrom && decidedOn && validTo < decidedOn)
    problem('validTo', 'It ends before it was decided. Add the day it begins.')
}

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)

/** What a row is known by beside payer, person, code and place: the day it was sent, or a number that is one. */
export const marksOf = ({ sentOn, reference }: Pick<ImportedRow, 'sentOn' | 'reference'>): string[] => [
  ...(sentOn ? [`sent ${sentOn}`] : []),
  ...(isRealNumber(reference) ? [`no ${reference.toLowerCase().replace(/[^a-z0-9]/g, '')}`] : []),
]
