// The people of a practice system's list: one line each, several lines under one number, or lines that go on below a name.
import { formatDate, type IsoDate } from '../dates.ts'
import { isNothing, isShortened, readDay } from '../import/cells.ts'
import { headingKey } from '../import/headings.ts'
import { type Name, readName } from '../import/names.ts'
import { whyNoEntry } from '../import/other-rows.ts'
import { stateOf } from '../import/states.ts'
import { Email, Phone } from '../office.ts'
import { PLAN_ORDERS, type PatientInput, type PaymentOrder, type Relation } from '../patient.ts'
import { formatPhone, phoneDigits } from '../phone.ts'
import { personLabelOf, type PersonField, type PersonMapping } from './fields.ts'

/** A plan of a person as the list has it. */
export interface ListedPlan {
  order: PaymentOrder | null
  payer: string
  payerCode: string
  groupNumber: string
  employer: string
  memberId: string
  /** null: not said. */
  relation: Relation | null
  subscriberId: string
  subscriber: Name | null
  subscriberBirthDate: IsoDate | null
  validFrom: IsoDate | null
  validTo: IsoDate | null
}
/** A person as the list has them. */
export interface ListedPerson extends Pick<PatientInput, 'gender' | 'address' | 'phone' | 'mobile' | 'email' | 'note'> {
  /** The first of the rows, as the spreadsheet counts. */
  row: number
  externalId: string
  /** Every way the name can be read, the likeliest first. */
  names: Name[]
  birthDate: IsoDate | null
  guarantorId: string
  /** As it is written; empty for somebody who is their own. */
  guarantor: string
  plans: ListedPlan[]
}
export interface ReadPeople {
  people: ListedPerson[]
  problems: { row: number; column: string; message: string }[]
  /** Rows of which nobody is made, and why. */
  leftOut: { row: number; reason: string }[]
  /** What was read otherwise than it is written, or not taken. */
  readAs: { row: number; words: string }[]
}
interface Line {
  cells: readonly string[]
  number: number
}

/** What may go on in the lines below a name. */
const GOES_ON: readonly PersonField[] = ['street', 'phone', 'payer', 'memberId', 'groupNumber', 'city', 'zip', 'state']
const NAMED: readonly PersonField[] = ['patient', 'lastName', 'firstName', 'externalId', 'birthDate']

/**
 * Reads the rows below the headings.
 * @param above the rows above the headings: each page of a printed list repeats them
 */
export function readPeople(
  body: readonly { cells: string[]; number: number }[],
  {
    headings,
    above,
    mapping,
    today,
  }: { headings: string[]; above: string[][]; mapping: PersonMapping; today: IsoDate },
): ReadPeople {
  const out: ReadPeople = { people: [], problems: [], leftOut: [], readAs: [] }
  const titles = new Set(above.map(titleKey))
  const byNumber = new Map<string, Line[]>()
  const all: Line[][] = []
  let open: Line[] | null = null
  const at = (field: PersonField, { cells }: Pick<Line, 'cells'>) =>
    mapping[field] === undefined ? '' : (cells[mapping[field]] ?? '')
  const goesOn = new Set(GOES_ON.flatMap((field) => mapping[field] ?? []))
  for (const line of body) {
    const isNamed = NAMED.some((field) => at(field, line) !== '')
    if (open && !isNamed && line.cells.every((cell, column) => cell === '' || goesOn.has(column))) {
      open.push(line)
      continue
    }
    const why = titles.has(titleKey(line.cells))
      ? 'The title again'
      : whyNoEntry(line.cells, headings, [mapping.patient ?? mapping.lastName, mapping.birthDate])
    if (why) {
      out.leftOut.push({ row: line.number, reason: why })
      open = null
      continue
    }
    const number = isNothing(at('externalId', line)) ? '' : at('externalId', line)
    const same = byNumber.get(number)
    // A second line under a number is the person's second plan.
    if (number !== '' && same && isSamePerson(same[0]!, line, at)) same.push(line)
    else {
      open = [line]
      all.push(open)
      if (number !== '' && !same) byNumber.set(number, open)
    }
  }
  for (const lines of all) readPerson(lines, mapping, today, out)
  return out
}

/** Page numbers and dates make no other title. */
const titleKey = (cells: readonly string[]) => cells.filter(Boolean).join('|').replace(/\d+/g, '#')

const isSamePerson = (one: Line, other: Line, at: (field: PersonField, line: Line) => string) =>
  (['patient', 'lastName', 'firstName', 'birthDate'] as const).every(
    (field) => headingKey(at(field, one)) === headingKey(at(field, other)),
  )

const STATUS: readonly [RegExp, 'in' | 'noted' | 'out', string][] = [
  [/^(0|patient|active|current)$/, 'in', ''],
  [/^(1|non-?patient|responsible party only)$/, 'out', 'Not a patient'],
  [/^(2|inactive)$/, 'noted', 'Inactive'],
  [/^(3|archived)$/, 'out', 'Archived'],
  [/^(4|deleted)$/, 'out', 'Deleted'],
  [/^(5|deceased)$/, 'noted', 'Deceased'],
  [/^(6|prospective|prospect)$/, 'noted', 'Prospective'],
]
/** Numbers as Open Dental writes them raw (its public source, TableTypes). */
const GENDER: readonly [RegExp, PatientInput['gender']][] = [
  [/^(0|m|male|man)$/i, 'M'],
  [/^(1|f|female|woman)$/i, 'F'],
]
const RELATION: readonly [RegExp, Relation][] = [
  [/^(0|self|insured|subscriber|same|18)$/i, 'self'],
  [/^(1|spouse|husband|wife)$/i, 'spouse'],
  [/^(2|child|son|daughter|dependent child)$/i, 'child'],
  [/^([3-9]|other|dependent|employee|life ?partner|signif\w*|handicap\w*|parent|domestic partner)$/i, 'other'],
]
const ORDERS: readonly (readonly [RegExp, PaymentOrder])[] = PLAN_ORDERS.map((order, index) => [
  new RegExp(`^(${index + 1}|${order[0]}|${order.slice(0, 4)}\\w*|${['1st', '2nd', '3rd', '4th'][index]})$`, 'i'),
  order,
])
const meaning = <Value>(text: string, words: readonly (readonly [RegExp, Value])[]): Value | undefined =>
  words.find(([word]) => word.test(text.trim()))?.[1]

function readPerson(lines: readonly Line[], mapping: PersonMapping, today: IsoDate, out: ReadPeople): void {
  const [first] = lines as [Line, ...Line[]]
  const row = first.number
  const problem = (field: PersonField, message: string) =>
    out.problems.push({ row, column: personLabelOf(field), message })
  const say = (words: string) => out.readAs.push({ row, words })
  const cell = (field: PersonField, line: Line = first) => {
    const column = mapping[field]
    const text = column === undefined ? '' : (line.cells[column] ?? '').replace(/\s+/g, ' ').trim()
    return isNothing(text) ? '' : text
  }
  const day = (field: PersonField, line: Line = first): IsoDate | null => {
    const read = readDay(cell(field, line), today, { born: /birth/i.test(field) })
    if ('day' in read) return read.day
    problem(field, read.problem)
    return null
  }
  const id = (field: PersonField, most: number, line: Line = first): string => {
    const raw = cell(field, line)
    if (isShortened(raw))
      problem(field, `The spreadsheet shortened “${raw}”. Show the column as text and save it again.`)
    if (raw.length > most) problem(field, `Longer than ${most} characters. Check the cell.`)
    return raw
  }
  const text = (field: PersonField, most: number, line: Line = first): string => {
    const whole = cell(field, line)
    if (whole.length > most) problem(field, `Longer than ${most} characters. Shorten it.`)
    return whole
  }

  const status = STATUS.find(([word]) => word.test(cell('status').toLowerCase()))
  if (cell('status') !== '' && !status) say(`Status “${short(cell('status'))}” is not known and was left out`)
  if (status?.[1] === 'out') {
    out.leftOut.push(...lines.map((line) => ({ row: line.number, reason: `${status[2]} in the practice system` })))
    return
  }
  const names = readName({
    whole: cell('patient'),
    last: cell('lastName'),
    first: [cell('firstName'), cell('middle')].filter(Boolean).join(' '),
  })
  const before = out.problems.length
  if (names.length === 0) problem('patient', whyNoName([cell('patient'), cell('lastName'), cell('firstName')]))
  const birthDate = day('birthDate')
  if (birthDate !== null && birthDate > today) problem('birthDate', 'This day is in the future.')
  const gender = cell('gender')
  const deceased = day('deceasedOn')
  const notes = [
    status?.[1] === 'noted' && `${status[2]} in the practice system`,
    deceased && `Deceased ${formatDate(deceased)}`,
  ]
  const reach = readPhones(lines, { cell, say }, notes)
  const plans = readPlans(lines, { cell, day, id, text, hasSecond: mapping.payer2 !== undefined })
  const guarantor = text('guarantor', 120)
  const person: ListedPerson = {
    row,
    externalId: id('externalId', 40),
    names,
    birthDate,
    gender: meaning(gender, GENDER) ?? 'U',
    address: readAddress(lines, cell, say),
    ...reach,
    email: Email.safeParse(cell('email')).success ? cell('email') : '',
    // Raw numbers stand under the heading that has names otherwise.
    guarantorId: id('guarantorId', 40) || (isNumber(guarantor) ? guarantor : ''),
    guarantor: /^self$/i.test(guarantor) || isNumber(guarantor) ? '' : guarantor,
    note: notes.filter(Boolean).join('. ').slice(0, 500),
    plans,
  }
  if (cell('email') !== '' && person.email === '') say(`Email “${short(cell('email'))}” was left out`)
  if (out.problems.length === before) out.people.push(person)
}

const isNumber = (text: string) => /^\d+$/.test(text)

function whyNoName(cells: readonly string[]): string {
  if (cells.some((text) => text.startsWith('=')))
    return 'The name is a formula. Save the list with its values, or write it like Doe, Sam.'
  if (cells.some((text) => text.length > 60)) return 'The name is longer than 60 characters. Shorten it.'
  return 'Last and first name cannot be told. Write them like Doe, Sam.'
}

type Cell = (field: PersonField, line?: Line) => string

const CITY = /^(.+?),? +([A-Z]{2}),? +(\d{4,5}(?:-?\d{4})?)$/i

/** Street, city, state and ZIP; a line below the street that ends like `Salem, OR 97301` is the place. */
function readAddress(lines: readonly Line[], cell: Cell, say: (words: string) => void): ListedPerson['address'] {
  const streets: string[] = []
  let place = { city: cell('city'), state: cell('state'), zip: cell('zip') }
  for (const line of lines) {
    const text = cell('street', line)
    const [, city, state, zip] = (place.city === '' && streets.length > 0 && CITY.exec(text)) || []
    if (city) place = { city, state: state!, zip: zip! }
    else if (text !== '' && !streets.includes(text)) streets.push(text)
    if (cell('street2', line) !== '' && !streets.includes(cell('street2', line))) streets.push(cell('street2', line))
  }
  const state = stateOf(place.state)
  if (place.state !== '' && state === undefined)
    say(`State “${short(place.state)}” is not one such as OR and was left out`)
  const street = streets.join(', ')
  if (street.length > 100) say(`Street “${short(street)}” was cut after 100 characters`)
  if (place.city.length > 60) say(`City “${short(place.city)}” was left out: longer than 60 characters`)
  return {
    street: street.slice(0, 100).trim(),
    city: place.city.length > 60 ? '' : place.city,
    state: state ?? '',
    zip: readZip(place.zip, say),
  }
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** A spreadsheet takes the zero off `07001`. */
function readZip(text: string, say: (words: string) => void): string {
  const zip = /^\d{4}(-\d{4})?$/.test(text) ? `0${text}` : text
  if (zip === '' || /^\d{5}(-?\d{4})?$/.test(zip)) {
    if (zip !== text) say(`ZIP ${text} as ${zip}`)
    return zip
  }
  say(`ZIP “${short(text)}” was left out`)
  return ''
}

/** Home and mobile; a work number takes the place of a home number that is not there, else it is noted. */
function readPhones(
  lines: readonly Line[],
  { cell, say }: { cell: Cell; say: (words: string) => void },
  notes: (string | false | null)[],
) {
  const number = (text: string): string => {
    const [bare = '', extension] = text.split(/\s*(?:ext\.?:?|x)\s*(?=\d+$)/i)
    if (phoneDigits(bare) === null && !(/\d{3}/.test(bare) && Phone.safeParse(bare).success)) {
      if (/\d/.test(text)) say(`Phone “${short(text)}” was left out`)
      return ''
    }
    return extension ? `${formatPhone(bare)} ext. ${extension}` : formatPhone(bare)
  }
  const bareOf = (phone: string) => phone.split(' ext.')[0]!
  // A list with one column for all writes home, work and mobile below each other.
  const below = lines.map((line) => number(cell('phone', line)))
  const isSpread =
    lines.length > 1 && lines.slice(1).every((line) => cell('lastName', line) + cell('patient', line) === '')
  const [home = '', workBelow = '', mobileBelow = ''] = isSpread ? below : [below[0] ?? '']
  const work = number(cell('work')) || workBelow
  // An extension has no place in a number, and a work number beside the one at home has none at all.
  const noted = [
    home.includes('ext.') && `Home ${home}`,
    (home !== '' || work.includes('ext.')) && work && `Work ${work}`,
  ]
  notes.push(...noted)
  return { phone: bareOf(home || work), mobile: bareOf(number(cell('mobile')) || mobileBelow) }
}

interface Reading {
  cell: Cell
  day: (field: PersonField, line?: Line) => IsoDate | null
  /** A number as it is; one that is shortened or too long is a problem. */
  id: (field: PersonField, most: number, line?: Line) => string
  text: (field: PersonField, most: number, line?: Line) => string
  /** The list has columns for a second plan: the first ones are the primary's. */
  hasSecond: boolean
}

/** One plan a line; a line may carry a second one in columns of its own. */
function readPlans(lines: readonly Line[], { cell, day, id, text, hasSecond }: Reading): ListedPlan[] {
  const plans: ListedPlan[] = []
  const add = (plan: ListedPlan) => {
    const isThere = plans.some((one) => planKey(one) === planKey(plan))
    if (plan.payer !== '' && !isThere) plans.push(plan)
  }
  for (const line of lines) {
    const subscriber = cell('subscriber', line)
    add({
      order: meaning(cell('order', line), ORDERS) ?? (hasSecond && line === lines[0] ? 'primary' : null),
      payer: text('payer', 100, line),
      payerCode: id('payerCode', 20, line),
      groupNumber: id('groupNumber', 40, line),
      employer: text('employer', 100, line),
      memberId: id('memberId', 40, line),
      relation: meaning(cell('relation', line), RELATION) ?? null,
      subscriberId: id('subscriberId', 40, line) || (isNumber(subscriber) ? subscriber : ''),
      subscriber: readName({ whole: subscriber, last: '', first: '' })[0] ?? null,
      subscriberBirthDate: day('subscriberBirthDate', line),
      validFrom: day('validFrom', line),
      validTo: day('validTo', line),
    })
    add({
      order: line === lines[0] ? 'secondary' : null,
      payer: text('payer2', 100, line),
      payerCode: '',
      groupNumber: id('groupNumber2', 40, line),
      employer: '',
      memberId: id('memberId2', 40, line),
      relation: meaning(cell('relation2', line), RELATION) ?? null,
      subscriberId: '',
      subscriber: null,
      subscriberBirthDate: null,
      validFrom: null,
      validTo: null,
    })
  }
  return plans.slice(0, PLAN_ORDERS.length)
}

const planKey = ({ payer, groupNumber, memberId }: ListedPlan) => [headingKey(payer), groupNumber, memberId].join('|')
