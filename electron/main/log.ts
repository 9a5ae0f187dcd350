// The local log: event names and numbers only, never what people typed.
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A logger that appends one line per event to `folder`/main.log. A disk that takes no log stops nothing. */
export function openLog(folder: string): (event: string, facts?: Record<string, number>) => void {
  return (event, facts = {}) => {
    try {
      mkdirSync(folder, { recursive: true })
      appendFileSync(join(folder, 'main.log'), `${new Date().toISOString()} ${event} ${JSON.stringify(facts)}\n`)
    } catch {
      // Full or read-only: the app says so where it matters, when something is saved.
    }
  }
}
