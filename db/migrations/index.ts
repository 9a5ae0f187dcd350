// Every migration in order, numbered so that a fix fits between; append-only.
import { firstRelease } from './0001-first-release.ts'
import { moreImports } from './0010-more-imports.ts'
import { guides } from './0020-guides.ts'
import { codeLists } from './0030-code-lists.ts'
import { payerRules } from './0040-payer-rules.ts'

export interface Migration {
  id: number
  statements: readonly string[]
}

export const migrations: readonly Migration[] = [
  { id: 1, statements: firstRelease },
  { id: 10, statements: moreImports },
  { id: 20, statements: guides },
  { id: 30, statements: codeLists },
  { id: 40, statements: payerRules },
]
