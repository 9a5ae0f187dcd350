// The local log: event names and numbers only, never what people typed. Two files, so that it never grows without end.
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MOST_BYTES = 1_000_000

/**
 * A logger that appends one line per event to `folder`/main.log; what was in it before it grew too large is main.log.1.
 * A disk that takes no log stops nothing.
 */
export function openLog(
  folder: string,
  mostBytes = MOST_BYTES,
): (event: string, facts?: Record<string, number>) => void {
  const file = join(folder, 'main.log')
  return (event, facts = {}) => {
    try {
      mkdirSync(folder, { recursive: true })
      if (existsSync(file) && statSync(file).size > mostBytes) renameSync(file, `${file}.1`)
      appendFileSync(file, `${new Date().toISOString()} ${event} ${JSON.stringify(facts)}\n`)
    } catch {
      // Full or read-only: the app says so where it matters, when something is saved.
    }
  }
}
