// A request that is not sent yet asks for what the case plans now; from the day it is sent it stays as it was.
import { followed, isDraft } from '#core/authorization/request.ts'
import type { CaseId } from '#core/ids.ts'
import type { Writer } from '#db/reader.ts'
import { listAuthorizations, replaceAuthorizationLines } from './rows.ts'
import { listLines } from '#host/case/rows.ts'
import { uuidv7 } from '#host/kernel/ids.ts'

/** Brings the lines and fees of every draft of the case up to date. */
export async function followCase(tx: Writer, caseId: CaseId): Promise<void> {
  const drafts = (await listAuthorizations(tx, { caseId })).filter((one) => isDraft(one.state))
  if (drafts.length === 0) return
  const lines = await listLines(tx, caseId)
  for (const { id, lines: asked } of drafts) {
    const wanted = followed(asked, lines)
    if (wanted) await replaceAuthorizationLines(tx, id, wanted, uuidv7)
  }
}
