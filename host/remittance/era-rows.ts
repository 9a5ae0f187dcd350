// Payments and claims of remittance files, and where each claim stands.
import { type Selectable, sql } from 'kysely'
import type { IsoDate } from '#core/dates.ts'
import type { CaseId, ClaimId } from '#core/ids.ts'
import { type EraClaim, EraHeader, ProviderAdjustment } from '#core/x12/era-schema.ts'
import { X12Warning } from '#core/x12/warnings.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { EraClaimTable, EraPaymentTable } from '#db/tables/edi.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow, insertRows } from '#host/kernel/insert-rows.ts'
import { pageOf } from '#host/kernel/paging.ts'
import { found } from '#host/kernel/versioned.ts'

type EraClaimState = EraClaimTable['state']
/** States in which nothing is left to do. */
export const ERA_DONE: readonly EraClaimState[] = ['posted', 'set_aside']
/** States in which somebody has to look. */
const ERA_QUEUE: readonly EraClaimState[] = ['choose', 'unmatched', 'by_hand']

/** The day the payment with this identity was imported, if it was. */
export async function findPayment(db: Reader, identity: string) {
  return db.selectFrom('era_payment').select(['id', 'received_on']).where('identity', '=', identity).executeTakeFirst()
}
/** Payments with this identity, and those whose identity says more behind it; with what their claims are known by. */
export async function listPaymentsLike(db: Reader, identity: string) {
  const payments = await db
    .selectFrom('era_payment')
    .select(['id', 'received_on'])
    .where((where) =>
      where.or([
        where('identity', '=', identity),
        // `}` is the character behind `|`.
        where.and([where('identity', '>', `${identity}|`), where('identity', '<', `${identity}}`)]),
      ]),
    )
    .execute()
  const found = []
  for (const payment of payments) {
    const claims = await db
      .selectFrom('era_claim')
      .select(['number as claimId', 'payer_claim_number as payerClaimId', 'status'])
      .select(['charge_cents as chargeCents', 'paid_cents as paidCents'])
      .where('era_payment_id', '=', payment.id)
      .execute()
    found.push({ ...payment, claims })
  }
  return found
}
export async function addPayment(
  tx: Writer,
  payment: { id: string; fileId: string; seq: number; identity: string; header: EraHeader; receivedOn: IsoDate },
): Promise<void> {
  const { header } = payment
  await insertRow(tx, 'era_payment', {
    id: payment.id,
    era_file_id: payment.fileId,
    seq: payment.seq,
    identity: payment.identity,
    payer_name: header.payer,
    payer_tax_id: header.payerTaxId,
    trace: header.trace,
    method: header.method,
    amount_cents: header.amountCents,
    paid_on: header.date,
    received_on: payment.receivedOn,
    header_json: JSON.stringify(header),
    difference_cents: null,
    claim_count: 0,
    open_count: 0,
  })
}
export async function finishPayment(
  tx: Writer,
  id: string,
  { differenceCents, claims, open }: { differenceCents: number | null; claims: number; open: number },
): Promise<void> {
  await tx
    .updateTable('era_payment')
    .set({ difference_cents: differenceCents, claim_count: claims, open_count: open })
    .where('id', '=', id)
    .execute()
}

type Placed = 'id' | 'paymentId' | 'seq' | 'claim' | 'state' | 'reason' | 'claimId' | 'authorizationId' | 'basis'
export type NewEraClaim = Pick<StoredEraClaim, Placed>
export async function addEraClaims(tx: Writer, rows: readonly NewEraClaim[]): Promise<void> {
  await insertRows(
    tx,
    'era_claim',
    rows.map(({ claim, ...row }) => ({
      id: row.id,
      era_payment_id: row.paymentId,
      seq: row.seq,
      number: claim.claimId,
      payer_claim_number: claim.payerClaimId,
      status: claim.status,
      charge_cents: claim.chargeCents,
      paid_cents: claim.paidCents,
      difference_cents: claim.differenceCents,
      body_json: JSON.stringify(claim),
      state: row.state,
      reason: row.reason,
      claim_id: row.claimId,
      authorization_id: row.authorizationId,
      basis: row.basis,
      remittance_id: null,
    })),
  )
}
export async function addProviderAdjustments(
  tx: Writer,
  paymentId: string,
  rows: readonly (ProviderAdjustment & { id: string; claimId: ClaimId | null })[],
): Promise<void> {
  await insertRows(
    tx,
    'provider_adjustment',
    rows.map((row, seq) => ({
      id: row.id,
      era_payment_id: paymentId,
      seq,
      ...columnsOf(ProviderAdjustment, row),
      claim_id: row.claimId,
    })),
  )
}

function toPayment(row: Selectable<EraPaymentTable>) {
  return {
    id: row.id,
    payer: row.payer_name,
    trace: row.trace,
    method: row.method,
    amountCents: row.amount_cents,
    date: row.paid_on,
    receivedOn: row.received_on,
    claims: row.claim_count,
    open: row.open_count,
    differenceCents: row.difference_cents,
  }
}

/** Payments, the latest import first. */
export async function pagePayments(
  db: Reader,
  { view, after, limit }: { view: 'open' | 'all'; after: string | null; limit: number },
) {
  let query = db.selectFrom('era_payment').selectAll().orderBy('received_on', 'desc').orderBy('id', 'desc')
  if (view === 'open') query = query.where('open_count', '>', 0)
  const [on, id] = after?.split(' ') ?? []
  if (on && id)
    query = query.where((where) =>
      where.or([where('received_on', '<', on), where.and([where('received_on', '=', on), where('id', '<', id)])]),
    )
  const page = pageOf(await query.limit(limit + 1).execute(), limit, (last) => `${last.received_on} ${last.id}`)
  return { ...page, rows: page.rows.map(toPayment) }
}
export async function countEra(db: Reader): Promise<{ open: number; queue: number }> {
  const open = await db
    .selectFrom('era_payment')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('open_count', '>', 0)
    .executeTakeFirstOrThrow()
  const queue = await db
    .selectFrom('era_claim')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('state', 'in', ERA_QUEUE)
    .executeTakeFirstOrThrow()
  return { open: open.n, queue: queue.n }
}
/** Open payments that add up, with matched claims; the earliest import first. */
export async function listReady(db: Reader, limit: number) {
  return db
    .selectFrom('era_payment as p')
    .innerJoin('era_claim as e', 'e.era_payment_id', 'p.id')
    .select(({ fn }) => ['p.id', 'p.amount_cents as amountCents', fn.countAll<number>().as('claims')])
    .where('p.open_count', '>', 0)
    .where('p.difference_cents', '=', 0)
    .where('e.state', '=', 'matched')
    .groupBy('p.id')
    .orderBy('p.received_on')
    .orderBy('p.id')
    .limit(limit)
    .execute()
}

/** @throws NOT_FOUND */
export async function getPayment(db: Reader, id: string) {
  const row = found(
    await db
      .selectFrom('era_payment as p')
      .innerJoin('era_file as f', 'f.id', 'p.era_file_id')
      .selectAll('p')
      .select('f.warnings_json')
      .where('p.id', '=', id)
      .executeTakeFirst(),
    'payment',
    id,
  )
  const adjustments = await db
    .selectFrom('provider_adjustment as a')
    .leftJoin('claim as k', 'k.id', 'a.claim_id')
    .selectAll('a')
    .select('k.number')
    .where('a.era_payment_id', '=', id)
    .orderBy('a.seq')
    .execute()
  return {
    ...toPayment(row),
    fileId: row.era_file_id,
    header: EraHeader.parse(JSON.parse(row.header_json)),
    warnings: X12Warning.array().parse(JSON.parse(row.warnings_json)),
    providerAdjustments: adjustments.map((one) => ({
      id: one.id,
      ...recordOf(ProviderAdjustment, one),
      claimNumber: one.number ?? '',
    })),
  }
}
export type Payment = Awaited<ReturnType<typeof getPayment>>

type ClaimRow = Selectable<EraClaimTable> & {
  our_number: string | null
  our_total: number | null
  case_id: CaseId | null
  last_name: string | null
  first_name: string | null
  outcome: string | null
}
function claimQuery(db: Reader) {
  return db
    .selectFrom('era_claim as e')
    .leftJoin('claim as k', 'k.id', 'e.claim_id')
    .leftJoin('authorization as a', 'a.id', 'e.authorization_id')
    .leftJoin('case_file as c', (join) =>
      join.on(({ eb, fn, ref }) => eb('c.id', '=', fn.coalesce(ref('k.case_id'), ref('a.case_id')))),
    )
    .leftJoin('patient as p', 'p.id', 'c.patient_id')
    .leftJoin('remittance as r', 'r.id', 'e.remittance_id')
    .selectAll('e')
    .select([
      'k.number as our_number',
      'k.total_cents as our_total',
      'c.id as case_id',
      'p.last_name',
      'p.first_name',
      'r.outcome',
    ])
}
function toClaim(row: ClaimRow) {
  return {
    id: row.id,
    paymentId: row.era_payment_id,
    seq: row.seq,
    state: row.state,
    reason: row.reason,
    basis: row.basis,
    claimId: row.claim_id,
    authorizationId: row.authorization_id,
    caseId: row.case_id,
    ourNumber: row.our_number ?? '',
    ourTotalCents: row.our_total,
    ourPatient: row.last_name === null ? '' : `${row.last_name}, ${row.first_name}`,
    remittanceId: row.remittance_id,
    outcome: row.outcome ?? '',
    claim: JSON.parse(row.body_json) as EraClaim,
  }
}
export type StoredEraClaim = ReturnType<typeof toClaim>

/** @throws NOT_FOUND */
export async function getEraClaim(db: Reader, id: string): Promise<StoredEraClaim> {
  return toClaim(found(await claimQuery(db).where('e.id', '=', id).executeTakeFirst(), 'remittance claim', id))
}
/** Claims of a payment in the order of the file; without a payment the queue of all. */
export async function pageEraClaims(
  db: Reader,
  { paymentId, after, limit }: { paymentId: string | null; after: string | null; limit: number },
) {
  let query = claimQuery(db)
  if (paymentId !== null) {
    query = query.where('e.era_payment_id', '=', paymentId).orderBy('e.seq')
    if (after !== null) query = query.where('e.seq', '>', Number(after))
  } else {
    query = query.where('e.state', 'in', ERA_QUEUE).orderBy('e.id')
    if (after !== null) query = query.where('e.id', '>', after)
  }
  const rows = await query.limit(limit + 1).execute()
  const page = pageOf(rows, limit, (last) => (paymentId !== null ? String(last.seq) : last.id))
  return { ...page, rows: page.rows.map(toClaim) }
}
/** Of all claims of a payment: what they were paid, how many may be posted, how many of those do not add up. */
export async function sumClaims(db: Reader, paymentId: string) {
  const row = await db
    .selectFrom('era_claim')
    .select(({ fn }) => [fn.sum<number>('paid_cents').as('paid'), fn.countAll<number>().as('claims')])
    .select(sql<number>`count(paid_cents)`.as('readable'))
    .select(sql<number>`coalesce(sum(state = 'matched'), 0)`.as('ready'))
    .select(sql<number>`coalesce(sum(state = 'matched' AND (difference_cents != 0 OR reason != '')), 0)`.as('odd'))
    .where('era_payment_id', '=', paymentId)
    .executeTakeFirstOrThrow()
  const claimsPaidCents = row.readable === row.claims ? (row.paid ?? 0) : null
  return { claimsPaidCents, ready: row.ready, odd: row.odd }
}
/** Claims of a payment that may be posted, or those named. */
export async function listToPost(db: Reader, paymentId: string, ids?: readonly string[]): Promise<StoredEraClaim[]> {
  let query = claimQuery(db).where('e.era_payment_id', '=', paymentId).orderBy('e.seq')
  query = ids ? query.where('e.id', 'in', ids.length > 0 ? ids : ['']) : query.where('e.state', '=', 'matched')
  return (await query.execute()).map(toClaim)
}

export async function listLedger(db: Reader, limit: number) {
  return db
    .selectFrom('provider_adjustment as a')
    .innerJoin('era_payment as p', 'p.id', 'a.era_payment_id')
    .leftJoin('claim as k', 'k.id', 'a.claim_id')
    .selectAll('a')
    .select(['p.payer_name', 'p.trace', 'p.received_on', 'p.paid_on', 'k.number', 'k.case_id'])
    .orderBy('p.received_on', 'desc')
    .orderBy('a.id', 'desc')
    .limit(limit)
    .execute()
}
