// The audit trail: one chained row per command; a changed, missing or moved row breaks the chain.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '#db/schema.ts'
import type { AuditTable } from '#db/vault-schema.ts'
import type { Verdict } from '#core/trail-verdict.ts'

export type AuditRow = Omit<AuditTable, 'seq' | 'prev_hash' | 'hash'>
/** The last row's number and hash: kept outside the database too. */
export interface AuditHead {
  seq: number
  hash: string
}
const EMPTY_HEAD: AuditHead = { seq: 0, hash: '' }

function hashOf(key: Buffer, seq: number, prevHash: string, row: AuditRow): string {
  const fields = [
    seq,
    prevHash,
    row.at,
    row.user_id,
    row.session_id,
    row.action,
    row.entity,
    row.entity_id,
    row.patient_id,
    row.before_json,
    row.after_json,
    row.reason,
  ]
  return createHmac('sha256', key).update(JSON.stringify(fields)).digest('hex')
}

/** The last row, or the empty head. */
export async function readHead(db: Pick<Kysely<Database>, 'selectFrom'>): Promise<AuditHead> {
  const last = await db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return last ?? EMPTY_HEAD
}

/** Where the trail ends for a transaction that has appended to it. */
const ends = new WeakMap<object, AuditHead>()

/** The end of the trail after what this transaction appended; null when it appended nothing. */
export const appendedIn = (tx: object): AuditHead | null => ends.get(tx) ?? null

/** Appends a row at the end, as the transaction sees it. */
export async function appendAudit(
  tx: Pick<Kysely<Database>, 'selectFrom' | 'insertInto'>,
  key: Buffer,
  row: AuditRow,
): Promise<void> {
  const head = appendedIn(tx) ?? (await readHead(tx))
  const seq = head.seq + 1
  const hash = hashOf(key, seq, head.hash, row)
  await tx
    .insertInto('audit')
    .values({ seq, ...row, prev_hash: head.hash, hash })
    .execute()
  ends.set(tx, { seq, hash })
}

/** Seals rows that are brought here from elsewhere, in their order, as a chain of this office. @returns the hash before and its own */
export function sealAgain(key: Buffer): (row: AuditRow & { seq: number }) => [prevHash: string, hash: string] {
  let { hash: before } = EMPTY_HEAD
  return ({ seq, ...row }) => {
    const sealed: [string, string] = [before, hashOf(key, seq, before, row)]
    before = sealed[1]
    return sealed
  }
}

/** Walks the chain. `anchor` is a head kept elsewhere: a shorter trail than it is a cut one. */
export async function verifyAudit(
  db: Pick<Kysely<Database>, 'selectFrom'>,
  key: Buffer,
  anchor: AuditHead | null = null,
): Promise<Verdict> {
  const missing = Math.max(0, (anchor?.seq ?? 0) - (await readHead(db)).seq)
  let head = EMPTY_HEAD
  let brought: number | null = null
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', head.seq)
      .orderBy('seq')
      .limit(5000)
      .execute()
    if (rows.length === 0) break
    for (const row of rows) {
      const { seq, prev_hash, hash, ...rest } = row
      const expected = hashOf(key, seq, head.hash, rest)
      const intact =
        seq === head.seq + 1 &&
        prev_hash === head.hash &&
        timingSafeEqual(Buffer.from(expected), Buffer.from(hash.padEnd(64).slice(0, 64)))
      if (!intact) return { ok: false, rows: head.seq, firstBad: head.seq + 1, altered: true, missing, brought }
      head = { seq, hash }
      // What stood before it was sealed on that day, whatever it says.
      if (row.action === 'session.bring') brought = seq - 1
    }
  }
  const ok = missing === 0
  return { ok, rows: head.seq, firstBad: ok ? null : head.seq + 1, altered: false, missing, brought }
}
