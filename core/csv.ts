// Tables as CSV: nothing in a cell runs or loses digits when a spreadsheet opens it, and what was changed for that can be undone.
export type CsvValue = string | number | null

/** What a spreadsheet would run as a formula: signs, full-width ones too, behind any blanks and breaks; a tab or break by itself. */
const FORMULA = /^[\s\0\u200b]*[=+\-@＝＋－＠]|^[\t\r\n]/
/** What it would read as a number that is written otherwise: a leading 0, more digits than it keeps, 1E5. */
const OTHER_NUMBER = /^(0\d+|\d{16,}|\d+(\.\d+)?e\d+)$/i

/** The mark at the beginning of a file by which Excel knows that it is UTF-8. */
export const CSV_MARK = '\uFEFF'

/**
 * One value. A text that would be run or spoiled begins with an apostrophe, as does one that begins with an apostrophe by
 * itself: whoever reads the file takes one away from each cell that begins so. A number stays one.
 */
function csvCell(value: CsvValue): string {
  const text = String(value ?? '')
  const isMarked = typeof value === 'string' && (text.startsWith("'") || FORMULA.test(text) || OTHER_NUMBER.test(text))
  const safe = isMarked ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** One row with its line break. */
export const csvLine = (cells: readonly CsvValue[]): string => `${cells.map(csvCell).join(',')}\r\n`
