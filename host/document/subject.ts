// What a letter is about, by its id: a request or an appeal in its case.
import type { Appeal } from '#core/appeal/schema.ts'
import type { Authorization } from '#core/authorization/schema.ts'
import type { AppealId, AuthorizationId } from '#core/ids.ts'
import { caseOfAppeal } from '#host/appeal/rows.ts'
import { caseOfAuthorization } from '#host/authorization/rows.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { found } from '#host/kernel/versioned.ts'

/** @throws NOT_FOUND */
export async function openRequest(
  context: QueryContext,
  id: AuthorizationId,
): Promise<{ file: CaseFile; authorization: Authorization }> {
  const file = await openCase(context, await caseOfAuthorization(context.db, id))
  const authorization = file.authorizations.find((one) => one.id === id)
  return { file, authorization: found(authorization, 'authorization', id) }
}

/** @throws NOT_FOUND */
export async function openAppeal(context: QueryContext, id: AppealId): Promise<{ file: CaseFile; appeal: Appeal }> {
  const file = await openCase(context, await caseOfAppeal(context.db, id))
  const appeal = file.appeals.find((one) => one.id === id)
  return { file, appeal: found(appeal, 'appeal', id) }
}
