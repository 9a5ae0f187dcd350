// The first sending of a claim with the answers to its exports.
import type { StoredClaim } from '#core/case/contents.ts'
import { firstSending, lineOf, type Sending } from '#core/claim/first-sending.ts'
import type { RemittanceId } from '#core/ids.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { listSentFiles } from './file-rows.ts'

/** When the claim, or one that it corrects, first reached the payer. `except`: the decision that is contested. */
export async function firstSendingOf(
  { db }: Pick<QueryContext, 'db'>,
  file: CaseFile,
  claim: StoredClaim,
  except: RemittanceId | null = null,
): Promise<Sending | null> {
  const ids = lineOf(file, claim).map(({ id }) => id)
  return firstSending(file, claim, await listSentFiles(db, ids), except)
}
