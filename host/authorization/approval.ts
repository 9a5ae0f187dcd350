// What an approval rests on: kept with it when it comes, compared with the case as it is after every change.
import { isApproved } from '#core/authorization/lifecycle.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { ApprovalBasis, staleReasons } from '#core/authorization/stale.ts'
import type { Line } from '#core/case/schema.ts'
import type { IsoDate } from '#core/dates.ts'
import type { AuthorizationId, CoverageId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { CaseRecord } from '#host/case/rows.ts'

type Db = Reader | Writer
type Asked = readonly Pick<Line, 'code' | 'feeCents'>[]

/** A member id that an import could not know. */
export const TO_CHECK = 'to check'

/** The basis as the case stands: its coverage, the plan of the payer who was asked, dentist and the fee of each code. */
export async function basisOf(
  db: Db,
  record: CaseRecord,
  { lines, coverageId }: { lines: Asked; coverageId: CoverageId | null },
): Promise<ApprovalBasis> {
  const asked = coverageId ?? record.coverage_id
  const coverage = asked
    ? await db
        .selectFrom('coverage')
        .innerJoin('plan', 'plan.id', 'coverage.plan_id')
        .select(['coverage.plan_id', 'coverage.member_id', 'plan.annual_max_cents'])
        .where('coverage.id', '=', asked)
        .where('coverage.removed', '=', 0)
        .executeTakeFirst()
    : undefined
  return {
    coverageId: record.coverage_id,
    planId: coverage?.plan_id ?? null,
    memberId: coverage && coverage.member_id !== TO_CHECK ? coverage.member_id : '',
    annualMaxCents: coverage?.annual_max_cents ?? null,
    providerId: record.provider_id,
    fees: lines.map(({ code, feeCents }) => ({ code, feeCents })),
  }
}

interface Row {
  id: AuthorizationId
  state: string
  approval_json: string | null
  stale_json: string | null
  stale_since: IsoDate | null
}

/** Compares an approval with the case; the day a difference was first noticed stays until it is gone. */
export async function checkStale(
  tx: Writer,
  row: Row,
  now: ApprovalBasis,
  today: IsoDate,
): Promise<{ since: IsoDate; reasons: readonly string[] } | null> {
  if (!row.approval_json || !isApproved(row.state as AuthorizationState)) return null
  const reasons = staleReasons(ApprovalBasis.parse(JSON.parse(row.approval_json)), now)
  const since = reasons.length > 0 ? (row.stale_since ?? today) : null
  const json = since ? JSON.stringify(reasons) : null
  if (json !== row.stale_json || since !== row.stale_since)
    await tx
      .updateTable('authorization')
      .set({ stale_json: json, stale_since: since })
      .where('id', '=', row.id)
      .execute()
  return since ? { since, reasons } : null
}
