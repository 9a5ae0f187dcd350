// An appeal by its id, with the case that it belongs to; and the EOB that it is about.
import type { Appeal } from '#core/appeal/schema.ts'
import type { StoredRemittance } from '#core/case/contents.ts'
import type { AppealId } from '#core/ids.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { caseOf } from '#host/case/rows.ts'

/** @throws NOT_FOUND */
export async function openAppeal(context: QueryContext, id: AppealId): Promise<{ file: CaseFile; appeal: Appeal }> {
  const file = await openCase(context, await caseOf(context.db, 'appeal', id))
  return { file, appeal: file.appeals.find((one) => one.id === id)! }
}

/** There is no decision to appeal in an EOB that was taken back. @throws REFUSED */
export function refuseTakenBack(appealed: StoredRemittance | undefined): void {
  if (appealed && appealed.reversedAt !== null) refuse(['This EOB was undone. Appeal the current one.'])
}
