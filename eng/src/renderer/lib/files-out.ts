// Files that leave: saved where the person says; tables as CSV that a spreadsheet opens.
import { call } from './client.ts'
import { showToast } from './notify.tsx'
import { explainError } from './query.ts'

export type CsvValue = string | number | null

/** What a spreadsheet would run as a formula: signs, full-width ones too, behind any blanks and breaks; a tab or break by itself. */
const FORMULA = /^[\s\0\u200b]*[=+\-@＝＋－＠]|^[\t\r\n]/

/** One value as CSV; a text that would be run is quoted, a number stays one. */
function csvCell(value: CsvValue): string {
  const text = String(value ?? '')
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

/** A table with its heading as the bytes of a file; the mark at its beginning tells Excel that it is UTF-8. */
export function csvFile(head: readonly string[], rows: readonly (readonly CsvValue[])[]): Uint8Array<ArrayBuffer> {
  const lines = [head, ...rows].map((cells) => cells.map(csvCell).join(','))
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`)
}

/** Saves a file where the person says and says so; nothing when they cancel, unless there is something to say about it. */
export async function saveFile(name: string, content: Uint8Array<ArrayBuffer>, done: string, kept = ''): Promise<void> {
  try {
    const { saved } = await call('shell.saveFile', { name, content })
    const message = saved ? done : kept
    if (message) showToast({ message })
  } catch (error) {
    showToast({ message: explainError(error), tone: 'block' })
  }
}
