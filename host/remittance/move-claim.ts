// Steps of claims that a remittance brings about, and takes back again.
import type { StoredClaim } from '#core/case/contents.ts'
import { claimLife } from '#core/claim/lifecycle.ts'
import type { IsoDate } from '#core/dates.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { updateClaim } from '#host/claim/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'

/**
 * @param known what became known of the claim with this step
 * @throws REFUSED
 */
export async function moveClaim(
  context: CommandContext,
  file: CaseFile,
  claim: Pick<StoredClaim, 'id' | 'caseId' | 'state'>,
  { event, on, note }: { event: 'adjudicate' | 'reopen' | 'close'; on: IsoDate; note: string },
  known: { payer_claim_number?: string } = {},
): Promise<void> {
  const next = claimLife.transition(claim.state, event)
  if (!next.allowed) refuse(next.reasons)
  await file.write(context, ['claims', 'steps'], async (tx) => {
    await updateClaim(tx, claim.id, null, { state: next.to, ...known }, context)
    const row = { caseId: claim.caseId, entity: 'claim' as const, entityId: claim.id }
    await addTransition(context, { ...row, event, from: claim.state, to: next.to, on, note })
  })
}

const TAKEN_BACK = 'The payer reversed the claim'
async function voidsOf(context: CommandContext, { id: caseId }: CaseFile, { id }: StoredClaim): Promise<StoredClaim[]> {
  const { claims } = await openCase(context, caseId)
  return claims.filter((one) => one.frequency === 'void' && one.replacesId === id)
}

/** The payer has taken the claim back: the voids that asked for it wait for nothing more. */
export async function endVoids(context: CommandContext, file: CaseFile, claim: StoredClaim): Promise<void> {
  const step = { on: context.today, note: TAKEN_BACK }
  for (const one of await voidsOf(context, file, claim)) {
    if (one.state !== 'sent') continue
    await moveClaim(context, file, one, { event: 'adjudicate', ...step })
    await moveClaim(context, file, { ...one, state: 'adjudicated' }, { event: 'close', ...step })
  }
}
/** The payer’s reversal was entered by mistake: the voids that it ended wait again. */
export async function resumeVoids(
  context: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  note: string,
): Promise<void> {
  const step = { event: 'reopen', on: context.today, note } as const
  for (const one of await voidsOf(context, file, claim)) {
    if (one.state !== 'closed' || one.history.at(-1)?.note !== TAKEN_BACK) continue
    await moveClaim(context, file, one, step)
    await moveClaim(context, file, { ...one, state: 'adjudicated' }, step)
  }
}
