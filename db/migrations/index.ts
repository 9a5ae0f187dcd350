// Every migration in order, numbered so that a fix fits between; append-only.
import { firstRelease } from './0001-first-release.ts'
import { payerRules } from './0030-payer-rules.ts'

export interface Migration {
  id: number
  statements: readonly string[]
}

export const migrations: readonly Migration[] = [
  { id: 1, statements: firstRelease },
  { id: 30, statements: payerRules },
]
