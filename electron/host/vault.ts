// One opened data folder: connection, keys, the signed-in person; every read and write of the host goes through it.
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import type { Kysely } from 'kysely'
import { openBlobStore, type BlobStore } from '#db/blobs.ts'
import { subkey } from '#db/keyring.ts'
import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/open.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'
import { type AuditHead, EMPTY_HEAD, readHead } from './audit.ts'
import type { SessionUser } from './context.ts'

/** Where things lie inside a data folder. */
export function vaultPaths(folder: string) {
  return {
    folder,
    database: join(folder, 'claimwright.db'),
    keyring: join(folder, 'keyring.json'),
    blobs: join(folder, 'blobs'),
    backups: join(folder, 'backups'),
    lock: join(folder, 'in-use.json'),
    audit: join(folder, 'audit.head'),
    settings: join(folder, 'second-place.json'),
    restoreTries: join(folder, 'restore-tries.json'),
  }
}

export class OpenVault {
  readonly folder: string
  readonly sessionId = randomUUID()
  readonly auditKey: Buffer
  readonly manifestKey: Buffer
  readonly blobs: BlobStore
  readonly sqlite: Sqlite.Database
  readonly db: Kysely<Database>
  user: SessionUser
  head: AuditHead = EMPTY_HEAD
  /** True once something was written since the last backup. */
  changed = false
  /** Somebody asked the command under way to stop. */
  stopWork = false
  #tail: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, key: Buffer, user: SessionUser, sqlite: Sqlite.Database, db: Kysely<Database>) {
    this.folder = folder
    this.user = user
    this.sqlite = sqlite
    this.db = db
    this.auditKey = subkey(key, 'audit')
    this.manifestKey = subkey(key, 'manifest')
    this.blobs = openBlobStore(vaultPaths(folder).blobs)
  }

  /** Opens (or creates) the database of a folder and brings its schema up to date. The caller zeroes `key`. */
  static async open(
    folder: string,
    key: Buffer,
    user: SessionUser,
    options: { create: boolean; beforeMigration?: (sqlite: Sqlite.Database) => void },
  ): Promise<OpenVault> {
    const paths = vaultPaths(folder)
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
    const { sqlite, db } = openDatabase(paths.database, key, options.create)
    try {
      migrate(sqlite, () => options.beforeMigration?.(sqlite))
      const vault = new OpenVault(folder, key, user, sqlite, db)
      vault.head = await readHead(db)
      return vault
    } catch (error) {
      sqlite.close()
      throw error
    }
  }

  /** Runs `work` while nothing else uses the connection, and unable to write. */
  readOnly<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      this.sqlite.pragma('query_only=ON')
      try {
        return await work(this.db)
      } finally {
        this.sqlite.pragma('query_only=OFF')
      }
    })
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      const head = this.head
      let failure: unknown
      try {
        const result = await this.db.transaction().execute((tx) =>
          work(tx).catch((error: unknown) => {
            failure = error
            throw error
          }),
        )
        this.changed = true
        return result
      } catch (error) {
        this.head = head
        // On a full disk SQLite has rolled back by itself, and the second ROLLBACK's complaint would hide why.
        throw failure ?? error
      }
    })
  }

  /** Waits for running work, then closes the file and forgets the keys. */
  async close(): Promise<void> {
    await this.#exclusive(async () => {
      this.auditKey.fill(0)
      this.manifestKey.fill(0)
      await this.db.destroy()
    })
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#tail.then(work, work)
    this.#tail = run.catch(() => undefined)
    return run
  }
}
