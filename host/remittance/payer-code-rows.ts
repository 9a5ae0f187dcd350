// A payer’s own codes on paper EOBs, mapped to CARCs once.
import type { PayerId } from '#core/ids.ts'
import type { AdjustmentGroup } from '#core/remittance/schema.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { putRow } from '#host/kernel/insert-rows.ts'
import { type Stamp, recordedBy } from '#host/kernel/versioned.ts'

export async function listPayerCodes(db: Reader, payerId: PayerId) {
  const rows = await db.selectFrom('payer_code').selectAll().where('payer_id', '=', payerId).orderBy('code').execute()
  return rows.map(({ code, group_code: group, carc, words }) => ({ code, group, carc, words }))
}
/** Keeps, changes or, with no CARC, forgets what a code means. */
export async function setPayerCode(
  tx: Writer,
  payerId: PayerId,
  { code, group, carc, words }: { code: string; group: AdjustmentGroup; carc: string | null; words: string },
  stamp: Stamp,
): Promise<void> {
  if (carc === null) {
    await tx.deleteFrom('payer_code').where('payer_id', '=', payerId).where('code', '=', code).execute()
    return
  }
  const values = { group_code: group, carc, words, ...recordedBy(stamp) }
  await putRow(tx, 'payer_code', { payer_id: payerId, code }, values)
}
