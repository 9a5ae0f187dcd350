// An authorization in its case.
import type { Authorization } from '#core/authorization/schema.ts'
import type { AuthorizationId } from '#core/ids.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { found } from '#host/kernel/versioned.ts'
import { caseOf } from '#host/case/rows.ts'

/** @throws NOT_FOUND */
export async function openRequest(
  context: Pick<QueryContext, 'db' | 'kept' | 'assets'>,
  id: AuthorizationId,
): Promise<{ file: CaseFile; authorization: Authorization }> {
  const file = await openCase(context, await caseOf(context.db, 'authorization', id))
  const authorization = file.authorizations.find((one) => one.id === id)
  return { file, authorization: found(authorization, 'authorization', id) }
}
