// The local log: event names and numbers only, never what people typed.
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A logger that appends one line per event to `folder`/main.log. */
export function openLog(folder: string): (event: string, facts?: Record<string, number>) => void {
  mkdirSync(folder, { recursive: true })
  return (event, facts = {}) => {
    appendFileSync(join(folder, 'main.log'), `${new Date().toISOString()} ${event} ${JSON.stringify(facts)}\n`)
  }
}
