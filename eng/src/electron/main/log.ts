// The local logs: names of events and routes, numbers, places in the code; never what people typed. Two files each, so that none grows without end.
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MOST_BYTES = 1_000_000

/**
 * A logger that appends one line per event to `folder`/`name`.log; what was in it before it grew too large is in the file
 * with `.1` behind it. A disk that takes no log stops nothing.
 */
export function openLog(
  folder: string,
  name: 'main' | 'host',
  mostBytes = MOST_BYTES,
): (event: string, facts?: Record<string, string | number>) => void {
  const file = join(folder, `${name}.log`)
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
