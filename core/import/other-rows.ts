// Rows of a sheet that are no entry: headings again, totals, a line that says something about the sheet.
import { headingKey } from './headings.ts'
import { isNothing, readAmount } from './cells.ts'

const TOTAL = /^(grand |sub ?-?)?totals?\b|^sum\b|^count\b/i

/**
 * Why a row is left out, in words; null for one that is to be read.
 * @param needed cells without which nothing can be an entry
 */
export function whyNoEntry(
  cells: readonly string[],
  headings: readonly string[],
  needed: readonly (number | undefined)[],
): string | null {
  const filled = cells.filter(Boolean)
  if (headings.every((heading, at) => headingKey(heading) === headingKey(cells[at] ?? ''))) return 'Headings again'
  const has = needed.some((column) => column !== undefined && !isNothing(cells[column] ?? ''))
  const total = filled.find((cell) => TOTAL.test(cell))
  if (total && needed.some((column) => column !== undefined && isNothing(cells[column] ?? '')))
    return `Totals: “${short(total)}”`
  if (filled.length === 1) return `Nothing but “${short(filled[0]!)}”`
  if (!has && filled.every((cell) => typeof readAmount(cell) === 'number')) return 'Totals'
  return null
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
