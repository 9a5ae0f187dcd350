// The only way to data. Reading waits for no writing, and sees one moment; writing is one piece of work after the other.
import type { BlobStore } from '#db/blobs.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { AuditHead } from './audit.ts'

export type { Reader, Writer } from '#db/reader.ts'

export interface Store {
  readonly folder: string
  readonly blobs: BlobStore
  /** Seals the audit trail. */
  readonly auditKey: Buffer
  /** Where the trail ends at least: a shorter one was cut. */
  readonly trailEnd: AuditHead | null
  /** The folder takes no writes: nothing can be saved, and nothing noted in the trail. */
  readonly isReadOnly: boolean
  /** Runs `work` on what was kept last, unable to write. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>
  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>
}
