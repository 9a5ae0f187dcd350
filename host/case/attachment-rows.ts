// Attachments of a case: what is known of each film and file; the content lies in the blob store.
import type { Selectable } from 'kysely'
import { Attachment, AttachmentInput } from '#core/case/schema.ts'
import type { AttachmentId, CaseId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import type { AttachmentTable } from '#db/tables/case.ts'
import type { StoredBlob } from '#db/blobs.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { groupedQuery } from '#host/kernel/set-query.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

export type AttachmentRecord = Selectable<AttachmentTable>

const toAttachment = (row: AttachmentRecord & { name: string | null }): Attachment => ({
  ...recordOf(Attachment, row),
  addedBy: row.name ?? '',
})

/** Files on the cases, oldest first by the date taken; removed ones are left out. */
export const attachmentsByCase = groupedQuery(
  'case_id',
  (db, ids: CaseId[]) =>
    db
      .selectFrom('attachment as a')
      .leftJoin('app_user', 'app_user.id', 'a.added_by')
      .selectAll('a')
      .select('app_user.name')
      .where('case_id', 'in', ids)
      .where('removed_at', 'is', null)
      .orderBy('taken_on')
      .orderBy('a.id'),
  toAttachment,
)
/** The stored row, also of a removed file. @throws NOT_FOUND */
export async function getAttachment(db: Reader, id: AttachmentId): Promise<AttachmentRecord> {
  return found(await db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst(), 'attachment', id)
}
export async function addAttachment(
  tx: Writer,
  row: { id: AttachmentId; caseId: CaseId; input: AttachmentInput; mediaType: string; bytes: number; blob: StoredBlob },
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'attachment', {
    id: row.id,
    case_id: row.caseId,
    ...columnsOf(AttachmentInput, row.input),
    media_type: row.mediaType,
    bytes: row.bytes,
    sha256: row.blob.sha256,
    blob_id: row.blob.blobId,
    blob_key: row.blob.key,
    added_by: stamp.user.id,
    added_at: stamp.now,
    removed_at: null,
    ...stampOf(stamp),
  })
}
export async function updateAttachment(
  tx: Writer,
  id: AttachmentId,
  version: number,
  input: AttachmentInput,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'attachment', id, version, columnsOf(AttachmentInput, input), stamp)
}
/** Takes a file off the case (`removedAt`) or puts it back (null); its content stays. */
export async function setRemoved(tx: Writer, id: AttachmentId, removedAt: string | null, stamp: Stamp): Promise<void> {
  await updateVersioned(tx, 'attachment', id, null, { removed_at: removedAt }, stamp)
}
