// The list of a practice system against who is on file: new people, changed ones, known ones, questions, problems.
import { TO_CHECK } from '#core/authorization/approval.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { Directory, type Person, type Question } from '#core/import/people.ts'
import { nameKey, type Coverage, type Patient } from '#core/patient.ts'
import { type Change, changesOfPerson, type Listed, type PersonChanges } from '#core/patient-import/changes.ts'
import { Families } from '#core/patient-import/families.ts'
import {
  type AskedPersonColumn,
  missingPersonFields,
  PERSON_HEADINGS,
  type PersonField,
  personLabelOf,
} from '#core/patient-import/fields.ts'
import { type ListedPerson, type ReadPeople, readPeople } from '#core/patient-import/read-people.ts'
import { askedColumns } from '#core/import/headings.ts'
import type { PatientId } from '#core/ids.ts'
import { type OpenedList, openList } from '#host/import/open-list.ts'
import { peopleOnFile, rememberedLists } from '#host/import/rows.ts'
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
  return { ...list, ...(await sortPeople(context, db, read, rest.answers)) }
}

interface Matched {
  person: Person
  read: ListedPerson
}

async function sortPeople(
  context: Pick<QueryContext, 'today' | 'step'>,
  db: Reader,
  { people, ...read }: ReadPeople,
  answers: ReadPractice['answers'],
): Promise<SortedPeople> {
  const sorted: SortedPeople = { ...structuredClone(NOBODY), ...read }
  const onFile = await peopleOnFile(db)
  const directory = new Directory(onFile)
  const byNumber = new Map(onFile.filter((one) => one.externalId !== '').map((one) => [one.externalId, one]))
  const families = new Families(people)
  const matched: Matched[] = []
  /** Who of the list came first for a person. */
  const taken = new Map<Person, number>()
  // Who has no birth date may be somebody whom the list names once more with one.
  const datedFirst = [...people].sort((a, b) => Number(a.birthDate === null) - Number(b.birthDate === null))
  for (const [index, one] of datedFirst.entries()) {
    await context.step(index, people.length)
    const person = personOf(one, { directory, byNumber, answers }, sorted)
    if (!person) continue
    const first = taken.get(person)
    if (first !== undefined) {
      sorted.leftOut.push({ row: one.row, reason: `The same person as row ${first}` })
      continue
    }
    taken.set(person, one.row)
    matched.push({ person, read: one })
  }
  const listedOf = ({ person, read: one }: Matched): Listed => ({
    ...families.said(one),
    lastName: person.id === null ? person.lastName : one.names[0]!.lastName,
    firstName: person.id === null ? person.firstName : one.names[0]!.firstName,
    birthDate: one.birthDate ?? person.birthDate,
  })
  sorted.fresh = matched.flatMap((one) =>
    one.person.id === null ? [{ row: one.read.row, listed: listedOf(one) }] : [],
  )
  const known = matched.filter((one) => one.person.id !== null)
  const said = await saidBefore(db)
  for (let from = 0; from < known.length; from += TOGETHER) {
    await context.step(from, known.length)
    const part = known.slice(from, from + TOGETHER)
    const ids = part.map(({ person }) => person.id as PatientId)
    const patients = await patientsById(db, ids)
    const coverages = await coveragesByPatient(db, ids)
    for (const one of part) {
      const id = one.person.id as PatientId
      const before = patients.get(id)!
      const now = listedOf(one)
      const { id: _id, version: _version, ...patient } = before
      const held: Coverage[] = coverages.get(id)!.flatMap((own) => (own.isRemoved ? [] : [own.coverage]))
      const terms = { before: said.get(id) ?? null, now, today: context.today, memberUnknown: TO_CHECK }
      sorted.known.push({ row: one.read.row, before, listed: now, ...changesOfPerson(patient, held, terms) })
    }
  }
  const listed = new Set(known.map(({ person }) => person.id))
  sorted.absent = [...said.keys()].filter((id) => !listed.has(id)).length
  sorted.assumedSubscribers = families.assumed.size
  sorted.openSubscribers = families.open.size
  return sorted
}

/** By number where one is on file with the same name or birth date, else by name and birth date; what is not sure is asked. */
function personOf(
  { row, externalId, names, birthDate }: ListedPerson,
  on: { directory: Directory; byNumber: ReadonlyMap<string, Person>; answers: ReadPractice['answers'] },
  { problems, questions }: SortedPeople,
): Person | null {
  const say = (field: PersonField, message: string) => problems.push({ row, column: personLabelOf(field), message })
  const numbered = externalId === '' ? undefined : on.byNumber.get(externalId)
  if (numbered) {
    if (birthDate === numbered.birthDate || names.some((name) => nameKey(name) === nameKey(numbered))) return numbered
    say(
      'externalId',
      `This number is ${numbered.lastName}, ${numbered.firstName}’s here, with another birth date. Correct one of them.`,
    )
    return null
  }
  const whose = on.directory.whose(names, birthDate, on.answers)
  if ('person' in whose) return whose.person
  if ('question' in whose) questions.push({ ...whose.question, row })
  else say('birthDate', whose.problem)
  return null
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
