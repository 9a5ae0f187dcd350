// Packets as sent: which files went out, when and by whom. Append-only.
import type { OutputOf } from '#core/contract/index.ts'
import type { PacketOf } from '#core/contract/document.ts'
import type { CaseId } from '#core/ids.ts'
import type { StoredBlob } from '#db/blobs.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow, insertRows } from '#host/kernel/insert-rows.ts'
import { found, type Stamp } from '#host/kernel/versioned.ts'

export type SentPacket = OutputOf<'packet.preview'>['sent'][number]

export interface KeptFile {
  name: string
  media: string
  bytes: number
  blob: StoredBlob
}

/** Whether a packet of this case was saved for a payer. */
export async function hasPackets(db: Reader, caseId: CaseId): Promise<boolean> {
  return (await db.selectFrom('packet').select('id').where('case_id', '=', caseId).executeTakeFirst()) !== undefined
}

export async function addPacket(
  tx: Writer,
  row: Pick<SentPacket, 'id' | 'channel' | 'form' | 'remark'> & { of: PacketOf; caseId: CaseId },
  files: readonly KeptFile[],
  { user, now }: Stamp,
): Promise<void> {
  await insertRow(tx, 'packet', {
    id: row.id,
    authorization_id: 'authorizationId' in row.of ? row.of.authorizationId : null,
    appeal_id: 'appealId' in row.of ? row.of.appealId : null,
    case_id: row.caseId,
    channel: row.channel,
    form: row.form,
    remark: row.remark,
    sent_by: user.id,
    sent_at: now,
  })
  await insertRows(
    tx,
    'packet_file',
    files.map((file, seq) => ({
      packet_id: row.id,
      seq,
      name: file.name,
      media: file.media,
      bytes: file.bytes,
      sha256: file.blob.sha256,
      blob_id: file.blob.blobId,
      blob_key: file.blob.key,
    })),
  )
}

/** Newest first. */
export async function listPackets(db: Reader, of: PacketOf): Promise<SentPacket[]> {
  const all = db
    .selectFrom('packet')
    .leftJoin('app_user', 'app_user.id', 'packet.sent_by')
    .selectAll('packet')
    .select('app_user.name')
    .orderBy('sent_at', 'desc')
  const rows = await (
    'appealId' in of ? all.where('appeal_id', '=', of.appealId) : all.where('authorization_id', '=', of.authorizationId)
  ).execute()
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      at: row.sent_at,
      user: row.name ?? '',
      channel: row.channel as SentPacket['channel'],
      form: row.form,
      remark: row.remark,
      files: (await packetFiles(db, row.id)).map(({ name, bytes }) => ({ name, bytes })),
    })),
  )
}

export async function getPacket(db: Reader, id: string) {
  return found(await db.selectFrom('packet').selectAll().where('id', '=', id).executeTakeFirst(), 'packet', id)
}

/** The files of a packet in order, with where their content lies. */
export async function packetFiles(db: Reader, packetId: string) {
  return db.selectFrom('packet_file').selectAll().where('packet_id', '=', packetId).orderBy('seq').execute()
}
