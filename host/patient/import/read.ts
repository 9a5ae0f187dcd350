// The list of a practice system against who is on file: new people, changed ones, known ones, questions, problems.
import { TO_CHECK } from '#core/authorization/approval.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { Name } from '#core/import/names.ts'
import { Directory, type Person, type Question } from '#core/import/people.ts'
import { nameKey, type Coverage, type Patient } from '#core/patient.ts'
import { changesOfPerson, type PersonChanges } from '#core/patient-import/changes.ts'
import { Families, type Listed } from '#core/patient-import/families.ts'
import {
  type AskedPersonColumn,
  missingPersonFields,
  PERSON_HEADINGS,
  type PersonField,
  personLabelOf,
} from '#core/patient-import/fields.ts'
import type { Change } from '#core/patient-import/said.ts'
import { withSilence } from '#core/patient-import/silence.ts'
import { type ListedPerson, type ReadPeople, readPeople } from '#core/patient-import/read-people.ts'
import { askedColumns } from '#core/import/headings.ts'
import type { PatientId } from '#core/ids.ts'
import { type OpenedList, openList } from '#host/import/open-list.ts'
import { peopleGone, peopleOnFile, rememberedLists } from '#host/import/rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import type { Reader } from '#host/kernel/store.ts'
import { saidBefore } from '../import-rows.ts'
import { coveragesByPatient, patientsById } from '../rows.ts'

interface NewPerson {
  row: number
  listed: Listed
}
export interface ChangedPerson extends PersonChanges {
  row: number
  before: Patient
  /** What the list before said of them; null when none did. */
  last: Listed | null
  listed: Listed
}
interface SortedPeople extends Omit<ReadPeople, 'people'> {
  fresh: NewPerson[]
  /** On file: those of whom the list says nothing new too, so that what it says is kept for the next one. */
  known: ChangedPerson[]
  questions: (Question & { row: number })[]
  absent: number
  assumedSubscribers: number
  openSubscribers: number
}
export interface ReadPractice extends Omit<OpenedList<PersonField>, 'above' | 'body'>, SortedPeople {
  missing: string[]
  asked: AskedPersonColumn[]
}

const NOBODY: SortedPeople = {
  fresh: [],
  known: [],
  problems: [],
  questions: [],
  leftOut: [],
  readAs: [],
  absent: 0,
  assumedSubscribers: 0,
  openSubscribers: 0,
}
/** People whose records are read together. */
const TOGETHER = 500

/** Reads the file and holds its people against those on file. Writes nothing. */
export async function readPractice(
  context: Pick<QueryContext, 'today' | 'step'>,
  db: Reader,
  input: ParsedInputOf<'patient.previewImport'>,
): Promise<ReadPractice> {
  const opened = await openList(input, PERSON_HEADINGS, await rememberedLists<PersonField>(db, 'patient'))
  const { above, body, ...rest } = opened
  const missing = missingPersonFields(rest.mapping)
  const list = { ...rest, missing, asked: askedColumns(rest.headings, rest.mapping, rest.ignored, PERSON_HEADINGS) }
  if (missing.length > 0) return { ...list, ...NOBODY }
  const read = readPeople(body, { ...rest, above, today: context.today })
  const column = rest.mapping.externalId
  // A row that has problems still says that its person is in the list.
  const numbers = new Set(column === undefined ? [] : body.map(({ cells }) => cells[column] ?? ''))
  return { ...list, ...(await sortPeople(context, db, read, { ...rest, numbers })) }
}

interface Matched {
  person: Person
  /** With the one reading of the name that is meant. */
  read: ListedPerson
  listed: ListedPerson
}

interface OnFile {
  people: readonly (Person & { id: PatientId; externalId: string })[]
  /** What the list before said of each. */
  said: ReadonlyMap<PatientId, Listed>
}

async function sortPeople(
  context: Pick<QueryContext, 'today' | 'step'>,
  db: Reader,
  { people, ...read }: ReadPeople,
  {
    answers,
    mapping,
    numbers: listedNumbers,
  }: Pick<ReadPractice, 'answers' | 'mapping'> & { numbers: ReadonlySet<string> },
): Promise<SortedPeople> {
  const sorted: SortedPeople = { ...structuredClone(NOBODY), ...read }
  const onFile: OnFile = { people: await peopleOnFile(db), said: await saidBefore(db) }
  const gone = goneBy(await peopleGone(db))
  const matched = await matchPeople(context, people, { ...onFile, gone, answers }, sorted)
  const settled = new Map(matched.map((one) => [one.listed, one.read]))
  const families = new Families(people.map((one) => settled.get(one) ?? one))
  const listedOf = ({ person, read: one }: Matched): Listed => ({
    ...families.said(one),
    ...one.names[0]!,
    birthDate: one.birthDate ?? person.birthDate,
  })
  sorted.fresh = matched.flatMap((one) =>
    one.person.id === null ? [{ row: one.read.row, listed: listedOf(one) }] : [],
  )
  const hasSecond =
    mapping.payer2 !== undefined || mapping.order !== undefined || people.some((one) => one.plans.length > 1)
  const known = matched.flatMap((one) =>
    one.person.id === null ? [] : [{ id: one.person.id as PatientId, row: one.read.row, listed: listedOf(one) }],
  )
  const said = (one: Known) => withSilence(one.listed, onFile.said.get(one.id) ?? null, { mapping, hasSecond })
  sorted.known = await heldAgainst(context, db, known, { said, last: onFile.said })
  const listed = new Set(known.map(({ id }) => id))
  sorted.absent = onFile.people.filter(
    (one) => onFile.said.has(one.id) && !listed.has(one.id) && !(one.externalId && listedNumbers.has(one.externalId)),
  ).length
  sorted.assumedSubscribers = families.assumed.size
  sorted.openSubscribers = families.open.size
  return sorted
}

/** Whom each row is about; one of two rows about the same person, and a number that two people share, are told. */
async function matchPeople(
  context: Pick<QueryContext, 'step'>,
  people: readonly ListedPerson[],
  { people: onFile, said, gone, answers }: OnFile & { gone: GoneBy; answers: ReadPractice['answers'] },
  sorted: SortedPeople,
): Promise<Matched[]> {
  const directory = new Directory(onFile)
  const byNumber = new Map(onFile.filter((one) => one.externalId !== '').map((one) => [one.externalId, one]))
  const matched: Matched[] = []
  /** Who of the list came first for a person, and for a number. */
  const taken = new Map<Person, number>()
  const numbers = new Map<string, { person: Person; row: number }>()
  // Who has no birth date may be somebody whom the list names once more with one.
  const datedFirst = [...people].sort((a, b) => Number(a.birthDate === null) - Number(b.birthDate === null))
  for (const [index, one] of datedFirst.entries()) {
    await context.step(index, people.length)
    const person = personOf(one, { directory, byNumber, gone, answers }, sorted)
    if (!person) continue
    const first = taken.get(person)
    if (first !== undefined) {
      sorted.leftOut.push({ row: one.row, reason: `The same person as row ${first}` })
      continue
    }
    const other = numbers.get(one.externalId)
    if (other && other.person !== person) {
      const message = `Row ${other.row} has this number too, for ${other.person.lastName}, ${other.person.firstName}. Correct one of them.`
      sorted.problems.push({ row: one.row, column: personLabelOf('externalId'), message })
      continue
    }
    if (one.externalId !== '') numbers.set(one.externalId, { person, row: one.row })
    taken.set(person, one.row)
    matched.push({ person, read: { ...one, names: [readingOf(one, person, said)] }, listed: one })
  }
  return matched
}

interface Known {
  id: PatientId
  row: number
  listed: Listed
}
/** What the list says of people on file, held against what stands here. */
async function heldAgainst(
  context: Pick<QueryContext, 'today' | 'step'>,
  db: Reader,
  known: readonly Known[],
  { said, last }: { said: (one: Known) => Listed; last: OnFile['said'] },
): Promise<ChangedPerson[]> {
  const held: ChangedPerson[] = []
  for (let from = 0; from < known.length; from += TOGETHER) {
    await context.step(from, known.length)
    const part = known.slice(from, from + TOGETHER)
    const ids = part.map(({ id }) => id)
    const patients = await patientsById(db, ids)
    const coverages = await coveragesByPatient(db, ids)
    for (const one of part) {
      const { id, row } = one
      const before = patients.get(id)!
      const { id: _id, version: _version, ...patient } = before
      const own: Coverage[] = coverages.get(id)!.flatMap((each) => (each.isRemoved ? [] : [each.coverage]))
      const terms = { before: last.get(id) ?? null, now: said(one), today: context.today, memberUnknown: TO_CHECK }
      held.push({ row, before, last: terms.before, listed: terms.now, ...changesOfPerson(patient, own, terms) })
    }
  }
  return held
}

/** By number where one is on file with the same name or birth date, else by name and birth date; what is not sure is asked. */
function personOf(
  { row, externalId, names, birthDate }: ListedPerson,
  on: { directory: Directory; byNumber: ReadonlyMap<string, Person>; gone: GoneBy; answers: ReadPractice['answers'] },
  { problems, questions, leftOut }: SortedPeople,
): Person | null {
  const say = (field: PersonField, message: string) => problems.push({ row, column: personLabelOf(field), message })
  const numbered = externalId === '' ? undefined : on.byNumber.get(externalId)
  const exact = names.flatMap((name) => on.directory.find(name, birthDate) ?? [])
  if (numbered) {
    const { lastName, firstName } = numbered
    const isExact = names.some((name) => nameKey(name) === nameKey(numbered)) && birthDate === numbered.birthDate
    if (exact.length > 0 && !isExact) {
      say(
        'externalId',
        `This number is ${lastName}, ${firstName}’s here, and this name is another patient’s. Check whose number it is.`,
      )
      return null
    }
    if (birthDate === numbered.birthDate || names.some((name) => nameKey(name) === nameKey(numbered))) return numbered
    const born = birthDate === null ? '' : ', with another birth date'
    say('externalId', `This number is ${lastName}, ${firstName}’s here${born}. Correct one of them.`)
    return null
  }
  const gone = exact.length > 0 ? null : on.gone({ externalId, names, birthDate })
  if (gone) {
    const reason = gone.into ? `Merged into ${gone.into} here` : 'Voided here. Restore the patient to take them in'
    leftOut.push({ row, reason })
    return null
  }
  const whose = on.directory.whose(names, birthDate, on.answers)
  if ('person' in whose) return whose.person
  if ('question' in whose) questions.push({ ...whose.question, row })
  else say('birthDate', whose.problem)
  return null
}

type Gone = Awaited<ReturnType<typeof peopleGone>>[number]
type GoneBy = (listed: Pick<ListedPerson, 'externalId' | 'names' | 'birthDate'>) => Gone | null
/** Somebody voided or merged is known by name and birth date, or by number with one of the two. */
function goneBy(people: readonly Gone[]): GoneBy {
  const keyOf = (name: Name, birthDate: string | null) => `${nameKey(name)}|${birthDate}`
  const byName = new Map(people.map((one) => [keyOf(one, one.birthDate), one]))
  const byNumber = new Map(people.map((one) => [one.externalId, one]))
  return ({ externalId, names, birthDate }) => {
    const numbered = externalId === '' ? undefined : byNumber.get(externalId)
    const isMeant =
      numbered && (numbered.birthDate === birthDate || names.some((name) => nameKey(name) === nameKey(numbered)))
    if (isMeant) return numbered
    return names.flatMap((name) => byName.get(keyOf(name, birthDate)) ?? [])[0] ?? null
  }
}

/** A name of several readings is read as it stands here, else as it was read before. */
function readingOf({ names }: ListedPerson, person: Person, said: ReadonlyMap<PatientId, Listed>): Name {
  const last = person.id === null ? undefined : said.get(person.id as PatientId)
  const as = (one: Name | undefined) => one && names.find((name) => nameKey(name) === nameKey(one))
  return as(person) ?? as(last) ?? names[0]!
}

/** Of whom the list says something new, and of whom it says what was edited here. */
export const changedIn = ({ known }: Pick<ReadPractice, 'known'>) => known.filter((one) => one.changes.length > 0)
export const keptIn = ({ known }: Pick<ReadPractice, 'known'>) => known.filter((one) => one.kept.length > 0)
export const shownChanges = (people: readonly ChangedPerson[], of: (one: ChangedPerson) => Change[]) =>
  people.map((one) => ({
    row: one.row,
    lastName: one.before.lastName,
    firstName: one.before.firstName,
    birthDate: one.before.birthDate,
    changes: of(one),
  }))
