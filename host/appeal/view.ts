// Appeals with what follows from them: when an answer is due, what evidence there is, what a won one brought in.
import { answerDue } from '#core/appeal/deadline.ts'
import { evidenceFor } from '#core/appeal/needed-evidence.ts'
import { appealLife, settlementOf } from '#core/appeal/lifecycle.ts'
import { recordFor } from '#core/appeal/source.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import { causeOf } from '#core/remittance/view.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { canTakeBack } from '#host/case/last-step.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { firstSendingOf } from '#host/claim/first-sending.ts'
import { claimIn } from '#host/claim/open.ts'
import type { QueryContext } from '#host/kernel/context.ts'

/** The appeals of a case as the Follow-up step shows them. */
export async function viewAppeals(
  context: QueryContext,
  file: CaseFile,
  remittances: readonly Remittance[],
): Promise<OutputOf<'remittance.forCase'>['appeals']> {
  if (file.appeals.length === 0) return []
  const documentation = documentationIn(context, file)
  const views = []
  for (const appeal of file.appeals) {
    const claim = claimIn(file, appeal.claimId)
    const decision = remittances.find((one) => one.id === appeal.remittanceId)
    const record = recordFor(
      file,
      claim,
      documentation,
      await firstSendingOf(context, file, claim, appeal.remittanceId),
    )
    views.push({
      ...appeal,
      events: appealLife.eventsFrom(appeal.state),
      canUndo: canTakeBack(context, file, appeal.id),
      answer: appeal.sentOn === null ? null : answerDue(appeal.level, appeal.sentOn),
      evidence: evidenceFor(decision ? causeOf(decision) : null, record),
      settlement: settlementOf(appeal, remittances),
    })
  }
  return views
}
