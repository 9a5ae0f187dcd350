// The codes of a list: one in each row, with its descriptor and its days.
import type { IsoDate } from '../dates.ts'
import { readDay } from '../import/cells.ts'
import { whyNoEntry } from '../import/other-rows.ts'
import type { CodeMapping } from './list-fields.ts'
import type { ListedCode } from './listed.ts'

export interface ReadCodes {
  codes: (ListedCode & { row: number })[]
  problems: { row: number; column: string; message: string }[]
  leftOut: { row: number; reason: string }[]
}

/** @param headings of the list, by which a later page's are known again */
export function readCodeRows(
  body: readonly { cells: string[]; number: number }[],
  { headings, mapping }: { headings: readonly string[]; mapping: CodeMapping },
  { of, today }: { of: string; today: IsoDate },
): ReadCodes {
  const out: ReadCodes = { codes: [], problems: [], leftOut: [] }
  const byCode = new Map<string, ListedCode & { row: number }>()
  for (const { cells, number: row } of body) {
    const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? '').trim())
    const written = cell(mapping.code)
    const code = codeIn(written, of)
    if (code === null) {
      const reason =
        whyNoEntry(cells, headings, [mapping.code]) ??
        (written ? `“${written.slice(0, 30)}” is no such code` : 'No code')
      out.leftOut.push({ row, reason })
      continue
    }
    const problem = (column: string, message: string) => out.problems.push({ row, column, message })
    const [from, to] = (
      [
        ['First day', mapping.from],
        ['Last day', mapping.to],
      ] as const
    ).map(([label, column]) => {
      const read = readDay(cell(column), today)
      if ('day' in read) return read.day
      problem(label, `${code}: ${read.problem}`)
      return null
    })
    const one = { row, code, descriptor: cell(mapping.descriptor).slice(0, 1000), from: from ?? null, to: to ?? null }
    const before = byCode.get(code)
    if (one.from && one.to && one.to < one.from) problem('Last day', `${code} ends before it begins.`)
    else if (before && (before.descriptor !== one.descriptor || before.from !== one.from || before.to !== one.to))
      problem('Code', `Row ${before.row} has ${code} otherwise. Keep the row that holds.`)
    else if (before) out.leftOut.push({ row, reason: `${code} is in row ${before.row} already` })
    else {
      byCode.set(code, one)
      out.codes.push(one)
    }
  }
  return out
}

/** How a code is written in a list: `D2391` or `2391`; `45`, `045`, `P21`; `N130`, `MA04`. */
const PATTERNS: Readonly<Record<string, RegExp>> = { carc: /^([A-Z]{0,2})0*(\d{1,3})$/i, rarc: /^(MA|M|N)(\d{1,3})$/i }
const CDT = /^D? ?(\d{4})$/i

function codeIn(text: string, of: string): string | null {
  const [, letters = '', digits] = PATTERNS[of]?.exec(text) ?? []
  if (digits) return `${letters.toUpperCase()}${digits}`
  const [, number] = (!PATTERNS[of] && CDT.exec(text)) || []
  return number ? `D${number}` : null
}
