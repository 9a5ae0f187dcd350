// What of the invented practice is with payers, and who it belongs to.
import type { IsoDate } from '#core/dates.ts'
import type { AuthorizationId, ClaimId, CoverageId } from '#core/ids.ts'
import type { Writer } from '#db/reader.ts'
import type { SessionUser } from '#host/kernel/caller.ts'

export interface Asked {
  sentOn: IsoDate
  lastName: string
  firstName: string
  memberId: string
  payer: { name: string; id: string; taxId: string }
  lines: { code: string; feeCents: number }[]
}
export interface SentClaim extends Asked {
  id: ClaimId
  number: string
  totalCents: number
  percent: number
}
export interface SentRequest extends Asked {
  id: AuthorizationId
  /** As it was exported; null before. */
  number: string | null
}

/** Who is insured under a coverage, and what its plan pays of endodontics. */
async function insured(tx: Writer, coverageId: CoverageId) {
  const row = await tx
    .selectFrom('coverage as v')
    .innerJoin('patient as p', 'p.id', 'v.patient_id')
    .innerJoin('plan', 'plan.id', 'v.plan_id')
    .innerJoin('payer', 'payer.id', 'plan.payer_id')
    .select(['p.last_name as lastName', 'p.first_name as firstName', 'v.member_id as memberId'])
    .select(['payer.name', 'payer.payer_code as id', 'plan.endo_percent as percent'])
    .where('v.id', '=', coverageId)
    .executeTakeFirstOrThrow()
  const { name, id, percent, ...person } = row
  const taxId = `99${id.replace(/\D/g, '').padStart(7, '0')}`
  return { person: { ...person, payer: { name: name.replaceAll('’', "'"), id, taxId } }, percent: percent ?? 0 }
}

/** The latest claims that are with a payer, the earliest of them first. */
export async function listSent(tx: Writer, most: number): Promise<SentClaim[]> {
  const rows = await tx
    .selectFrom('claim')
    .select(['id', 'number', 'sent_on as sentOn', 'total_cents as totalCents', 'coverage_id'])
    .where('state', '=', 'sent')
    .where('sent_on', 'is not', null)
    .where('coverage_id', 'is not', null)
    .orderBy('sent_on', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const claims: SentClaim[] = []
  for (const { coverage_id: coverageId, sentOn, ...claim } of rows.reverse()) {
    const query = tx.selectFrom('claim_line').select(['code', 'fee_cents as feeCents']).where('claim_id', '=', claim.id)
    const { person, percent } = await insured(tx, coverageId!)
    claims.push({ ...claim, ...person, percent, sentOn: sentOn!, lines: await query.orderBy('seq').execute() })
  }
  return claims
}

/** Estimates that wait for an answer. */
export async function listEstimates(tx: Writer): Promise<SentRequest[]> {
  const rows = await tx
    .selectFrom('authorization as a')
    .leftJoin('claim_file_item as i', 'i.authorization_id', 'a.id')
    .select(['a.id', 'a.sent_on as sentOn', 'i.number', 'a.coverage_id'])
    .where('a.state', '=', 'submitted')
    .where('a.kind', '=', 'estimate')
    .where('a.sent_on', 'is not', null)
    .where('a.coverage_id', 'is not', null)
    .orderBy('a.sent_on', 'desc')
    .orderBy('a.id', 'desc')
    .limit(2)
    .execute()
  const requests: SentRequest[] = []
  for (const { coverage_id: coverageId, sentOn, ...request } of rows) {
    const lines = tx.selectFrom('authorization_line').select(['code', 'fee_cents as feeCents']).orderBy('seq')
    const { person } = await insured(tx, coverageId!)
    requests.push({
      ...request,
      ...person,
      sentOn: sentOn!,
      lines: await lines.where('authorization_id', '=', request.id).execute(),
    })
  }
  return requests
}

/** Claims of remittance files that nobody here knows. */
export async function unmatchedIds(tx: Writer): Promise<string[]> {
  const rows = await tx.selectFrom('era_claim').select('id').where('state', '=', 'unmatched').execute()
  return rows.map((row) => row.id)
}

/** Whether a practice with claims of this prefix is in the folder already. */
export async function isSeeded(tx: Writer, prefix: string): Promise<boolean> {
  const claim = await tx.selectFrom('claim').select('id').where('number', 'like', `${prefix}N%`).executeTakeFirst()
  return claim !== undefined
}

/** The first person of the office: what is seeded is signed with their name. */
export function ownerOf(tx: Writer): Promise<SessionUser> {
  return tx.selectFrom('app_user').select(['id', 'name', 'role']).orderBy('created_at').executeTakeFirstOrThrow()
}
