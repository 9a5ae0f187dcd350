// What of the invented practice is with payers, and who it belongs to.
import type { IsoDate } from '#core/dates.ts'
import type { AuthorizationId, ClaimId } from '#core/ids.ts'
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

type Person = Record<'last_name' | 'first_name' | 'member_id' | 'name' | 'payer_code', string>
const toAsked = (row: Person, sentOn: string) => ({
  sentOn,
  lastName: row.last_name,
  firstName: row.first_name,
  memberId: row.member_id,
  payer: {
    name: row.name.replaceAll('’', "'"),
    id: row.payer_code,
    taxId: `99${row.payer_code.replace(/\D/g, '').padStart(7, '0')}`,
  },
})

/** The latest claims that are with a payer, the earliest of them first. */
export async function listSent(tx: Writer, most: number): Promise<SentClaim[]> {
  const rows = await tx
    .selectFrom('claim as k')
    .innerJoin('case_file as c', 'c.id', 'k.case_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .innerJoin('coverage as v', 'v.id', 'k.coverage_id')
    .innerJoin('plan', 'plan.id', 'v.plan_id')
    .innerJoin('payer', 'payer.id', 'plan.payer_id')
    .select(['k.id', 'k.number', 'k.sent_on', 'k.total_cents', 'p.last_name', 'p.first_name', 'v.member_id'])
    .select(['payer.name', 'payer.payer_code', 'plan.endo_percent'])
    .where('k.state', '=', 'sent')
    .where('k.sent_on', 'is not', null)
    .orderBy('k.sent_on', 'desc')
    .orderBy('k.id', 'desc')
    .limit(most)
    .execute()
  const claims: SentClaim[] = []
  for (const row of rows.reverse()) {
    const lines = await tx
      .selectFrom('claim_line')
      .select(['code', 'fee_cents as feeCents'])
      .where('claim_id', '=', row.id)
      .orderBy('seq')
      .execute()
    const { id, number, total_cents: totalCents } = row
    claims.push({ ...toAsked(row, row.sent_on!), id, number, totalCents, percent: row.endo_percent ?? 0, lines })
  }
  return claims
}

/** Estimates that wait for an answer. */
export async function listEstimates(tx: Writer): Promise<SentRequest[]> {
  const rows = await tx
    .selectFrom('authorization as a')
    .innerJoin('case_file as c', 'c.id', 'a.case_id')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .innerJoin('coverage as v', 'v.id', 'a.coverage_id')
    .innerJoin('plan', 'plan.id', 'v.plan_id')
    .innerJoin('payer', 'payer.id', 'plan.payer_id')
    .leftJoin('claim_file_item as i', 'i.authorization_id', 'a.id')
    .select(['a.id', 'a.sent_on', 'i.number', 'p.last_name', 'p.first_name', 'v.member_id'])
    .select(['payer.name', 'payer.payer_code'])
    .where('a.state', '=', 'submitted')
    .where('a.kind', '=', 'estimate')
    .where('a.sent_on', 'is not', null)
    .orderBy('a.sent_on', 'desc')
    .orderBy('a.id', 'desc')
    .limit(2)
    .execute()
  const requests: SentRequest[] = []
  for (const row of rows) {
    const lines = await tx
      .selectFrom('authorization_line')
      .select(['code', 'fee_cents as feeCents'])
      .where('authorization_id', '=', row.id)
      .orderBy('seq')
      .execute()
    requests.push({ ...toAsked(row, row.sent_on!), id: row.id, number: row.number, lines })
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
