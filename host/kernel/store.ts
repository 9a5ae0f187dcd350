// The only way to data: whoever is signed in reads and writes through it, one piece of work after the other.
import type { BlobStore } from '#db/blobs.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { AuditHead } from './audit.ts'
import type { SessionUser } from './context.ts'

export type { Reader, Writer } from '#db/reader.ts'

export interface Store {
  readonly folder: string
  readonly user: SessionUser
  readonly sessionId: string
  readonly blobs: BlobStore
  /** Seals the audit trail. */
  readonly auditKey: Buffer
  /** The last row of the trail. */
  head: AuditHead
  /** Somebody asked the command under way to stop. */
  stopWork: boolean
  /** Runs `work` unable to write. */
  readOnly<T>(work: (db: Reader) => Promise<T>): Promise<T>
  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>
}
