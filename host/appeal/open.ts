// An appeal by its id, with the case that it belongs to.
import type { Appeal } from '#core/appeal/schema.ts'
import type { AppealId } from '#core/ids.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { caseOfAppeal } from './rows.ts'

/** @throws NOT_FOUND */
export async function openAppeal(context: QueryContext, id: AppealId): Promise<{ file: CaseFile; appeal: Appeal }> {
  const file = await openCase(context, await caseOfAppeal(context.db, id))
  return { file, appeal: file.appeals.find((one) => one.id === id)! }
}
