// What an approval rests on: kept with it when it comes, compared with the case as it is after every change.
import { type Approval, type CaseContents, coverageOf } from '../case/contents.ts'
import type { Line } from '../case/schema.ts'
import type { IsoDate } from '../dates.ts'
import type { AuthorizationId, CoverageId } from '../ids.ts'
import { isApproved } from './lifecycle.ts'
import { type ApprovalBasis, staleReasons } from './stale.ts'

/** A member ID that an import could not know. */
export const TO_CHECK = 'to check'

/** The basis as the case stands: its coverage, the plan of the payer who was asked, dentist and the fee of each code. */
export function basisOf(
  contents: Pick<CaseContents, 'record' | 'coverages'>,
  { lines, coverageId }: { lines: readonly Pick<Line, 'code' | 'feeCents'>[]; coverageId: CoverageId | null },
): ApprovalBasis {
  const { record } = contents
  const asked = coverageOf(contents, coverageId ?? record.coverageId)
  const held = asked && !asked.isRemoved ? asked : null
  return {
    coverageId: record.coverageId,
    planId: held?.plan.id ?? null,
    memberId: held && held.coverage.memberId !== TO_CHECK ? held.coverage.memberId : '',
    annualMaxCents: held?.plan.annualMaxCents ?? null,
    providerId: record.providerId,
    fees: lines.map(({ code, feeCents }) => ({ code, feeCents })),
  }
}

/** The approvals with what has changed since; the day a difference was first noticed stays until it is gone. */
export function approvalsNow(contents: CaseContents, today: IsoDate): Map<AuthorizationId, Approval> {
  return new Map(
    contents.authorizations.map(({ id, state, coverageId }) => {
      const approval = contents.approvals.get(id)!
      if (!approval.basis || !isApproved(state)) return [id, approval]
      const reasons = staleReasons(approval.basis, basisOf(contents, { lines: contents.lines, coverageId }))
      const stale = reasons.length > 0 ? { since: approval.stale?.since ?? today, reasons } : null
      return [id, { ...approval, stale }]
    }),
  )
}
