// What an appeal letter may rest on: the claim, its decision and what the case has on record, nothing that it contradicts.
import type { LetterSource } from '#core/appeal/letter.ts'
import type { AppealLevel } from '#core/appeal/schema.ts'
import { checkAgainstClaim } from '#core/authorization/terms.ts'
import { checkDiagnoses } from '#core/guide/checklist.ts'
import { sumCents } from '#core/money.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import type { CaseRecord } from '#db/repos/case.ts'
import { listClaims, type StoredClaim } from '#db/repos/claim.ts'
import { listCoverages } from '#db/repos/patient.ts'
import { listRemittances } from '#db/repos/remittance.ts'
import { firstSentOf, recordFor } from './appeals.ts'
import { authorizationFor } from './claims.ts'
import type { CommandContext } from './context.ts'
import type { Documentation } from './documentation.ts'
import { causeOf } from './remittances.ts'

interface Appealed {
  record: CaseRecord
  claim: StoredClaim
  decision: Remittance | null
  documentation: Documentation
  level: AppealLevel
}

/** Everything the first draft of the letter is written from. */
export async function letterSource({ tx }: CommandContext, appealed: Appealed): Promise<LetterSource> {
  const { record, claim, decision, documentation, level } = appealed
  const { facts, treatment } = documentation.recorded()
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
    otherPlan: await otherPlanOf(tx, claim),
    wasCovered: await wasCovered(tx, claim),
    fitsDiagnosis: claim.lines.every(
      ({ code }) => checkDiagnoses(documentation.guide, code, claim.form.diagnoses).length === 0,
    ),
  }
}

async function otherPlanOf(tx: CommandContext['tx'], claim: StoredClaim): Promise<LetterSource['otherPlan']> {
  const others = (await listClaims(tx, { caseId: claim.caseId })).filter((one) => one.coverageId !== claim.coverageId)
  for (const { id } of others) {
    const [eob] = await listRemittances(tx, { claimId: id })
    if (eob) return { eobDate: eob.eobDate, paidCents: sumCents(eob.lines.map((line) => line.paidCents)) }
  }
  return null
}

async function wasCovered(tx: CommandContext['tx'], { coverageId, lines }: StoredClaim): Promise<boolean> {
  const coverage = coverageId === null ? undefined : (await listCoverages(tx, { id: coverageId }))[0]
  const days = lines.flatMap((line) => line.serviceDate ?? [])
  const { validFrom = null, validTo = null } = coverage ?? {}
  return days.every((day) => (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo))
}
