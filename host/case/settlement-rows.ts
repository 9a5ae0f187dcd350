// What people settled of what is open.
import { sql } from 'kysely'
import { Settlement, type SettlementInput } from '#core/case/settlement.ts'
import type { SettlementId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { found, recordedBy, type Stamp } from '#host/kernel/versioned.ts'

/** The settlements of a case `c` that nobody took back, as `readSettlements` takes them: read with the head of the case. */
export const settlementsOfCase = sql<string>`(SELECT json_group_array(json_object('id', s.id, 'service', s.service, 'on', s.settled_on, 'way', s.way,
  'cents', s.cents, 'reason', s.reason, 'recordedBy', u.name)) FROM settlement s JOIN app_user u ON u.id = s.recorded_by
  WHERE s.case_id = c.id AND s.taken_back_at IS NULL)`
/** Oldest first. */
export const readSettlements = (json: string): Settlement[] =>
  Settlement.array()
    .parse(JSON.parse(json))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

export async function addSettlement(
  tx: Writer,
  id: SettlementId,
  { caseId, on, way, reason }: Omit<SettlementInput, 'parts'>,
  part: SettlementInput['parts'][number],
  stamp: Stamp,
): Promise<void> {
  const row = { id, case_id: caseId, settled_on: on, way, reason, ...part, ...recordedBy(stamp), taken_back_at: null }
  await insertRow(tx, 'settlement', row)
}

/** One that nobody took back, with its case. @throws NOT_FOUND */
export async function getSettlement(db: Reader, id: SettlementId) {
  const query = db.selectFrom('settlement').selectAll().where('id', '=', id).where('taken_back_at', 'is', null)
  return found(await query.executeTakeFirst(), 'settlement', id)
}

export async function takeBackSettlement(tx: Writer, id: SettlementId, at: string): Promise<void> {
  await tx.updateTable('settlement').set({ taken_back_at: at }).where('id', '=', id).execute()
}
