// What an appeal may rest on: the claim, its decision and what the case has on record, nothing that it contradicts.
import { checkAgainstClaim, isGrantedFor } from '../authorization/terms.ts'
import { authorizationFor, claimedUnder } from '../case/billing.ts'
import { type CaseContents, coverageOf, type StoredClaim } from '../case/contents.ts'
import { decisionsOf, serviceOf, standingOfPlan } from '../case/decisions.ts'
import type { Documentation } from '../case/documentation.ts'
import { rejectedIn } from '../case/evidence.ts'
import type { Sending } from '../claim/first-sending.ts'
import { firstUncovered } from '../coverage/dates.ts'
import { latestOf } from '../dates.ts'
import { checkDiagnoses } from '../guide/checklist.ts'
import { sumCents } from '../money.ts'
import type { Remittance } from '../remittance/schema.ts'
import type { ReasonTables } from '../remittance/tables.ts'
import { causeOf } from '../remittance/view.ts'
import type { EvidenceRecord } from './needed-evidence.ts'
import type { LetterSource } from './letter-draft.ts'
import type { AppealLevel } from './schema.ts'

/**
 * What the case holds for an appeal of this claim.
 * @param first when the claim first reached the payer
 */
export function recordFor(
  { record, lines, history, attachments, notes }: CaseContents,
  claim: StoredClaim,
  documentation: Documentation,
  first: Sending | null,
): EvidenceRecord {
  const billed = new Set(claim.lines.map((line) => line.lineId))
  const earlier = [...history, ...lines.filter((line) => !billed.has(line.id))].flatMap(
    ({ code, tooth, serviceDate }) =>
      record.tooth !== null && tooth === record.tooth && serviceDate !== null ? { code, serviceDate } : [],
  )
  const rejected = rejectedIn(documentation.itemsOf('appeal'))
  return {
    attachments: attachments.filter((file) => !rejected.has(file.id)),
    notes,
    facts: documentation.textBasis().facts,
    diagnoses: claim.form.diagnoses,
    earlier: earlier.sort((a, b) => (a.serviceDate < b.serviceDate ? -1 : 1)),
    authorizationNumber: claim.form.authorizationNumber || claim.form.predeterminationNumber,
    accepted: first?.accepted ?? null,
  }
}

interface Appealed {
  claim: StoredClaim
  decision: Remittance | null
  documentation: Documentation
  level: AppealLevel
  first: Sending | null
}

/** Everything the first draft of the letter is written from. */
export function letterSource(
  contents: CaseContents,
  tables: ReasonTables,
  { claim, decision, documentation, level, first }: Appealed,
): LetterSource {
  const { facts, treatment } = documentation.textBasis()
  const authorization = authorizationFor(contents, claim.coverageId, claim.lines)
  return {
    level,
    claim,
    remittance: decision,
    cause: decision && causeOf(decision),
    facts,
    isFinished: treatment === 'done',
    notes: contents.notes,
    attachments: documentation.filesFor('appeal'),
    earlier: recordFor(contents, claim, documentation, first).earlier,
    authorization: authorization && {
      ...authorization,
      granted: isGrantedFor(authorization, claim.lines),
      covers: checkAgainstClaim(authorization, claim.lines, claimedUnder(contents, authorization, claim)).length === 0,
    },
    firstSent: first,
    otherPlan: otherPlanOf(contents, tables, claim),
    wasCovered: wasCovered(contents, claim),
    fitsDiagnosis: claim.lines.every(
      ({ code }) => checkDiagnoses(documentation.guide, code, claim.form.diagnoses).length === 0,
    ),
  }
}

/** What another plan decided on the services of this claim, as far as it stands. */
function otherPlanOf(contents: CaseContents, tables: ReasonTables, claim: StoredClaim): LetterSource['otherPlan'] {
  const decided = decisionsOf(contents, tables)
  const own = claim.lines.map(serviceOf)
  for (const { coverage, isRemoved } of decided.coverages) {
    if (isRemoved || coverage.id === claim.coverageId) continue
    const { services, atClaims } = standingOfPlan(decided, coverage.id)
    const parts = own.flatMap((service) => services.get(service) ?? [])
    const shares = atClaims.filter((share) => share.services.some((service) => own.includes(service)))
    const eobDate = latestOf(parts.map((part) => part.on))
    if (eobDate) return { eobDate, paidCents: sumCents([...parts, ...shares].map((one) => one.paidCents)) }
  }
  return null
}

function wasCovered(contents: CaseContents, { coverageId, lines }: StoredClaim): boolean {
  const held = coverageOf(contents, coverageId)?.coverage
  const days = lines.map((line) => line.serviceDate)
  return !held || firstUncovered(held, days) === null
}
