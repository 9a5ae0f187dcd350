// The other plans of a claim of ours, each with what it decided on the same services where it pays before this one.
import {
  otherCoverages,
  type OtherPlan,
  paysBefore,
  type PlanDecision,
  type PlanLineDecision,
} from '#core/claim/other-plans.ts'
import type { OtherCoverage } from '#core/claim/schema.ts'
import type { Coverage, PaymentOrder } from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { getCase } from '#db/repos/case.ts'
import { listClaims, type StoredClaim } from '#db/repos/claim.ts'
import { listCoverages } from '#db/repos/patient.ts'
import { listRemittances, type StoredRemittance } from '#db/repos/remittance.ts'
import { payerOf } from './remittances.ts'

type Db = Reader | Writer

/** The plans that the form names beside ours, `order` being ours, who pays first at the top. */
export async function otherPlansOf(db: Db, claim: StoredClaim, order: PaymentOrder): Promise<OtherPlan[]> {
  const { patient_id: patientId } = await getCase(db, claim.caseId)
  const onFile = (await listCoverages(db, { patientId })).filter((one) => one.id !== claim.coverageId)
  const claims = await listClaims(db, { caseId: claim.caseId })
  const plans: OtherPlan[] = []
  for (const coverage of otherCoverages(claim.form)) {
    const known = coverageOf(coverage, onFile)
    const itsOrder = known?.order ?? (order === 'primary' ? 'secondary' : 'primary')
    const its = known && paysBefore(itsOrder, order) ? claims.filter((one) => one.coverageId === known.id) : []
    plans.push({
      coverage,
      order: itsOrder,
      payerKind: (await payerOf(db, known?.id ?? null))?.kind ?? 'commercial',
      decision: await decisionOf(db, claim, its),
    })
  }
  return plans
}

/** What was typed by hand names its coverage by the member id alone. */
function coverageOf(named: OtherCoverage, onFile: readonly Coverage[]): Coverage | undefined {
  return (
    onFile.find((one) => one.id === named.coverageId) ??
    onFile.find((one) => one.memberId === named.memberId && one.payerName === named.insurer)
  )
}

/** What one plan decided on the services of our claim, over all claims that it had for them. */
async function decisionOf(db: Db, claim: StoredClaim, its: readonly StoredClaim[]): Promise<PlanDecision | null> {
  const decision: PlanDecision = { payerClaimNumber: '', lines: [], adjustments: [] }
  const open = new Set(claim.lines.keys())
  for (const other of its) {
    if (other.state !== 'adjudicated' && other.state !== 'closed') continue
    const [eob] = await listRemittances(db, { claimId: other.id })
    if (!eob) continue
    const lines = [...open].flatMap((at) => lineOf(claim, at, other, eob) ?? [])
    if (lines.length === 0) continue
    for (const { line } of lines) open.delete(line)
    decision.lines.push(...lines)
    decision.adjustments.push(...eob.adjustments)
    decision.payerClaimNumber ||= eob.payerClaimNumber || other.payerClaimNumber
  }
  return decision.lines.length > 0 ? decision : null
}
/** The same service on the other plan's claim, where its decision adds up to what we charge. */
function lineOf(claim: StoredClaim, at: number, other: StoredClaim, eob: StoredRemittance): PlanLineDecision | null {
  const line = claim.lines[at]!
  const theirs = other.lines.find((one) => one.lineId !== null && one.lineId === line.lineId)
  const decided = theirs && eob.lines.find((one) => one.claimLineId === theirs.id)
  if (!decided || decided.billedCents !== line.feeCents * line.quantity) return null
  const { paidCents, code, adjustments } = decided
  const taken = adjustments.reduce((sum, one) => sum + one.cents, 0)
  if (paidCents + taken !== decided.billedCents) return null
  return { line: at, paidCents, code, units: line.quantity, adjustments, on: eob.eobDate }
}
