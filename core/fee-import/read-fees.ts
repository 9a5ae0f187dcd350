// The fees of a list: a code and its dollars in each row. An empty fee is none; 0.00 is one.
import type { FeeEdition } from '../coverage/fee-schedule.ts'
import { readAmount } from '../import/cells.ts'
import { whyNoEntry } from '../import/other-rows.ts'
import { isCode } from '../import/places.ts'
import { type Cents, formatMoney } from '../money.ts'
import type { FeeMapping } from './fields.ts'

interface FeeRow {
  row: number
  code: string
  cents: Cents
}
export interface ReadFees {
  fees: FeeRow[]
  problems: { row: number; column: string; message: string }[]
  leftOut: { row: number; reason: string }[]
}

/** @param headings of the list, by which a later page's are known again */
export function readFeeRows(
  body: readonly { cells: string[]; number: number }[],
  { headings, mapping }: { headings: readonly string[]; mapping: FeeMapping },
): ReadFees {
  const out: ReadFees = { fees: [], problems: [], leftOut: [] }
  const byCode = new Map<string, FeeRow>()
  for (const { cells, number: row } of body) {
    const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? '').trim())
    const [written, amount] = [cell(mapping.code), cell(mapping.fee)]
    const leave = (reason: string) => out.leftOut.push({ row, reason })
    const problem = (column: string, message: string) => out.problems.push({ row, column, message })
    if (!isCode(written)) {
      leave(
        (headings.some(Boolean) && whyNoEntry(cells, headings, [mapping.code])) ||
          (written === '' ? 'No code' : `“${short(written)}” is not a CDT code such as D2740`),
      )
      continue
    }
    const code = `D${written.replace(/\D/g, '')}`
    const cents = readAmount(amount)
    if (cents === null) leave(`${code} has no fee`)
    else if (cents === undefined) problem('Fee', `“${short(amount)}” is not an amount in dollars.`)
    else if (cents < 0) problem('Fee', `${code} has a fee below zero. Write what is charged.`)
    else {
      const before = byCode.get(code)
      if (before && before.cents === cents) leave(`${code} is in row ${before.row} already`)
      else if (before)
        problem('Fee', `Row ${before.row} has ${formatMoney(before.cents)} for ${code}. Keep the row that holds.`)
      else {
        const one = { row, code, cents }
        byCode.set(code, one)
        out.fees.push(one)
      }
    }
  }
  return out
}

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)

export interface FeeChanges {
  fresh: FeeRow[]
  changed: (FeeRow & { from: Cents })[]
  same: number
  /** On file and not in the list: they stay. */
  absent: number
}
/** What a list says anew of the fees that hold. */
export function feeChanges(listed: readonly FeeRow[], onFile: FeeEdition['fees']): FeeChanges {
  const before = new Map(onFile.map(({ code, cents }) => [code, cents]))
  const known = listed.filter(({ code }) => before.has(code))
  const changed = known.flatMap((one) => {
    const from = before.get(one.code)!
    return from === one.cents ? [] : [{ ...one, from }]
  })
  return {
    fresh: listed.filter(({ code }) => !before.has(code)),
    changed,
    same: known.length - changed.length,
    absent: before.size - known.length,
  }
}

/** The fees on file with those of the list over them, by code. */
export function feesWith(onFile: FeeEdition['fees'], listed: readonly Pick<FeeRow, 'code' | 'cents'>[]) {
  const fees = new Map([...onFile, ...listed].map(({ code, cents }) => [code, cents]))
  return [...fees].map(([code, cents]) => ({ code, cents })).sort((a, b) => (a.code < b.code ? -1 : 1))
}
