// A claim by its id, with the case that it belongs to.
import type { StoredClaim } from '#core/case/contents.ts'
import type { ClaimId } from '#core/ids.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { found } from '#host/kernel/versioned.ts'
import { caseOf } from '#host/case/rows.ts'

/** @throws NOT_FOUND */
export async function openClaim(context: QueryContext, id: ClaimId): Promise<{ file: CaseFile; claim: StoredClaim }> {
  const file = await openCase(context, await caseOf(context.db, 'claim', id))
  return { file, claim: claimIn(file, id) }
}

/** @throws NOT_FOUND */
export function claimIn({ claims }: Pick<CaseFile, 'claims'>, id: ClaimId): StoredClaim {
  const claim = claims.find((one) => one.id === id)
  return found(claim, 'claim', id)
}
