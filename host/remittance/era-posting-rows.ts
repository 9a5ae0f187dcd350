// Claims of remittance files as they are posted, put off or released, with their payment's count of open ones.
import type { Selectable } from 'kysely'
import type { ClaimId, RemittanceId } from '#core/ids.ts'
import { type Cents, sumCents } from '#core/money.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { EraClaimTable } from '#db/tables/edi.ts'
import { groupBy, setQuery } from '#host/kernel/set-query.ts'
import { updateRow } from '#host/kernel/versioned.ts'
import { ERA_DONE, type StoredEraClaim } from './era-rows.ts'

const chargeRows = setQuery((db, ids: ClaimId[]) =>
  db
    .selectFrom('era_claim')
    .select(['claim_id', 'era_payment_id', 'charge_cents', 'state'])
    .where('claim_id', 'in', ids),
)
/** What is charged in claims of this payment that are posted on these claims of ours; reversals count against it. */
export async function postedCharges(
  db: Reader,
  paymentId: string,
  ids: readonly ClaimId[],
): Promise<ReadonlyMap<ClaimId, Cents>> {
  const all = await chargeRows(db, ids)
  const rows = all.filter((row) => row.era_payment_id === paymentId && row.state === 'posted')
  const charges = groupBy(ids, rows, 'claim_id', (row) => row.charge_cents ?? 0)
  return new Map([...charges].map(([id, cents]) => [id, sumCents(cents)]))
}

/** Keeps that claims of a payment were posted, each with its EOB. */
export async function setPosted(
  tx: Writer,
  paymentId: string,
  rows: readonly { id: string; remittanceId: RemittanceId }[],
): Promise<void> {
  for (const { id, remittanceId } of rows)
    await updateRow(tx, 'era_claim', id, { state: 'posted', remittance_id: remittanceId, reason: '' })
  if (rows.length > 0) await countOpen(tx, paymentId, -rows.length)
}
/** What these claims' other decisions wait for may be gone, now that something was posted on them: they are judged anew. */
export async function forgetReasons(
  tx: Writer,
  claimIds: readonly ClaimId[],
  except: ReadonlySet<string>,
): Promise<void> {
  const rows = await waitingRows(tx, [...claimIds])
  for (const { id } of rows.filter((row) => !except.has(row.id))) await updateRow(tx, 'era_claim', id, { reason: '' })
}
const waitingRows = setQuery((db, ids: ClaimId[]) =>
  db
    .selectFrom('era_claim')
    .select('id')
    .where('claim_id', 'in', ids)
    .where('state', '=', 'matched')
    .where('reason', '!=', ''),
)
async function countOpen(tx: Writer, paymentId: string, step: number): Promise<void> {
  await tx
    .updateTable('era_payment')
    .set((eb) => ({ open_count: eb('open_count', '+', step) }))
    .where('id', '=', paymentId)
    .execute()
}

/** Moves a claim and keeps the payment’s count of open ones. */
export async function setEraClaim(
  tx: Writer,
  { id, paymentId, state: before }: Pick<StoredEraClaim, 'id' | 'paymentId' | 'state'>,
  changes: Partial<
    Pick<Selectable<EraClaimTable>, 'state' | 'reason' | 'basis' | 'claim_id' | 'authorization_id' | 'remittance_id'>
  >,
): Promise<void> {
  await updateRow(tx, 'era_claim', id, changes)
  const step = Number(ERA_DONE.includes(before)) - Number(ERA_DONE.includes(changes.state ?? before))
  if (step !== 0) await countOpen(tx, paymentId, step)
}

/** After a posting is taken back what it posted can be posted again: the parts of an EOB, or the answer to a request. */
export async function releasePosted(tx: Writer, of: { remittanceId: RemittanceId } | { id: string }): Promise<void> {
  const rows = await tx
    .selectFrom('era_claim')
    .select(['id', 'era_payment_id', 'state'])
    .where((where) => ('id' in of ? where('id', '=', of.id) : where('remittance_id', '=', of.remittanceId)))
    .execute()
  for (const row of rows) {
    const before = { id: row.id, paymentId: row.era_payment_id, state: row.state }
    await setEraClaim(tx, before, { state: 'matched', remittance_id: null, reason: 'The posting was undone.' })
  }
}
