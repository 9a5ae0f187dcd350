// Claims and requests of ours that a claim of a remittance file may be.
import { sql } from 'kysely'
import type { IsoDate } from '#core/dates.ts'
import type { CaseId, ClaimId } from '#core/ids.ts'
import type { Reader } from '#db/reader.ts'
import { setQuery } from '#host/kernel/set-query.ts'

/** Payers write a name or a date beside the number: of several words none shorter is one. */
const SHORTEST_WORD = 6
/** `CW` or `PD` and twelve digits: how we number claims and requests. */
export const OUR_LENGTH = 14

/** A claim of ours as far as matching needs it. */
export interface Ours {
  kind: 'claim' | 'authorization'
  id: string
  caseId: CaseId
  number: string
  state: string
  totalCents: number
  order: string | null
  payerId: string | null
  lastName: string
  firstName: string
  memberId: string
  code: string | null
  tooth: string | null
  /** The first and last day of service. */
  serviceDate: IsoDate | null
  lastDate: IsoDate | null
}

/** Written out, not bound: only then does SQLite know that an index of the filled ones may serve. */
const notEmpty = (column: string) => sql<boolean>`${sql.ref(column)} != ''`

/** Whose it is and where, as all that is found here is told. */
const inCases = (db: Reader) =>
  db
    .selectFrom('case_file as c')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .select([
      'c.id as caseId',
      'c.main_code as code',
      'c.tooth',
      'p.last_name as lastName',
      'p.first_name as firstName',
    ])
    .where('c.state', '!=', 'voided')
const PLAN = [
  'v.ordinal as order',
  'v.member_id as memberId',
  sql<string | null>`(SELECT payer_id FROM plan WHERE plan.id = v.plan_id)`.as('payerId'),
] as const

function claimsIn(db: Reader) {
  return inCases(db)
    .innerJoin('claim as k', 'k.case_id', 'c.id')
    .leftJoin('coverage as v', 'v.id', 'k.coverage_id')
    .select(['k.id', 'k.number', 'k.state', 'k.total_cents as totalCents'])
    .select(PLAN)
    .select((where) => {
      const lines = where.selectFrom('claim_line as l').whereRef('l.claim_id', '=', 'k.id')
      return [
        lines.select(({ fn }) => fn.min('l.service_date').as('day')).as('serviceDate'),
        lines.select(({ fn }) => fn.max('l.service_date').as('day')).as('lastDate'),
      ]
    })
    .where('k.state', '!=', 'void')
}
const claimQuery = (db: Reader) => claimsIn(db).limit(20)
type ClaimRow = Awaited<ReturnType<ReturnType<typeof claimsIn>['execute']>>[number]
const toClaim = (row: ClaimRow): Ours => ({ kind: 'claim', ...row, memberId: row.memberId ?? '' })

function requestQuery(db: Reader) {
  return inCases(db)
    .innerJoin('authorization as a', 'a.case_id', 'c.id')
    .leftJoin('coverage as v', 'v.id', 'a.coverage_id')
    .select(['a.id', 'a.reference', 'a.state'])
    .select(PLAN)
    .select((where) => [
      where
        .selectFrom('authorization_line as l')
        .select(({ fn }) => fn.sum<number>('l.fee_cents').as('fee'))
        .whereRef('l.authorization_id', '=', 'a.id')
        .as('fee'),
      where
        .selectFrom('claim_file_item as i')
        .select('i.number')
        .whereRef('i.authorization_id', '=', 'a.id')
        .limit(1)
        .as('sent_number'),
    ])
    .where('a.state', '!=', 'withdrawn')
    .limit(20)
}
type RequestRow = Awaited<ReturnType<ReturnType<typeof requestQuery>['execute']>>[number]
const toRequest = ({ fee, reference, sent_number, ...row }: RequestRow): Ours => ({
  kind: 'authorization',
  ...row,
  number: sent_number ?? reference,
  totalCents: fee ?? 0,
  memberId: row.memberId ?? '',
  serviceDate: null,
  lastDate: null,
})

const numbered = setQuery((db, numbers: string[]) => claimsIn(db).where('k.number', 'in', numbers))
/** Claims with these numbers, by their number. */
export async function claimsNumbered(db: Reader, numbers: readonly string[]): Promise<ReadonlyMap<string, Ours>> {
  return new Map((await numbered(db, numbers)).map((row) => [row.number, toClaim(row)]))
}
/** Claims whose number begins like this, or is all that this begins with. */
export async function claimsBeginning(db: Reader, number: string): Promise<Ours[]> {
  const query = claimQuery(db).where((where) =>
    where.or([
      where.and([where('k.number', '>=', number), where('k.number', '<', `${number}\uFFFF`)]),
      where('k.number', '=', number.slice(0, OUR_LENGTH)),
    ]),
  )
  return (await query.execute()).map(toClaim)
}
/** Claims that the payer knows by this number. */
export async function claimsOfPayer(db: Reader, payerNumber: string): Promise<Ours[]> {
  const known = claimQuery(db).where('k.payer_claim_number', '=', payerNumber)
  return (await known.where(notEmpty('k.payer_claim_number')).execute()).map(toClaim)
}
/** Claims of ours that earlier remittances matched to this number. */
export async function claimsMatchedBefore(db: Reader, payerNumber: string): Promise<Ours[]> {
  const earlier = await claimsOfPayerNumber(db, payerNumber)
  return earlier.length > 0 ? (await claimQuery(db).where('k.id', 'in', earlier).execute()).map(toClaim) : []
}
/** Requests that were sent under one of these numbers. */
export async function requestsNumbered(db: Reader, numbers: readonly string[]): Promise<Ours[]> {
  const sent = await db
    .selectFrom('claim_file_item')
    .select('authorization_id')
    .where('number', 'in', numbers)
    .where('authorization_id', 'is not', null)
    .execute()
  const ids = [...new Set(sent.flatMap((row) => row.authorization_id ?? []))]
  return ids.length > 0 ? (await requestQuery(db).where('a.id', 'in', ids).execute()).map(toRequest) : []
}
/** Requests with one of these references of the payer. */
export async function requestsReferenced(db: Reader, references: readonly string[]): Promise<Ours[]> {
  const known = requestQuery(db).where('a.reference', 'in', references)
  return (await known.where(notEmpty('a.reference')).execute()).map(toRequest)
}
/** Every payer, as a file may name it. */
export async function listPayerNames(db: Reader) {
  return db.selectFrom('payer').select(['id', 'name', 'payer_code as code']).execute()
}

/** The same, by their ids. */
async function claimsOfPayerNumber(db: Reader, number: string): Promise<ClaimId[]> {
  const rows = await db
    .selectFrom('era_claim')
    .select('claim_id')
    .distinct()
    .where('payer_claim_number', '=', number)
    .where(notEmpty('payer_claim_number'))
    .where('claim_id', 'is not', null)
    .limit(5)
    .execute()
  return rows.flatMap((row) => row.claim_id ?? [])
}
/** Claims and requests whose patient’s name begins like this, or whose number is this. */
export async function searchOurs(db: Reader, text: string): Promise<Ours[]> {
  const name = text.toLowerCase()
  // The people first: from them it is a step to their claims, while all claims would be a walk.
  const people = await db
    .selectFrom('patient')
    .select('id')
    .where('sort_name', '>=', name)
    .where('sort_name', '<', `${name}\uFFFF`)
    .limit(20)
    .execute()
  const ids = people.map((one) => one.id)
  const numbered = await claimQuery(db).where('k.number', '=', text.toUpperCase()).execute()
  if (ids.length === 0) return numbered.map(toClaim)
  const claims = await claimQuery(db).where('c.patient_id', 'in', ids).orderBy('k.created_at', 'desc').execute()
  const requests = await requestQuery(db).where('c.patient_id', 'in', ids).orderBy('a.created_at', 'desc').execute()
  return [...numbered.map(toClaim), ...claims.map(toClaim), ...requests.map(toRequest)]
}
/** The claim of ours that a provider adjustment speaks of, by the reference it carries. */
export async function claimOfReference(db: Reader, reference: string): Promise<ClaimId | null> {
  const text = reference.trim()
  const words = text.split(/\s+/).filter((word) => word.length >= SHORTEST_WORD)
  for (const number of new Set([text, ...words])) {
    const found = number.length < 4 ? null : await claimOfNumber(db, number)
    if (found) return found
  }
  return null
}
/** By our number, else by one that a payer gave it. */
async function claimOfNumber(db: Reader, text: string): Promise<ClaimId | null> {
  const [ours] = await db.selectFrom('claim').select('id').where('number', '=', text.toUpperCase()).execute()
  if (ours) return ours.id
  const [byPayer] = await db
    .selectFrom('claim')
    .select('id')
    .where('payer_claim_number', '=', text)
    .where(notEmpty('payer_claim_number'))
    .execute()
  return byPayer?.id ?? (await claimsOfPayerNumber(db, text))[0] ?? null
}
