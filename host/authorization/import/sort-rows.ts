// The rows of a log against what is on file: new requests, changed ones, known ones, questions, problems, rows left out.
import { changesOf, type RowChanges } from '#core/authorization-import/changes.ts'
import { type ImportField, labelOf, type Mapping } from '#core/authorization-import/fields.ts'
import { type Answers, Directory, type Person, type Question } from '#core/import/people.ts'
import { type ImportedRow, marksOf, readRow } from '#core/authorization-import/read-row.ts'
import { payerKey } from '#core/patient.ts'
import { fold, isLikely } from '#core/import/names.ts'
import { whyNoEntry } from '#core/import/other-rows.ts'
import { takesByNumber, type Takes } from '#core/import/places.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import type { Reader } from '#host/kernel/store.ts'
import { peopleOnFile } from '#host/import/rows.ts'
import { listClaimFacts, listRequestFacts, type RequestFacts } from '../import-rows.ts'

export interface ReadyRow {
  number: number
  row: ImportedRow
  person: Person
}
export interface ChangedRow extends ReadyRow, Pick<RowChanges, 'changes' | 'steps' | 'details' | 'approvedCents'> {
  request: RequestFacts
}
type Group<Row> = [Row, ...Row[]]
export interface SortedRows {
  /** Requests to import: rows under one number with one answer are one. */
  ready: Group<ReadyRow>[]
  /** Claims that were sent and have no answer yet: rows under one number are one. */
  claims: Group<ReadyRow>[]
  changed: Group<ChangedRow>[]
  duplicates: number
  problems: { row: number; column: string; message: string }[]
  questions: (Question & { row: number })[]
  /** Rows of which nothing, or not everything, is taken, and why. */
  leftOut: { row: number; reason: string }[]
  /** What was read otherwise than it is written. */
  readAs: string[]
}
export const NO_ROWS: SortedRows = {
  ready: [],
  claims: [],
  changed: [],
  duplicates: 0,
  problems: [],
  questions: [],
  leftOut: [],
  readAs: [],
}

export async function sortRows(
  context: Pick<QueryContext, 'today' | 'assets' | 'step'>,
  db: Reader,
  body: readonly { cells: string[]; number: number }[],
  { headings, mapping, answers }: { headings: string[]; mapping: Mapping; answers: Answers },
): Promise<SortedRows> {
  const { today } = context
  const sorted: SortedRows = structuredClone(NO_ROWS)
  const takes = takesOf(context)
  const everybody = await peopleOnFile(db)
  const people = new Directory(everybody)
  const byNumber = new Map(everybody.flatMap((one) => (one.externalId === '' ? [] : [[one.externalId, one] as const])))
  const claimed = new Set((await listClaimFacts(db)).map((one) => claimKey(one.patientId, one)))
  const claims: ReadyRow[] = []
  const onFile = grouped(await listRequestFacts(db), (one) => placeKey(one.patientId, one))
  const seen = new Map<string, ReadyRow[]>()
  const changed: ChangedRow[] = []
  const readAs = new Set<string>()
  const needed = [mapping.patient ?? mapping.lastName, mapping.code]
  for (const [index, { cells, number }] of body.entries()) {
    await context.step(index, body.length)
    const leave = (reason: string) => sorted.leftOut.push({ row: number, reason })
    const say = (field: ImportField, message: string) =>
      sorted.problems.push({ row: number, column: labelOf(field), message })
    const why = whyNoEntry(cells, headings, needed)
    if (why) {
      leave(why)
      continue
    }
    const read = readRow(cells, mapping, today, takes)
    for (const one of read.problems) say(one.field, one.message)
    if (read.problems.length > 0) continue
    if (read.leftOut !== null) {
      leave(read.leftOut)
      continue
    }
    const numbered = byNumber.get(read.row.externalId)
    if (!numbered && read.names.length === 0) {
      say('externalId', `No patient here with number ${read.row.externalId}. Import the patients first.`)
      continue
    }
    const isOther =
      numbered &&
      read.names.length > 0 &&
      read.row.birthDate !== numbered.birthDate &&
      !read.names.some((name) => isLikely(fold(name), fold(numbered)))
    if (isOther) {
      const { lastName, firstName } = numbered
      say('externalId', `This number is ${lastName}, ${firstName}’s here. Check whose number it is.`)
      continue
    }
    const whose = numbered ? { person: numbered } : people.whose(read.names, read.row.birthDate, answers)
    if ('question' in whose) sorted.questions.push({ ...whose.question, row: number })
    if ('problem' in whose) say('birthDate', whose.problem)
    if (!('person' in whose)) continue
    if (read.readAs) readAs.add(read.readAs)
    const { person } = whose
    const { lastName, firstName, birthDate } = person
    const ready = { number, person, row: { ...read.row, lastName, firstName, birthDate } }
    if (ready.row.isClaim) {
      if (person.id !== null && claimed.has(claimKey(person.id, ready.row))) {
        sorted.duplicates += 1
        leave('Already on file, nothing new')
      } else claims.push(ready)
      continue
    }
    const key = placeKey(person.id ?? `${lastName}, ${firstName} ${birthDate}`, ready.row)
    const before = sameInList(seen.get(key) ?? [], ready)
    if (before) {
      if (isSaidTwice(before.row, ready.row)) {
        sorted.duplicates += 1
        leave(`The same as row ${before.number}`)
      } else say('state', `The same request as row ${before.number}, and the two differ. Keep the row that holds.`)
      continue
    }
    seen.set(key, [...(seen.get(key) ?? []), ready])
    const same = person.id === null ? null : sameOnFile(onFile.get(key) ?? [], ready.row)
    if (same === 'several') {
      say('sentOn', 'Several requests on file fit. Add payer, number or the day it was sent.')
      continue
    }
    if (same === null) {
      sorted.ready.push([ready])
      continue
    }
    const { kept, problem, ...news } = changesOf(same, ready.row, today)
    if (problem) {
      say(problem.field, problem.message)
      continue
    }
    for (const words of kept) leave(`Kept as on file. ${words}`)
    if (news.changes.length > 0) changed.push({ ...ready, ...news, request: same })
    else {
      sorted.duplicates += 1
      if (kept.length === 0) leave('Already on file, nothing new')
    }
  }
  const waiting = new Set([...sorted.problems, ...sorted.questions].map(({ row }) => row))
  sorted.claims = wholeOnes(joined(claims), { body, mapping, waiting }, sorted)
  sorted.ready = joined(sorted.ready.map(([one]) => one))
  sorted.changed = agreed(changed, onFile, sorted)
  sorted.readAs = [...readAs]
  return sorted
}

/** What each code goes by: as its guide says, else by its number. */
function takesOf({ assets }: Pick<QueryContext, 'assets'>): (code: string) => Takes {
  const known = new Map<string, Takes>()
  for (const { codes } of assets.guides.heads) for (const { code, area } of codes) if (area) known.set(code, area)
  return (code) => known.get(code) ?? takesByNumber(code)
}

type Placed = Pick<ImportedRow, 'code' | 'tooth' | 'area'>
const placeKey = (who: string, { code, tooth, area }: Placed) => `${who}|${code}|${tooth ?? area ?? ''}`.toLowerCase()

const claimKey = (who: string, { code, tooth, serviceDate }: Pick<ImportedRow, 'code' | 'tooth' | 'serviceDate'>) =>
  [who, code, tooth ?? '', serviceDate].join('|')

type Marked = Pick<ImportedRow, 'payer' | 'sentOn' | 'reference'>
const isSamePayer = (one: Marked, other: Marked) => payerKey(one.payer) === payerKey(other.payer)
const sharesMark = (one: Marked, other: Marked) => marksOf(one).some((mark) => marksOf(other).includes(mark))

/** The row above that is the same request: of the same payer, and by its mark or with none. */
function sameInList(before: readonly ReadyRow[], { row }: ReadyRow): ReadyRow | undefined {
  const hasNone = marksOf(row).length === 0
  return before.find(
    (one) => isSamePayer(one.row, row) && (hasNone ? marksOf(one.row).length === 0 : sharesMark(one.row, row)),
  )
}

const isSaidTwice = (one: ImportedRow, other: ImportedRow) =>
  (['kind', 'state', 'sentOn', 'reference', 'decidedOn', 'validTo', 'approvedCents', 'feeCents'] as const).every(
    (field) => one[field] === other[field],
  )

/** The request on file that a row is about: the payer's own first, by its mark; one that was not sent yet by its place alone. */
function sameOnFile(requests: readonly RequestFacts[], row: ImportedRow): RequestFacts | 'several' | null {
  const own = requests.filter((one) => isSamePayer(one, row))
  const ofPayer = own.length > 0 ? own : requests.filter((one) => one.payer === '' || row.payer === '')
  const isMarked = marksOf(row).length > 0
  const marked = ofPayer.filter((one) => sharesMark(one, row))
  const unmarked = ofPayer.filter((one) => marksOf(one).length === 0)
  const found = marked.length > 0 ? marked : isMarked ? unmarked : ofPayer
  return found.length > 1 ? 'several' : (found[0] ?? null)
}

/** One number over several teeth is one request, where payer, days and answer are the same. */
function joined(rows: readonly ReadyRow[]): Group<ReadyRow>[] {
  const keyOf = (one: ReadyRow) => {
    const { payer, reference, requestId, kind, state, sentOn, decidedOn, validFrom, validTo } = one.row
    const who = one.person.id ?? `${one.person.lastName}, ${one.person.firstName} ${one.person.birthDate}`
    const isNumbered = marksOf({ sentOn: null, reference }).length > 0
    return isNumbered || requestId !== ''
      ? [who, payerKey(payer), reference, requestId, kind, state, sentOn, decidedOn, validFrom, validTo].join('|')
      : `row ${one.number}`
  }
  return [...grouped(rows, keyOf).values()]
}

/** A claim of which one service waits is not taken in without it. */
function wholeOnes(
  claims: readonly Group<ReadyRow>[],
  list: { body: readonly { cells: string[]; number: number }[]; mapping: Mapping; waiting: ReadonlySet<number> },
  { problems }: Pick<SortedRows, 'problems'>,
): Group<ReadyRow>[] {
  const column = list.mapping.requestId
  if (column === undefined) return [...claims]
  const held = new Map<string, number>()
  for (const { cells, number } of list.body) if (list.waiting.has(number)) held.set(cells[column] ?? '', number)
  return claims.filter((rows) => {
    const first = held.get(rows[0].row.requestId)
    if (rows[0].row.requestId === '' || first === undefined) return true
    const message = `Another service of this claim, in row ${first}, waits. Correct it, and both come in together.`
    for (const { number } of rows) problems.push({ row: number, column: labelOf('requestId'), message })
    return false
  })
}

/** Changes by request; where its rows say different answers, or not all of it is in the list, a person records them. */
function agreed(
  changed: readonly ChangedRow[],
  onFile: ReadonlyMap<string, RequestFacts[]>,
  { problems }: Pick<SortedRows, 'problems'>,
): Group<ChangedRow>[] {
  const sizes = new Map<string, number>()
  for (const requests of onFile.values()) for (const { id } of requests) sizes.set(id, (sizes.get(id) ?? 0) + 1)
  return [...grouped(changed, (one) => one.request.id).values()].filter((rows) => {
    const says = ({ steps, details }: ChangedRow) => JSON.stringify([steps, details])
    const isOne = rows.every((one) => says(one) === says(rows[0]))
    const isWhole = rows.length === sizes.get(rows[0].request.id) || rows.every((one) => one.steps.length === 0)
    if (isOne && isWhole) return true
    const message =
      'The request on file has several services, and the list does not say one answer for all. Record it in the case.'
    for (const { number } of rows) problems.push({ row: number, column: labelOf('state'), message })
    return false
  })
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Group<Row>> {
  const groups = new Map<string, Group<Row>>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
