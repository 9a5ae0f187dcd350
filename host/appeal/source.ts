// What an appeal letter may rest on: the claim, its decision and what the case has on record, nothing that it contradicts.
import type { LetterSource } from '#core/appeal/letter.ts'
import type { AppealLevel } from '#core/appeal/schema.ts'
import { checkAgainstClaim } from '#core/authorization/terms.ts'
import { checkDiagnoses } from '#core/guide/checklist.ts'
import { sumCents } from '#core/money.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import type { CaseRecord } from '#host/case/rows.ts'
import type { StoredClaim } from '#host/claim/rows.ts'
import { listCoverages } from '#host/patient/rows.ts'
import { firstSentOf, recordFor } from './appeals.ts'
import { loadDecisions, serviceOf, standingOfPlan } from '#host/remittance/decisions.ts'
import { authorizationFor } from '#host/claim/claims.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { Documentation } from '#host/case/documentation.ts'
import { causeOf } from '#host/remittance/remittances.ts'

interface Appealed {
  record: CaseRecord
  claim: StoredClaim
  decision: Remittance | null
  documentation: Documentation
  level: AppealLevel
}

/** Everything the first draft of the letter is written from. */
export async function letterSource(context: CommandContext, appealed: Appealed): Promise<LetterSource> {
  const { tx } = context
  const { record, claim, decision, documentation, level } = appealed
  const { facts, treatment } = documentation.textBasis()
  const { on, acceptedOn } = await firstSentOf(tx, claim)
  const authorization = await authorizationFor(tx, record, claim.coverageId)
  return {
    level,
    claim,
    remittance: decision,
    cause: decision && causeOf(decision),
    facts,
    isFinished: treatment === 'done',
    notes: documentation.notes,
    attachments: documentation.filesFor('appeal'),
    earlier: (await recordFor(tx, record, claim, documentation)).earlier,
    authorization: authorization && {
      ...authorization,
      covers: checkAgainstClaim(authorization, claim.lines).length === 0,
    },
    firstSent: on === null ? null : { on, acceptedOn },
    otherPlan: await otherPlanOf(context, record, claim),
    wasCovered: await wasCovered(tx, claim),
    fitsDiagnosis: claim.lines.every(
      ({ code }) => checkDiagnoses(documentation.guide, code, claim.form.diagnoses).length === 0,
    ),
  }
}

/** What another plan decided on the services of this claim, as far as it stands. */
async function otherPlanOf(
  { tx, assets }: CommandContext,
  record: CaseRecord,
  claim: StoredClaim,
): Promise<LetterSource['otherPlan']> {
  const decided = await loadDecisions(tx, assets.reasons, record)
  const own = claim.lines.map(serviceOf)
  for (const { id } of decided.coverages.filter((one) => one.id !== claim.coverageId)) {
    const { services, atClaims } = standingOfPlan(decided, id)
    const parts = own.flatMap((service) => services.get(service) ?? [])
    const shares = atClaims.filter((share) => share.services.some((service) => own.includes(service)))
    const eobDate = parts
      .map((part) => part.on)
      .sort()
      .at(-1)
    if (eobDate) return { eobDate, paidCents: sumCents([...parts, ...shares].map((one) => one.paidCents)) }
  }
  return null
}

async function wasCovered(tx: CommandContext['tx'], { coverageId, lines }: StoredClaim): Promise<boolean> {
  const coverage = coverageId === null ? undefined : (await listCoverages(tx, { id: coverageId }))[0]
  const days = lines.flatMap((line) => line.serviceDate ?? [])
  const { validFrom = null, validTo = null } = coverage ?? {}
  return days.every((day) => (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo))
}
