// Films and packet files by what they are, for the person who has to find one again.
import type { AttachmentKind } from '#core/case/schema.ts'
import type { BlobRef } from '#db/blob-copies.ts'
import type { Reader } from '#db/reader.ts'

export interface StoredFile {
  id: string
  /** Null for a file of a packet as it was sent. */
  kind: AttachmentKind | null
  tooth: string | null
  takenOn: string | null
  lastName: string
  firstName: string
}

/** The films and packet files whose content is one of `refs`; films that were taken out of their case are left out. */
export async function describeFiles(db: Reader, refs: readonly BlobRef[]): Promise<StoredFile[]> {
  const wanted = new Set(refs.map(({ blobId }) => blobId))
  // A table that an older file does not have yet is not asked.
  const has = (table: BlobRef['table']) => refs.some((ref) => ref.table === table)
  const films = has('attachment')
    ? await db
        .selectFrom('attachment')
        .innerJoin('case_file', 'case_file.id', 'attachment.case_id')
        .innerJoin('patient', 'patient.id', 'case_file.patient_id')
        .select(['attachment.id', 'kind', 'attachment.tooth', 'taken_on as takenOn', 'blob_id as blobId'])
        .select(['last_name as lastName', 'first_name as firstName'])
        .where('removed_at', 'is', null)
        .execute()
    : []
  const packets = has('packet_file')
    ? await db
        .selectFrom('packet_file')
        .innerJoin('packet', 'packet.id', 'packet_file.packet_id')
        .innerJoin('case_file', 'case_file.id', 'packet.case_id')
        .innerJoin('patient', 'patient.id', 'case_file.patient_id')
        .select(['packet.id', 'blob_id as blobId', 'last_name as lastName', 'first_name as firstName'])
        .execute()
    : []
  const files = [
    ...films.map((film) => ({ ...film, kind: film.kind as AttachmentKind })),
    ...packets.map((file) => ({ ...file, kind: null, tooth: null, takenOn: null })),
  ]
  return files.filter(({ blobId }) => wanted.has(blobId)).map(({ blobId: _, ...file }) => file)
}
