// What an installation ships, with what the office added to it: read once, the same for every request.
import type { Edition } from './codes/edition.ts'
import type { CodeList } from './codes/listed.ts'
import type { Diagnoses } from './claim/validate.ts'
import type { GuideShelf } from './guide/shelf.ts'
import type { HelpPage } from './help.ts'
import type { Program } from './payer-rule/schema.ts'
import type { ReasonTables } from './remittance/tables.ts'

export interface Assets {
  readonly guides: GuideShelf
  /** Editions of the code set, held or announced. */
  readonly editions: readonly Edition[]
  /** The office's own lists of codes. */
  readonly codeList: CodeList
  /** CARC and RARC tables. */
  readonly reasons: ReasonTables
  /** What payers and programs publish, each rule with its source. */
  readonly programs: readonly Program[]
  /** Help pages, one for each screen. */
  readonly help: readonly HelpPage[]
  /** ICD-10-CM codes that dental claims carry. */
  readonly diagnoses: Diagnoses
}
