// A step of a claim that a remittance brings about.
import type { StoredClaim } from '#core/case/contents.ts'
import { transition } from '#core/claim/lifecycle.ts'
import type { IsoDate } from '#core/dates.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { updateClaim } from '#host/claim/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'

/** @throws REFUSED */
export async function moveClaim(
  context: CommandContext,
  file: CaseFile,
  claim: Pick<StoredClaim, 'id' | 'caseId' | 'state'>,
  { event, on, note }: { event: 'adjudicate' | 'reopen' | 'close'; on: IsoDate; note: string },
): Promise<void> {
  const next = transition(claim.state, event)
  if (!next.allowed) refuse(next.reasons)
  await file.write(context, ['claims', 'steps'], async (tx) => {
    await updateClaim(tx, claim.id, null, { state: next.to }, context)
    const row = { id: context.newId<string>(), caseId: claim.caseId, entity: 'claim' as const, entityId: claim.id }
    await addTransition(tx, { ...row, event, from: claim.state, to: next.to, on, note }, context)
  })
}
