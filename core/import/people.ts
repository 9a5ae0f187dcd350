// Who a row of a list is about: the person on file, a new one, or a question where that is not sure.
import type { IsoDate } from '../dates.ts'
import { fold, type Folded, isLikely, isSameButMiddle, type Name } from './names.ts'
import { nameKey } from '../patient.ts'

export interface Person extends Name {
  /** null: a row of the list before, not on file. */
  id: string | null
  birthDate: IsoDate
}

/** What a person decides; `answer` of the chosen option goes back under `id`. */
export interface Question {
  id: string
  kind: 'name' | 'person'
  options: ({ answer: string } & Name & { birthDate: IsoDate | null; isOnFile: boolean })[]
}
export type Answers = Readonly<Record<string, string>>
export type Whose = { person: Person } | { question: Question } | { problem: string }

const ANOTHER = 'another'
const keyOf = (name: Name, birthDate: IsoDate | null) => `${nameKey(name)}|${birthDate ?? ''}`

/** People by name and by what they may be confused with; rows of a list add theirs as they are read. */
export class Directory {
  readonly #byName = new Map<string, Person[]>()
  /** By birth date with last or first name. */
  readonly #near = new Map<string, { person: Person; folded: Folded }[]>()

  constructor(people: readonly Person[]) {
    for (const person of people) this.#add(person)
  }

  #add(person: Person): void {
    push(this.#byName, nameKey(person), person)
    const folded = fold(person)
    for (const key of nearKeys(folded, person.birthDate)) push(this.#near, key, { person, folded })
  }

  find(name: Name, birthDate: IsoDate | null): Person | undefined {
    return this.#byName.get(nameKey(name))?.find((one) => one.birthDate === birthDate)
  }

  /**
   * Who is meant. A name of several readings is the one on file with this birth date; else it is asked. A new person who may
   * be one already known is asked about; what was answered before holds.
   */
  whose(names: readonly Name[], birthDate: IsoDate | null, answers: Answers): Whose {
    const name = this.#nameOf(names, birthDate, answers)
    if ('question' in name) return name
    const near = birthDate === null ? [] : this.#nearTo(fold(name), birthDate)
    const exact = this.find(name, birthDate) ?? only(near.flatMap((one) => (one.isSameButMiddle ? [one.person] : [])))
    if (exact) return { person: exact }
    const id = `person ${keyOf(name, birthDate)}`
    const sameName = this.#byName.get(nameKey(name)) ?? []
    const candidates = [...new Set([...sameName, ...near.map((one) => one.person)])]
    const answer = answers[id]
    const chosen = candidates.find((one) => keyOf(one, one.birthDate) === answer)
    if (chosen) return { person: chosen }
    const isAnother = answer === ANOTHER
    if (candidates.length > 0 && !(isAnother && birthDate !== null)) {
      const known = candidates.slice(0, 6).map((one) => ({
        answer: keyOf(one, one.birthDate),
        lastName: one.lastName,
        firstName: one.firstName,
        birthDate: one.birthDate,
        isOnFile: one.id !== null,
      }))
      // Without a birth date nobody can be added.
      const other = { answer: ANOTHER, ...name, birthDate, isOnFile: false }
      return { question: { id, kind: 'person', options: birthDate === null ? known : [...known, other] } }
    }
    if (birthDate === null) return { problem: 'A new patient needs a birth date.' }
    const person = { id: null, lastName: name.lastName, firstName: name.firstName, birthDate }
    this.#add(person)
    return { person }
  }

  #nameOf(names: readonly Name[], birthDate: IsoDate | null, answers: Answers): Name | { question: Question } {
    if (names.length === 1) return names[0]!
    const onFile = names.filter((name) => birthDate !== null && this.find(name, birthDate))
    if (onFile.length === 1) return onFile[0]!
    const id = `name ${names[0]!.firstName} ${names[0]!.lastName}|${birthDate ?? ''}`.toLowerCase()
    const chosen = names.find((name) => nameKey(name) === answers[id])
    if (chosen) return chosen
    const options = names.map((name) => ({ answer: nameKey(name), ...name, birthDate, isOnFile: false }))
    return { question: { id, kind: 'name', options } }
  }

  /** People born on this day whose name is like it. */
  #nearTo(folded: Folded, birthDate: IsoDate): { person: Person; isSameButMiddle: boolean }[] {
    // Nobody's name has digits: lists of test rows are full of such.
    if (folded.hasDigit) return []
    return [...nearKeys(folded, birthDate), `${birthDate} l ${folded.first}`]
      .flatMap((key) => this.#near.get(key) ?? [])
      .filter((one) => isLikely(one.folded, folded))
      .map((one) => ({ person: one.person, isSameButMiddle: isSameButMiddle(one.folded, folded) }))
  }
}

const nearKeys = ({ bare, first }: Folded, birthDate: IsoDate) => [`${birthDate} l ${bare}`, `${birthDate} f ${first}`]

function only<Value>(values: readonly Value[]): Value | undefined {
  const [first, ...others] = new Set(values)
  return others.length === 0 ? first : undefined
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const there = map.get(key)
  if (there) there.push(value)
  else map.set(key, [value])
}
