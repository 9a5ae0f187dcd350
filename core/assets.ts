// What an installation ships, with what the office added to it: read once, the same for every request.
import type { Edition } from './codes/edition.ts'
import type { CodeList } from './codes/listed.ts'
import type { Diagnoses } from './claim/validate.ts'
import type { OutputOf } from './contract/index.ts'
import type { GuideShelf } from './guide/shelf.ts'
import type { ShippedDocument } from './payer-documents.ts'
import type { HelpPage } from './help.ts'
import type { Payer } from './patient.ts'
import type { PayerRule } from './payer-figures.ts'
import type { ReasonTables } from './remittance/tables.ts'

export type PayerRules = Pick<OutputOf<'payer.rules'>, 'rules'>

export interface Assets {
  readonly guides: GuideShelf
  /** Editions of the code set, held or announced. */
  readonly editions: readonly Edition[]
  /** The office's own lists of codes. */
  readonly codeList: CodeList
  /** CARC and RARC tables. */
  readonly reasons: ReasonTables
  /** Facts about payers, each with its source. */
  readonly payerRules: PayerRules
  /** Documents that payers want for codes, each with its source. */
  readonly payerDocuments: readonly ShippedDocument[]
  /** Help pages, one for each screen. */
  readonly help: readonly HelpPage[]
  /** ICD-10-CM codes that dental claims carry. */
  readonly diagnoses: Diagnoses
}

/** What is shipped about a payer; null where the office linked nothing, or what is no longer shipped. */
export function ruleOf(
  { payerRules }: Pick<Assets, 'payerRules'>,
  { rulesKey }: Pick<Payer, 'rulesKey'>,
): PayerRule | null {
  return payerRules.rules.find((rule) => rule.key === rulesKey) ?? null
}
