// A list of the office, of whatever kind: which sheet, which row of headings, which columns. Its rows are read elsewhere.
import {
  guessMapping,
  headingsAt,
  headingsKey,
  headingsOf,
  MOST_TITLES,
  type Vocabulary,
} from '#core/import/headings.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { digestOfRows, type Said } from './rows.ts'
import { readSpreadsheet } from './spreadsheet.ts'

/** A list as it is sent, with what a person said about it; what is left out is as it was said before, else as the headings say. */
export interface ListInput<Field extends string> {
  /** CSV as text, or a CSV or XLSX file as bytes. */
  text?: string | undefined
  content?: string | Uint8Array | undefined
  sheet?: string | undefined
  mapping?: Said<Field>['mapping'] | undefined
  ignored?: number[] | undefined
  /** As the spreadsheet counts; 0: there are none. */
  headingRow?: number | undefined
  answers?: Said<Field>['answers'] | undefined
}

const MOST_ROWS = 50_000

interface ListRow {
  cells: string[]
  /** As the spreadsheet counts. */
  number: number
}
export interface OpenedList<Field extends string> extends Said<Field> {
  sha256: string
  sheets: string[]
  /** The sheet that was read. */
  sheet: string
  /** As the spreadsheet counts. */
  headingRow: number
  /** The first rows, one of which holds the headings. */
  top: { row: number; cells: string[] }[]
  headings: string[]
  samples: string[][]
  rows: number
  /** What stands above the headings, and below them. */
  above: string[][]
  body: ListRow[]
}

/** @throws FILE_REJECTED for what is no spreadsheet, REFUSED for too many rows */
export async function openList<Field extends string>(
  input: ListInput<Field>,
  vocabulary: Vocabulary<Field>,
  remembered: Readonly<Record<string, Said<Field>>>,
): Promise<OpenedList<Field>> {
  const content = typeof input.content === 'string' ? Buffer.from(input.content, 'base64') : input.content
  const sheets = await readSpreadsheet({ text: input.text, content })
  const sheet =
    sheets.find((one) => one.name === input.sheet) ?? sheets.find((one) => one.rows.length > 1) ?? sheets[0]!
  const filled = sheet.rows.flatMap((cells, at) => (cells.some(Boolean) ? [{ cells, number: at + 1 }] : []))
  const rows = filled.map(({ cells }) => cells)
  const isRemembered = (headings: readonly string[]) => remembered[headingsKey(headings)] !== undefined
  const chosen = filled.findIndex(({ number }) => number === input.headingRow)
  const at = input.headingRow === 0 ? -1 : chosen >= 0 ? chosen : headingsAt(rows, vocabulary, isRemembered)
  const headings = at < 0 ? (rows[0] ?? []).map(() => '') : headingsOf(rows, at, vocabulary)
  const body = filled.slice(at + 1)
  if (body.length > MOST_ROWS) refuse([`The list has more than ${MOST_ROWS.toLocaleString('en-US')} rows. Split it.`])
  const known = remembered[headingsKey(headings)]
  return {
    sha256: digestOfRows(sheet.rows),
    sheets: sheets.map((one) => one.name),
    sheet: sheet.name,
    headingRow: at < 0 ? 0 : (filled[at]?.number ?? 1),
    top: filled.slice(0, MOST_TITLES).map(({ cells, number }) => ({ row: number, cells: cells.slice(0, 40) })),
    headings,
    mapping:
      input.mapping ??
      known?.mapping ??
      (at < 0 ? vocabulary.columnsOf?.(rows) : null) ??
      guessMapping(headings, vocabulary),
    ignored: input.ignored ?? known?.ignored ?? [],
    answers: { ...known?.answers, ...input.answers },
    samples: body.slice(0, 3).map(({ cells }) => cells),
    rows: body.length,
    above: rows.slice(0, Math.max(0, at)),
    body,
  }
}
