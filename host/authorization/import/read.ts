// An office's own log of authorizations: which sheet, which row of headings, which columns; its rows are sorted elsewhere.
import {
  type Asked,
  askedColumns,
  guessMapping,
  LOG_HEADINGS,
  missingFields,
} from '#core/authorization-import/fields.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { headingsAt, headingsKey, headingsOf, MOST_TITLES } from '#core/import/headings.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { Reader } from '#host/kernel/store.ts'
import { digestOfRows, rememberedLists, type Said } from '../import-rows.ts'
import { NO_ROWS, type SortedRows, sortRows } from './sort-rows.ts'
import { readSpreadsheet } from './spreadsheet.ts'

type Input = ParsedInputOf<'authorization.previewImport'>
const MOST_ROWS = 50_000

export interface ReadList extends Said, SortedRows {
  sha256: string
  sheets: string[]
  /** The sheet that was read. */
  sheet: string
  /** As the spreadsheet counts. */
  headingRow: number
  /** The first rows, one of which holds the headings. */
  top: { row: number; cells: string[] }[]
  headings: string[]
  missing: string[]
  asked: Asked[]
  samples: string[][]
  rows: number
}

/** Reads the file and sorts its rows: to import, changed, already there, with questions or problems. Writes nothing. */
export async function readList(
  context: Pick<QueryContext, 'today' | 'assets' | 'step'>,
  db: Reader,
  input: Input,
): Promise<ReadList> {
  const content = typeof input.content === 'string' ? Buffer.from(input.content, 'base64') : input.content
  const sheets = await readSpreadsheet({ text: input.text, content })
  const sheet =
    sheets.find((one) => one.name === input.sheet) ?? sheets.find((one) => one.rows.length > 1) ?? sheets[0]!
  const remembered = await rememberedLists(db)
  const filled = sheet.rows.flatMap((cells, at) => (cells.some(Boolean) ? [{ cells, number: at + 1 }] : []))
  const rows = filled.map(({ cells }) => cells)
  const isRemembered = (headings: readonly string[]) => remembered[headingsKey(headings)] !== undefined
  const chosen = filled.findIndex(({ number }) => number === input.headingRow)
  const at = input.headingRow === 0 ? -1 : chosen >= 0 ? chosen : headingsAt(rows, LOG_HEADINGS, isRemembered)
  const headings = at < 0 ? (rows[0] ?? []).map(() => '') : headingsOf(rows, at, LOG_HEADINGS)
  const body = filled.slice(at + 1)
  if (body.length > MOST_ROWS) refuse([`The list has more than ${MOST_ROWS.toLocaleString('en-US')} rows. Split it.`])
  const known = remembered[headingsKey(headings)]
  const mapping = input.mapping ?? known?.mapping ?? guessMapping(headings)
  const ignored = input.ignored ?? known?.ignored ?? []
  const answers = { ...known?.answers, ...input.answers }
  const missing = missingFields(mapping)
  const list = {
    sha256: digestOfRows(sheet.rows),
    sheets: sheets.map((one) => one.name),
    sheet: sheet.name,
    headingRow: at < 0 ? 0 : (filled[at]?.number ?? 1),
    top: filled.slice(0, MOST_TITLES).map(({ cells, number }) => ({ row: number, cells: cells.slice(0, 40) })),
    headings,
    mapping,
    ignored,
    answers,
    missing,
    asked: askedColumns(headings, mapping, ignored, rows.slice(at + 1)),
    samples: body.slice(0, 3).map(({ cells }) => cells),
    rows: body.length,
  }
  if (missing.length > 0) return { ...list, ...NO_ROWS }
  return { ...list, ...(await sortRows(context, db, body, { headings, mapping, answers })) }
}
