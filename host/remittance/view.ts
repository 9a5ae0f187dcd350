// The EOBs of a case as the Follow-up step shows them, and one as it would be posted.
import { randomUUID } from 'node:crypto'
import { payerOf, postedOf } from '#core/case/contents.ts'
import { decisionsOf } from '#core/case/decisions.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { CaseId } from '#core/ids.ts'
import { asPosted, viewInCase } from '#core/remittance/in-case.ts'
import { shortfallAfter } from '#core/remittance/measured.ts'
import { decideRemittance } from '#core/remittance/outcome.ts'
import { doubtAbout } from '#core/remittance/posting-check.ts'
import { levelsAfter } from '#core/remittance/view.ts'
import { viewAppeals } from '#host/appeal/view.ts'
import { openCase } from '#host/case/case-file.ts'
import { claimIn, openClaim } from '#host/claim/open.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { doubtAboutItsCheck } from './check.ts'
import { flagsOf } from './expectation.ts'

export async function remittancesOf(context: QueryContext, caseId: CaseId): Promise<OutputOf<'remittance.forCase'>> {
  const { assets, today } = context
  const file = await openCase(context, caseId)
  const decided = decisionsOf(file, assets.reasons)
  const remittances = []
  for (const stored of postedOf(file)) {
    const claim = claimIn(file, stored.claimId)
    const eob = decided.remittances.find(({ id }) => id === stored.id)!
    const remittance = viewInCase(file, assets.reasons, decided, { eob, claim, today })
    const flags = await flagsOf(context, file, claim, decided, remittance)
    remittances.push({ ...remittance, shortfallCents: shortfallAfter(decided, claim, remittance), flags })
  }
  const latest = remittances[0]
  const payer = latest ? payerOf(file, claimIn(file, latest.claimId).coverageId) : null
  return {
    remittances,
    appeals: await viewAppeals(context, file, remittances),
    levels: latest ? levelsAfter(latest, payer, file.appeals) : [],
  }
}

export async function previewRemittance(
  context: QueryContext,
  input: ParsedInputOf<'remittance.preview'>,
): Promise<OutputOf<'remittance.preview'>> {
  const { file, claim } = await openClaim(context, input.claimId)
  const tables = context.assets.reasons
  const decided = decideRemittance(tables, input, () => randomUUID())
  const { eob, after } = asPosted(decisionsOf(file, tables), input, decided)
  const doubts = [
    doubtAbout(file, tables, claim, input, decided),
    await doubtAboutItsCheck(context, input, decided.paidCents),
  ]
  const doubt = doubts.filter((one) => one !== null).join(' ') || null
  const { lines } = viewInCase(file, tables, after, { eob, claim, today: context.today })
  return { ...decided, lines, doubt }
}
