// An office's own log of authorizations: read, and its rows sorted into new ones, known ones and those with problems.
import {
  guessMapping,
  headingsKey,
  IMPORT_FIELDS,
  type Mapping,
  missingFields,
} from '#core/authorization-import/fields.ts'
import { type ImportedRow, readRow, sameRequestKeys } from '#core/authorization-import/read-row.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { nameKey } from '#core/patient.ts'
import type { Reader } from '#host/kernel/store.ts'
import { digestOfRows, listRequestFacts, peopleByName, type Person, rememberedMappings } from '../import-rows.ts'
import { listPayers } from '#host/office/rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { type GuideHead, OTHER_GUIDE } from '#core/guide/shelf.ts'
import { readSpreadsheet } from './spreadsheet.ts'

type Input = ParsedInputOf<'authorization.previewImport'>
const MOST_ROWS = 50_000

export interface ReadList {
  sha256: string
  sheets: string[]
  /** The sheet that was read. */
  sheet: string
  headings: string[]
  mapping: Mapping
  missing: string[]
  samples: string[][]
  rows: number
  duplicates: number
  problems: { row: number; column: string; message: string }[]
  ready: ImportedRow[]
}

/** Reads the file and sorts its rows: to import, already there, with problems. Writes nothing. */
export async function readList(
  context: Pick<QueryContext, 'today' | 'assets' | 'step'>,
  db: Reader,
  input: Input,
): Promise<ReadList> {
  const content = typeof input.content === 'string' ? Buffer.from(input.content, 'base64') : input.content
  const sheets = await readSpreadsheet({ text: input.text, content })
  const sheet =
    sheets.find((one) => one.name === input.sheet) ?? sheets.find((one) => one.rows.length > 1) ?? sheets[0]!
  const remembered = await rememberedMappings(db)
  const filled = sheet.rows.flatMap((cells, at) => (cells.some(Boolean) ? [{ cells, number: at + 1 }] : []))
  const top = headingsAt(
    filled.map(({ cells }) => cells),
    remembered,
  )
  const headings = filled[top]?.cells ?? []
  const body = filled.slice(top + 1)
  if (body.length > MOST_ROWS) refuse([`The list has more than ${MOST_ROWS.toLocaleString('en-US')} rows. Split it.`])
  const mapping = input.mapping ?? remembered[headingsKey(headings)] ?? guessMapping(headings)
  const missing = missingFields(mapping)
  const list: ReadList = {
    sha256: digestOfRows(sheet.rows),
    sheets: sheets.map((one) => one.name),
    sheet: sheet.name,
    headings,
    mapping,
    missing,
    samples: body.slice(0, 3).map(({ cells }) => cells),
    rows: body.length,
    duplicates: 0,
    problems: [],
    ready: [],
  }
  if (missing.length > 0) return list
  const known = new Set(
    (await listRequestFacts(db)).flatMap((row) =>
      sameRequestKeys({
        lastName: row.last_name,
        firstName: row.first_name,
        birthDate: row.birth_date,
        code: row.code,
        tooth: row.tooth,
        area: row.area,
        reference: row.reference,
        sentOn: row.sent_on,
        state: row.state,
      } as ImportedRow),
    ),
  )
  const people = await peopleByName(db)
  for (const [index, { cells, number }] of body.entries()) {
    await context.step(index, body.length)
    const { row, problems } = readRow(cells, mapping, context.today)
    const say = (field: string, message: string) => {
      const label = IMPORT_FIELDS.find((one) => one.id === field)?.label ?? field
      list.problems.push({ row: number, column: label, message })
    }
    for (const one of problems) say(one.field, one.message)
    if (problems.length > 0) continue
    const same = people.get(nameKey(row)) ?? []
    if (row.birthDate === null && same.length > 1) {
      say('birthDate', 'Several patients have this name. Add the birth date.')
      continue
    }
    if (row.birthDate === null && same.length === 0) {
      say('birthDate', 'A new patient needs a birth date.')
      continue
    }
    const whole = { ...row, birthDate: row.birthDate ?? same[0]!.birthDate }
    const keys = sameRequestKeys(whole)
    if (keys.some((key) => known.has(key))) {
      list.duplicates += 1
      continue
    }
    for (const key of keys) known.add(key)
    list.ready.push(whole)
  }
  return list
}

/** A title may stand over the headings: the first rows are looked through for one that names what is needed. */
const MOST_TITLES = 10
function headingsAt(rows: readonly (readonly string[])[], remembered: Readonly<Record<string, Mapping>>): number {
  const isHeadings = (cells: readonly string[]) =>
    remembered[headingsKey(cells)] !== undefined || missingFields(guessMapping(cells)).length === 0
  return Math.max(0, rows.slice(0, MOST_TITLES).findIndex(isHeadings))
}

/** What importing makes anew, for the preview. */
export async function newcomers(
  db: Reader,
  rows: readonly ImportedRow[],
): Promise<{ newPatients: number; newPayers: string[] }> {
  const people = await peopleByName(db)
  const payers = new Set((await listPayers(db, '')).map((payer) => payer.name.toLowerCase()))
  const added = new Set(rows.filter((row) => !findPerson(people, row)).map((row) => `${nameKey(row)}|${row.birthDate}`))
  const newPayers = new Map<string, string>()
  for (const { payer } of rows) if (payer && !payers.has(payer.toLowerCase())) newPayers.set(payer.toLowerCase(), payer)
  return { newPatients: added.size, newPayers: [...newPayers.values()] }
}

/** The guide that can end in the code, not one that only names it beside its own; else the one for any other procedure. */
export function guideIdOf(guides: readonly GuideHead[], code: string): string {
  const knows = (guide: GuideHead) => guide.codes.some((one) => one.code === code && one.kind !== 'other')
  return guides.find(knows)?.id ?? OTHER_GUIDE
}

/** Codes of the rows that no guide knows; their cases open without a recommendation. */
export function codesWithoutGuide(context: Pick<QueryContext, 'assets'>, rows: readonly ImportedRow[]) {
  const guides = context.assets.guides.heads
  const codes = new Set(rows.map((row) => row.code))
  return [...codes].filter((code) => guideIdOf(guides, code) === OTHER_GUIDE).sort()
}

export function findPerson(people: ReadonlyMap<string, Person[]>, row: ImportedRow): Person | undefined {
  return people.get(nameKey(row))?.find((one) => one.birthDate === row.birthDate)
}
