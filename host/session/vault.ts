// One opened data folder: connection, keys, the signed-in person; every read and write of the host goes through it.
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import type { Kysely } from 'kysely'
import { openBlobStore, type BlobStore } from '#db/blobs.ts'
import { AppError } from '#core/errors.ts'
import { subkey } from '#db/keyring.ts'
import { migrate } from '#db/migrate.ts'
import { openDatabase, type OpenDatabase, translateOpenError } from '#db/open.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'
import { checkTable, lookReadOnly, tablesToCheck, wasCutOff } from '#db/sound.ts'
import { type AuditHead, EMPTY_HEAD, readHead } from '#host/kernel/audit.ts'
import { HeadFile, readAnchor, refuseLostChanges } from '#host/kernel/audit-head.ts'
import type { SessionUser } from '#host/kernel/context.ts'
import { Deferred } from '#host/kernel/deferred.ts'

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

/** What an opening needs besides the key. */
export interface VaultOptions {
  create: boolean
  beforeMigration?: (sqlite: Sqlite.Database) => void
  /** The first row of the session, written once the file is known to be whole; what it returns is called after the COMMIT. */
  firstRow?: (tx: Writer, vault: OpenVault) => Promise<() => void>
  /** Up to which rows of the trail there are backups. */
  backups?: () => Promise<AuditHead[]>
  /** The connection is of no use any more: the file is damaged, or could not be opened again after a disk error. */
  onLost?: (error: AppError) => void
}

/** The file is looked through once Today is drawn, or before the first change if that comes earlier. */
const CHECK_AFTER_MS = 1000

export class OpenVault {
  readonly folder: string
  readonly sessionId = randomUUID()
  /** Zeroed when the vault is closed, as are those derived from it. */
  readonly key: Buffer
  readonly auditKey: Buffer
  readonly blobs: BlobStore
  sqlite: Sqlite.Database
  db: Kysely<Database>
  user: SessionUser
  head: AuditHead = EMPTY_HEAD
  /** True once something was written since the last backup. */
  changed = false
  /** Somebody asked the command under way to stop. */
  stopWork = false
  readonly #options: VaultOptions
  readonly #headFile: HeadFile
  readonly #check: Deferred
  /** Every page was read before the opening: a large office does not wait for that twice. */
  #isProven = false
  /** Why nothing can be read or written any more. */
  #over: AppError | null = null
  #tail: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, key: Buffer, user: SessionUser, opened: OpenDatabase, given: VaultOptions) {
    this.folder = folder
    this.user = user
    this.sqlite = opened.sqlite
    this.db = opened.db
    this.key = key
    this.auditKey = subkey(key, 'audit')
    this.blobs = openBlobStore(vaultPaths(folder).blobs)
    this.#options = given
    this.#headFile = new HeadFile(vaultPaths(folder).audit)
    this.#check = new Deferred(CHECK_AFTER_MS, () => this.#prove())
  }

  /**
   * Opens (or creates) the database of a folder and brings its schema up to date. The vault keeps `key` and zeroes it;
   * when opening fails, that is the caller's.
   * @throws DATA_DAMAGED for what the first pages and the end of the trail show; nothing was changed then
   */
  static async open(folder: string, key: Buffer, user: SessionUser, options: VaultOptions): Promise<OpenVault> {
    const paths = vaultPaths(folder)
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
    const anchor = readAnchor(paths.audit)
    const isCutOff = !options.create && wasCutOff(paths.database)
    if (isCutOff)
      lookReadOnly(paths.database, key, (sqlite) => {
        for (const table of tablesToCheck(sqlite)) checkTable(sqlite, table)
        refuseLostChanges(sqlite, anchor)
      })
    const opened = openDatabase(paths.database, key, options.create)
    try {
      if (!options.create) refuseLostChanges(opened.sqlite, anchor)
      migrate(opened.sqlite, { beforeFirst: () => options.beforeMigration?.(opened.sqlite) })
      const vault = new OpenVault(folder, key, user, opened, options)
      vault.head = await readHead(opened.db)
      vault.#isProven = isCutOff
      return vault
    } catch (error) {
      opened.sqlite.close()
      throw error
    }
  }

  /** Runs `work` while nothing else uses the connection, and unable to write. */
  readOnly<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return this.#guarded(async () => {
      this.sqlite.pragma('query_only=ON')
      try {
        return await work(this.db)
      } finally {
        this.sqlite.pragma('query_only=OFF')
      }
    })
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. The first one waits until the file was looked through. */
  async write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    await this.sound()
    return this.#exclusive(async () => {
      const result = await this.#transact(work)
      this.changed = true
      return result
    })
  }

  /** Runs `work` on the bare connection while nothing else uses it: a backup reads all of it. */
  aside<T>(work: (sqlite: Sqlite.Database) => T): Promise<T> {
    return this.#guarded(async () => work(this.sqlite))
  }

  /** Looks the file through, if that was not done yet. @throws DATA_DAMAGED; the vault is lost then */
  sound(): Promise<void> {
    return this.#check.now()
  }

  /** Waits for running work, then closes the file and zeroes the keys. */
  close(): Promise<void> {
    const closing = this.#tail.then(async () => {
      this.#over ??= new AppError('LOCKED', 'Sign in first.', {})
      this.#headFile.close()
      for (const key of [this.key, this.auditKey]) key.fill(0)
      await this.db.destroy()
    })
    this.#tail = closing.catch(() => undefined)
    return closing
  }

  async #prove(): Promise<void> {
    if (!this.#options.create) {
      const tables = this.#isProven ? [] : await this.#guarded(async () => tablesToCheck(this.sqlite))
      for (const table of tables) {
        await new Promise((resolve) => setImmediate(resolve))
        await this.#guarded(async () => checkTable(this.sqlite, table))
      }
      this.changed ||= await this.#guarded(async () => this.#isAheadOfBackups())
    }
    const { firstRow } = this.#options
    if (!firstRow) return
    const kept = await this.#exclusive(() => this.#transact((tx) => firstRow(tx, this)))
    kept()
  }

  /** A crash, or a backup that failed, left changes that no backup holds. That somebody signed in is no change. */
  async #isAheadOfBackups(): Promise<boolean> {
    const { backups } = this.#options
    if (!backups) return false
    const hashOf = this.sqlite.prepare('SELECT hash FROM audit WHERE seq = ?').pluck()
    // Backups of a time before a restore may have higher numbers and other hashes.
    const ours = (await backups()).filter(({ seq, hash }) => hashOf.get(seq) === hash)
    const later = "SELECT 1 FROM audit WHERE seq > ? AND action NOT IN ('session.signIn', 'session.recover') LIMIT 1"
    return this.sqlite.prepare(later).get(Math.max(0, ...ours.map(({ seq }) => seq))) !== undefined
  }

  async #transact<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    const before = this.head
    let atCommit = false
    const tx = await this.db.startTransaction().execute()
    try {
      const result = await work(tx)
      atCommit = true
      await tx.commit().execute()
      this.#headFile.write(this.head)
      return result
    } catch (error) {
      // SQLite may have rolled back by itself: the second ROLLBACK's complaint must not hide why.
      await tx
        .rollback()
        .execute()
        .catch(() => undefined)
      const tried = this.head
      this.head = before
      const healed = await this.#heal(error, atCommit)
      throw tried !== before && this.head.hash === tried.hash ? halfSaved() : healed
    }
  }

  /**
   * After a disk error nothing that the connection holds can be trusted: it is opened anew, in its turn. A full disk
   * before the COMMIT leaves it sound.
   * @returns the error to answer
   */
  async #heal(raw: unknown, atCommit: boolean): Promise<unknown> {
    const error = translateOpenError(raw)
    if (!(error instanceof AppError)) return error
    const problem = String(error.details['problem'])
    if (error.code === 'DATA_DAMAGED' && /^SQLITE_|^quick-check$/.test(problem)) this.#lose(error)
    else if (error.code === 'STORAGE' && (atCommit || problem.startsWith('SQLITE_IOERR'))) await this.#reopen()
    return error
  }

  async #reopen(): Promise<void> {
    await this.db.destroy().catch(() => undefined)
    try {
      const { sqlite, db } = openDatabase(vaultPaths(this.folder).database, this.key, false)
      this.sqlite = sqlite
      this.db = db
      this.head = await readHead(db)
    } catch (error) {
      this.#lose(error instanceof AppError ? error : new AppError('STORAGE', 'The disk fails. Sign in again.', {}))
    }
  }

  #lose(error: AppError): void {
    this.#over = error
    this.#options.onLost?.(error)
  }

  /** In its turn; what the disk or the file does wrong is dealt with before the next one's. */
  #guarded<T>(work: () => Promise<T>): Promise<T> {
    return this.#exclusive(() =>
      work().catch(async (error: unknown) => {
        throw await this.#heal(error, false)
      }),
    )
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const unlessOver = () => {
      if (this.#over) throw this.#over
      return work()
    }
    const run = this.#tail.then(unlessOver)
    this.#tail = run.catch(() => undefined)
    return run
  }
}

/** The disk failed while a COMMIT was confirmed, and the change was there when the file was opened again. */
function halfSaved(): AppError {
  return new AppError(
    'STORAGE',
    'The disk failed while this was saved. It is there now; look at it before you do anything twice, and check the disk.',
    { problem: 'half-saved' },
  )
}
