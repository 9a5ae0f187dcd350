// A list of procedures against the history on file: new, changed, known; those of nobody here are left out. Writes nothing.
import type { ParsedInputOf } from '#core/contract/index.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import {
  HISTORY_HEADINGS,
  type HistoryField,
  historyLabelOf,
  missingHistoryFields,
} from '#core/history-import/fields.ts'
import { keyOf, type ListedProcedure, readProcedure } from '#core/history-import/read-history.ts'
import type { PatientId } from '#core/ids.ts'
import { askedColumns } from '#core/import/headings.ts'
import { whyNoEntry } from '#core/import/other-rows.ts'
import { formatMoney } from '#core/money.ts'
import { PAST_STATE_WORDS, type PastProcedure } from '#core/past-procedure.ts'
import { nameKey } from '#core/patient.ts'
import { type OpenedList, openList } from '#host/import/open-list.ts'
import { rememberedLists } from '#host/import/rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import type { Reader } from '#host/kernel/store.ts'
import { allPast, everybody, type PastOnFile } from '../history-rows.ts'

type Person = Awaited<ReturnType<typeof everybody>>[number]
interface Change {
  label: string
  from: string
  to: string
}
interface NewProcedure {
  row: number
  procedure: PastProcedure
}
interface ChangedProcedure extends NewProcedure {
  before: PastOnFile
  person: Person
  changes: Change[]
}
export interface HistoryList extends Omit<OpenedList<HistoryField>, 'above' | 'body'> {
  missing: string[]
  asked: ReturnType<typeof askedColumns<HistoryField>>
  questions: []
  fresh: NewProcedure[]
  changed: ChangedProcedure[]
  duplicates: number
  patients: number
  problems: { row: number; column: string; message: string }[]
  leftOut: { row: number; reason: string }[]
  /** On file, of patients and days of the list, and not in it: no more, or again. */
  unlisted: PastOnFile[]
  relisted: PastOnFile[]
}

export async function readHistory(
  context: Pick<QueryContext, 'today' | 'step'>,
  db: Reader,
  input: ParsedInputOf<'patient.previewHistory'>,
): Promise<HistoryList> {
  const opened = await openList(input, HISTORY_HEADINGS, await rememberedLists<HistoryField>(db, 'past_procedure'))
  const { above: _, body, ...rest } = opened
  const { headings, mapping, ignored } = rest
  const missing = missingHistoryFields(mapping)
  const list: HistoryList = {
    ...rest,
    missing,
    asked: askedColumns(headings, mapping, ignored, HISTORY_HEADINGS),
    questions: [],
    fresh: [],
    changed: [],
    duplicates: 0,
    patients: 0,
    problems: [],
    leftOut: [],
    unlisted: [],
    relisted: [],
  }
  if (missing.length > 0) return list
  const whose = directoryOf(await everybody(db))
  const onFile = await allPast(db)
  const known = new Map(onFile.map((one) => [placeOf(one.listKey, one.patientId), one]))
  const seen = new Map<string, number>()
  const patients = new Set<PatientId>()
  const days: IsoDate[] = []
  const needed = [mapping.externalId ?? mapping.patient ?? mapping.lastName, mapping.code]
  for (const [index, { cells, number: row }] of body.entries()) {
    await context.step(index, body.length)
    const why = whyNoEntry(cells, headings, needed)
    const read = why ? { leftOut: why } : readProcedure(cells, row, mapping, context.today)
    if ('problem' in read) list.problems.push({ row, ...read.problem })
    else if ('leftOut' in read) list.leftOut.push({ row, reason: read.leftOut })
    else sort(read.procedure)
  }
  list.patients = patients.size
  // A list of one year says nothing of another.
  const [first] = days.sort()
  const last = days.at(-1)
  list.unlisted = onFile.filter(
    ({ patientId, listKey, serviceDate, isListed }) =>
      isListed &&
      patients.has(patientId) &&
      !seen.has(placeOf(listKey, patientId)) &&
      serviceDate !== null &&
      first !== undefined &&
      serviceDate >= first &&
      serviceDate <= last!,
  )
  return list

  function sort(listed: ListedProcedure): void {
    const { row } = listed
    const found = whose(listed)
    if (typeof found === 'string') {
      list.leftOut.push({ row, reason: found })
      return
    }
    if ('problem' in found) {
      list.problems.push({ row, column: historyLabelOf('externalId'), message: found.problem })
      return
    }
    const procedure = procedureOf(listed, found.id)
    const place = placeOf(procedure.listKey, found.id)
    const before = seen.get(place)
    if (before !== undefined) {
      list.leftOut.push({ row, reason: `The same as row ${before}` })
      return
    }
    seen.set(place, row)
    patients.add(found.id)
    if (listed.serviceDate !== null) days.push(listed.serviceDate)
    const there = known.get(place)
    if (!there) {
      if (listed.state === 'gone') list.leftOut.push({ row, reason: 'Deleted or referred out in the practice system' })
      else list.fresh.push({ row, procedure })
      return
    }
    const changes = changesOf(there, procedure)
    if (changes.length > 0) list.changed.push({ row, procedure, before: there, person: found, changes })
    else {
      list.duplicates += 1
      if (!there.isListed) list.relisted.push(there)
    }
  }
}

/** A number of the practice system is one procedure, whoever's it is; without one it is known by what it is. */
const placeOf = (listKey: string, patientId: PatientId) =>
  listKey.startsWith('no ') ? listKey : `${patientId}|${listKey}`

function procedureOf(listed: ListedProcedure, patientId: PatientId): PastProcedure {
  const { code, tooth, area, detail, state, serviceDate, feeCents, provider } = listed
  return { patientId, listKey: keyOf(listed), code, tooth, area, detail, state, serviceDate, feeCents, provider }
}

const SHOWN = {
  state: (one: PastProcedure) => PAST_STATE_WORDS[one.state],
  serviceDate: (one: PastProcedure) => (one.serviceDate ? formatDate(one.serviceDate) : ''),
  code: (one: PastProcedure) => one.code,
  tooth: (one: PastProcedure) => one.tooth ?? '',
  area: (one: PastProcedure) => one.area ?? '',
  detail: (one: PastProcedure) => one.detail,
  feeCents: (one: PastProcedure) => (one.feeCents === null ? '' : formatMoney(one.feeCents)),
  provider: (one: PastProcedure) => one.provider,
} as const
const LABELS: Record<keyof typeof SHOWN, string> = {
  state: 'Status',
  serviceDate: 'Date',
  code: 'Code',
  tooth: 'Tooth',
  area: 'Area',
  detail: 'Surface or range',
  feeCents: 'Fee',
  provider: 'Provider',
}
function changesOf(before: PastOnFile, now: PastProcedure): Change[] {
  return (Object.keys(SHOWN) as (keyof typeof SHOWN)[]).flatMap((key) =>
    before[key] === now[key] ? [] : [{ label: LABELS[key], from: SHOWN[key](before), to: SHOWN[key](now) }],
  )
}

/** Who is meant: by number, else by name and birth date; in words who is nobody here. */
function directoryOf(people: readonly Person[]): (one: ListedProcedure) => Person | { problem: string } | string {
  const byNumber = new Map(people.filter((one) => one.externalId !== '').map((one) => [one.externalId, one]))
  const byName = new Map(people.map((one) => [`${nameKey(one)}|${one.birthDate}`, one]))
  return ({ externalId, names, birthDate }) => {
    const named = names.flatMap((name) => byName.get(`${nameKey(name)}|${birthDate}`) ?? [])[0]
    const found = externalId === '' ? named : byNumber.get(externalId)
    if (!found)
      return externalId === ''
        ? 'Nobody here with this name and birth date'
        : `No patient here with number ${externalId}`
    if (found.standing === 'voided') return 'This patient was voided here'
    // The number may have been given to another person in the other system.
    const isOther = names.length > 0 && !names.some(({ lastName }) => sharesWord(lastName, found.lastName))
    const { firstName, lastName } = found
    if (isOther && !names.some((name) => sharesWord(name.firstName, firstName)))
      return { problem: `Number ${externalId} is ${lastName}, ${firstName}’s here. Check whose number it is.` }
    return found
  }
}
const words = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? []
const sharesWord = (one: string, other: string) => words(one).some((word) => words(other).includes(word))
