// Files that leave: saved where the person says; tables as CSV that a spreadsheet opens.
import { CSV_MARK, csvLine, type CsvValue } from '#core/csv.ts'
import { call } from './client.ts'
import { showToast } from './notify.tsx'
import { explainError } from './query.ts'

export type { CsvValue }

/** A table with its heading as the bytes of a file. */
export function csvFile(head: readonly string[], rows: readonly (readonly CsvValue[])[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(CSV_MARK + [head, ...rows].map(csvLine).join(''))
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
