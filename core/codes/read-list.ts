// The codes of a list: one in each row, with its descriptor and its days.
import type { IsoDate } from '../dates.ts'
import { readDay } from '../import/cells.ts'
import { whyNoEntry } from '../import/other-rows.ts'
import { isCode } from '../import/places.ts'
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
  today: IsoDate,
): ReadCodes {
  const out: ReadCodes = { codes: [], problems: [], leftOut: [] }
  const byCode = new Map<string, ListedCode & { row: number }>()
  for (const { cells, number: row } of body) {
    const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? '').trim())
    const written = cell(mapping.code)
    if (!isCode(written)) {
      const reason =
        whyNoEntry(cells, headings, [mapping.code]) ??
        (written ? `“${written.slice(0, 30)}” is no CDT code` : 'No code')
      out.leftOut.push({ row, reason })
      continue
    }
    const code = `D${written.replace(/\D/g, '')}`
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
