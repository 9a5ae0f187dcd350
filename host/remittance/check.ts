// A typed EOB beside the others of its check.
import { doubtAboutCheck } from '#core/remittance/check-total.ts'
import type { RemittanceInput } from '#core/remittance/schema.ts'
import type { Cents } from '#core/money.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { partsOfCheck } from './rows.ts'

/** Why a person looks at the check first, in words; null: nothing speaks against it. */
export async function doubtAboutItsCheck(
  { db }: Pick<QueryContext, 'db'>,
  input: RemittanceInput,
  paidCents: Cents,
): Promise<string | null> {
  return doubtAboutCheck({ ...input, paidCents }, await partsOfCheck(db, input))
}
