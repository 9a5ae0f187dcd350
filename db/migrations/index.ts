// Every migration in order, numbered so that a fix fits between; append-only.
import { firstRelease } from './0001-first-release.ts'
import { settlements } from './0020-settlements.ts'
import { people } from './0010-people.ts'

export interface Migration {
  id: number
  statements: readonly string[]
}

export const migrations: readonly Migration[] = [
  { id: 1, statements: firstRelease },
  { id: 10, statements: people },
  { id: 20, statements: settlements },
]
