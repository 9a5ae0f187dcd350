// Counts what a piece of work asks of the database: a fair measure, the same on every machine.
import { vi } from 'vitest'
import type { TestHost } from './test-host.ts'

export interface Statements {
  reads: number
  writes: number
}

/** What opens and ends a request, and reads where its trail goes on, is the same for all. */
const SAME = /^(PRAGMA|BEGIN|COMMIT|ROLLBACK|select "seq", "hash" from "audit")/i
const count = (statements: unknown[]) =>
  statements.filter((one) => !SAME.test((one as { source: string }).source)).length

/** Statements that `work` runs on the host's database, by kind. */
export async function countStatements(test: TestHost, work: () => Promise<unknown>): Promise<Statements> {
  const statement = test.host.vault!.sqlite.prepare('SELECT 1')
  const prototype = Object.getPrototypeOf(statement) as typeof statement
  const reads = vi.spyOn(prototype, 'all')
  const writes = vi.spyOn(prototype, 'run')
  try {
    await work()
    return { reads: count(reads.mock.contexts), writes: count(writes.mock.contexts) }
  } finally {
    reads.mockRestore()
    writes.mockRestore()
  }
}
