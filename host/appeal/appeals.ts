// Appeals with what follows from them: when an answer is due, what evidence there is, what a won one brought in.
import { answerDue } from '#core/appeal/deadline.ts'
import { evidenceFor, type EvidenceRecord } from '#core/appeal/evidence.ts'
import { eventsFrom, settlementOf } from '#core/appeal/lifecycle.ts'
import type { Appeal } from '#core/appeal/schema.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { CaseRecord } from '#host/case/rows.ts'
import { getClaim, type StoredClaim } from '#host/claim/rows.ts'
import { listAnswers } from '#host/claim/file-rows.ts'
import { type Documentation, loadDocumentation } from '#host/case/documentation.ts'
import type { DeriveContext } from '#host/case/refresh.ts'
import { causeOf } from '#host/remittance/remittances.ts'

type Db = Reader | Writer
export type AppealView = OutputOf<'remittance.forCase'>['appeals'][number]

/** When the claim first went out and was taken: a corrected claim stands for the one it corrects (desk case P6). */
export async function firstSentOf(
  db: Db,
  claim: StoredClaim,
): Promise<{ on: IsoDate | null; acceptedOn: IsoDate | null }> {
  if (claim.replacesId !== null) return firstSentOf(db, await getClaim(db, claim.replacesId))
  const on = claim.history.find((step) => step.event === 'send')?.on ?? claim.sentOn
  const accepted = (await listAnswers(db, claim.id)).filter((one) => one.answer === 'accepted').at(-1)
  return { on, acceptedOn: accepted?.answeredOn ?? null }
}

/** What the case holds for an appeal of this claim. */
export async function recordFor(
  db: Db,
  record: Pick<CaseRecord, 'tooth'>,
  claim: StoredClaim,
  documentation: Documentation,
): Promise<EvidenceRecord> {
  const { attachments, notes, lines, history } = documentation
  const billed = new Set(claim.lines.map((line) => line.lineId))
  const earlier = [...history, ...lines.filter((line) => !billed.has(line.id))].flatMap(
    ({ code, tooth, serviceDate }) =>
      record.tooth !== null && tooth === record.tooth && serviceDate !== null ? { code, serviceDate } : [],
  )
  const { acceptedOn } = await firstSentOf(db, claim)
  const rejected = rejectedIn(documentation.itemsOf('appeal'))
  return {
    attachments: attachments.filter((file) => !rejected.has(file.id)),
    notes,
    facts: documentation.textBasis().facts,
    diagnoses: claim.form.diagnoses,
    earlier: earlier.sort((a, b) => (a.serviceDate < b.serviceDate ? -1 : 1)),
    authorizationNumber: claim.form.authorizationNumber || claim.form.predeterminationNumber,
    acceptedOn,
  }
}

/** The appeals of a case as the Follow-up step shows them. */
export async function viewAppeals(
  context: DeriveContext & { db: Db },
  record: CaseRecord,
  appeals: readonly Appeal[],
  remittances: readonly Remittance[],
): Promise<AppealView[]> {
  if (appeals.length === 0) return []
  const documentation = await loadDocumentation(context.db, record, context)
  return Promise.all(
    appeals.map(async (appeal) => {
      const claim = await getClaim(context.db, appeal.claimId)
      const decision = remittances.find((one) => one.id === appeal.remittanceId)
      const evidence = await recordFor(context.db, record, claim, documentation)
      return {
        ...appeal,
        events: eventsFrom(appeal.state),
        answer: appeal.sentOn === null ? null : answerDue(appeal.level, appeal.sentOn),
        evidence: evidenceFor(decision ? causeOf(decision) : null, evidence),
        settlement: settlementOf(appeal, remittances),
      }
    }),
  )
}
