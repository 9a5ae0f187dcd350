// A CSV, text or XLSX file as rows of text.
import Papa from 'papaparse'
import readWorkbook, { InvalidInputError, InvalidSpreadsheetError } from 'read-excel-file/universal'
import { AppError } from '#core/errors.ts'
import { delimiterOf, encodingOf } from '#core/import/text-file.ts'
import { refuseInflated } from './unpacked-size.ts'

export interface Sheet {
  name: string
  /** Cells as text, a date as `2026-11-23`; blank rows keep their place, as the spreadsheet counts. */
  rows: string[][]
}

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const isWorkbook = (bytes: Uint8Array) => ZIP.every((byte, at) => bytes[at] === byte)

/** @throws FILE_REJECTED when it is neither */
export async function readSpreadsheet(file: {
  text?: string | undefined
  content?: Uint8Array | undefined
}): Promise<Sheet[]> {
  if (file.content && isWorkbook(file.content)) return readXlsx(file.content)
  const text = (file.text ?? (file.content ? decode(file.content) : '')).replace(/^\uFEFF/, '')
  // Some portals save a web page under the name of a spreadsheet.
  if (/^\s*<(!doctype|html|table|\?xml)/i.test(text)) throw rejected()
  const delimiter = delimiterOf(text)
  const { data } = Papa.parse<string[]>(text.replace(/^sep=.\r?\n/i, '\n'), { delimiter })
  return [{ name: '', rows: data.map((cells) => cells.map((cell) => unguarded(cell.trim()))) }]
}

/** `="007"`: a text that some programs keep from losing its zeros in this way. */
const unguarded = (cell: string) => /^="([^"]*)"$/.exec(cell)?.[1]?.trim() ?? cell

async function readXlsx(content: Uint8Array): Promise<Sheet[]> {
  await refuseInflated(content)
  try {
    const sheets = await readWorkbook(new Uint8Array(content).buffer)
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((cells) => cells.map(cellText)) }))
  } catch (error) {
    if (!(error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError)) throw error
    throw rejected()
  }
}

function cellText(cell: unknown): string {
  // Days come as midnight in UTC: no time zone may move them.
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell).trim() : ''
}

/** UTF-8 or UTF-16, else what Excel on Windows writes. */
function decode(content: Uint8Array): string {
  const encoding = encodingOf(content)
  if (encoding === null) throw rejected()
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}

function rejected(): AppError {
  return new AppError(
    'FILE_REJECTED',
    'This is neither a CSV, a text nor an Excel (.xlsx) file. Save the list as one of them.',
    { reason: 'type' },
  )
}
