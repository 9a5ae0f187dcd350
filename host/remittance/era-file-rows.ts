// The text of remittance files, compressed in pieces.
import type { X12Warning } from '#core/x12/warnings.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { sha256Of } from '#db/sha256.ts'
import type { Stamp } from '#host/kernel/versioned.ts'
import { textPieces } from './era/text-pieces.ts'

/** By which a file is known again. */
export const digestOfText = (text: string) => sha256Of(textPieces(text))

export async function findEraFile(db: Reader, sha256: string) {
  return db.selectFrom('era_file').select(['id', 'imported_at']).where('sha256', '=', sha256).executeTakeFirst()
}
export async function addEraFile(
  tx: Writer,
  file: { id: string; sha256: string; bytes: number; warnings: readonly X12Warning[] },
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'era_file', {
    id: file.id,
    sha256: file.sha256,
    bytes: file.bytes,
    warnings_json: JSON.stringify(file.warnings),
    imported_by: stamp.user.id,
    imported_at: stamp.now,
  })
}
/** What is only known at the end of a file that is read in pieces. */
export async function finishEraFile(
  tx: Writer,
  file: { id: string; sha256: string; bytes: number; warnings: readonly X12Warning[] },
): Promise<void> {
  const { id, sha256, bytes, warnings } = file
  await tx
    .updateTable('era_file')
    .set({ sha256, bytes, warnings_json: JSON.stringify(warnings) })
    .where('id', '=', id)
    .execute()
}
export async function addEraPiece(tx: Writer, fileId: string, seq: number, body: Uint8Array): Promise<void> {
  await insertRow(tx, 'era_piece', { era_file_id: fileId, seq, body })
}

/** The day the payment at this place of a file was imported, if the very same file was. */
export async function findPaymentOfFile(db: Reader, { sha256, seq }: { sha256: string; seq: number }) {
  return db
    .selectFrom('era_file as f')
    .innerJoin('era_payment as p', 'p.era_file_id', 'f.id')
    .select(['p.id', 'p.received_on'])
    .where('f.sha256', '=', sha256)
    .where('p.seq', '=', seq)
    .executeTakeFirst()
}
