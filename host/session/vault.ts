// One opened data folder: its connections and keys; every read and write of the host goes through it.
import { existsSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { type BlobRef, blobRefsOf } from '#db/blob-copies.ts'
import { openBlobStore, type BlobStore } from '#db/blobs.ts'
import { AppError } from '#core/errors.ts'
import { holdersIn } from '#db/holders.ts'
import { type Holders, subkey } from '#db/keyring.ts'
import { migrate } from '#db/migrate.ts'
import { makeFolder } from '#db/files.ts'
import { holdFolder } from '#db/folder-lock.ts'
import { checkHeader, openDatabase, openReader, translateOpenError } from '#db/open.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { refuseUnsafeFolder } from '#db/safe-folder.ts'
import { checkTable, lookReadOnly, tablesToCheck, wasCutOff } from '#db/sound.ts'
import { appendedIn, type AuditHead, readHead } from '#host/kernel/audit.ts'
import {
  type BackedUpHead,
  HeadFile,
  readAnchor,
  refuseLostChanges,
  refuseOlderThanBackup,
} from '#host/kernel/audit-head.ts'
import { Deferred } from '#host/kernel/deferred.ts'
import type { Store } from '#host/kernel/store.ts'
import { Lane } from './lane.ts'
import { type Paths, vaultPaths } from './paths.ts'
import { sweepUnnamed } from './sweep.ts'
import { firstChangeAfter } from './trail-rows.ts'
import { copyToRead, nothingSaved } from './read-only.ts'

/** What is open, and how the folder is let go. */
interface OpenFiles {
  database: string
  release: () => void
  writer: Lane
}

function takeFolder({ folder, database }: Paths): Omit<OpenFiles, 'writer'> {
  const lock = holdFolder(folder)
  return { database, release: () => lock.release() }
}

/** @throws DATA_IN_USE where somebody may be writing: what is copied meanwhile would look damaged */
function takeCopy({ database, lock }: Paths): Omit<OpenFiles, 'writer'> {
  if (existsSync(lock))
    throw new AppError(
      'DATA_IN_USE',
      'Claimwright is open on this data folder, which takes no writes here. If it is open nowhere, copy the folder to this PC’s own disk and open it there.',
      {},
    )
  checkHeader(database)
  const { file, drop } = copyToRead(database)
  return { database: file, release: drop }
}

/** What an opening needs besides the key. */
export interface VaultOptions {
  create: boolean
  /** The folder takes no writes: it is read from a copy, and nothing is saved. */
  readOnly?: boolean
  beforeMigration?: () => void
  /** The first row of the session, written once the file is known to be whole; what it returns is called after the COMMIT. */
  firstRow?: (tx: Writer, vault: OpenVault) => Promise<() => void>
  /** Up to which rows of the trail there are backups. */
  backups?: () => Promise<BackedUpHead[]>
  /** The connection is of no use any more: the file is damaged, or could not be opened again after a disk error. */
  onLost?: (error: AppError) => void
}

/** The file is looked through once Today is drawn, or before the first change if that comes earlier. */
const CHECK_AFTER_MS = 1000

/** What asks after the vault was closed is told. */
const CLOSED = new AppError('LOCKED', 'Sign in first.', {})

export class OpenVault implements Store {
  readonly folder: string
  /** Zeroed when the vault is closed, as are those derived from it. */
  readonly key: Buffer
  readonly auditKey: Buffer
  readonly blobs: BlobStore
  readonly isReadOnly: boolean
  /** True once something was written since the last backup. */
  changed = false
  readonly #options: VaultOptions
  /** Lets the folder go. */
  readonly #release: () => void
  readonly #writer: Lane
  /** What it reads waits for no write. */
  readonly #reader: Lane
  readonly #headFile: HeadFile
  readonly #check: Deferred
  #asides: Promise<unknown> = Promise.resolve()
  /** Every page was read before the opening: a large office does not wait for that twice. */
  #isProven = false

  private constructor(folder: string, key: Buffer, files: OpenFiles, given: VaultOptions) {
    const paths = vaultPaths(folder)
    const { database, release, writer } = files
    this.folder = folder
    this.key = key
    this.isReadOnly = given.readOnly ?? false
    this.#release = release
    this.#writer = writer
    this.#reader = new Lane(() => openReader(database, key))
    this.auditKey = subkey(key, 'audit')
    this.blobs = openBlobStore(paths.blobs)
    this.#options = given
    this.#headFile = new HeadFile(paths.audit)
    this.#check = new Deferred(CHECK_AFTER_MS, () => this.#prove())
  }

  /**
   * Opens (or creates) the database of a folder and brings its schema up to date. The vault keeps `key` and zeroes it;
   * when opening fails, that is the caller's.
   * @throws DATA_IN_USE; DATA_DAMAGED for what the first pages and the end of the trail show; nothing was changed then
   */
  static open(folder: string, key: Buffer, options: VaultOptions): OpenVault {
    const paths = vaultPaths(folder)
    makeFolder(folder)
    refuseUnsafeFolder(folder)
    const { database, release } = options.readOnly ? takeCopy(paths) : takeFolder(paths)
    let writer: Lane | null = null
    try {
      const anchor = readAnchor(paths.audit)
      const isCutOff = !options.create && wasCutOff(database)
      if (isCutOff)
        lookReadOnly(database, key, (sqlite) => {
          for (const table of tablesToCheck(sqlite)) checkTable(sqlite, table)
          refuseLostChanges(sqlite, anchor)
        })
      let create = options.create
      writer = new Lane(() => openDatabase(database, key, create))
      create = false
      const { sqlite } = writer
      if (!options.create) refuseLostChanges(sqlite, anchor)
      if (!options.readOnly) sweepUnnamed(paths)
      migrate(sqlite, { beforeFirst: () => options.beforeMigration?.() })
      const vault = new OpenVault(folder, key, { database, release, writer }, options)
      vault.#isProven = isCutOff
      return vault
    } catch (error) {
      writer?.sqlite.close()
      release()
      throw translateOpenError(error)
    }
  }

  /** The connection that writes, for what fills or measures a folder from outside. */
  get sqlite(): Sqlite.Database {
    return this.#writer.sqlite
  }

  get trailEnd(): AuditHead | null {
    return this.#headFile.latest
  }

  read<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return this.#guarded(this.#reader, async () => {
      const { sqlite, db } = this.#reader
      sqlite.exec('BEGIN')
      try {
        return await work(db)
      } finally {
        if (sqlite.inTransaction) sqlite.exec('COMMIT')
      }
    })
  }

  /** The first one waits until the file was looked through. */
  async write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    if (this.isReadOnly) throw nothingSaved()
    await this.sound()
    return this.#writer.run(async () => {
      const result = await this.#transact(work)
      this.changed = true
      return result
    })
  }

  /**
   * Runs `work` on connections of its own, one such after the other: a backup reads all of the file while others go on.
   * What it finds damaged is lost to all.
   */
  aside<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#asides.then(work).catch(async (error: unknown) => {
      throw await this.#heal(null, error)
    })
    this.#asides = run.catch(() => undefined)
    return run
  }

  /** Looks the file through, if that was not done yet. @throws DATA_DAMAGED; the vault is lost then */
  sound(): Promise<void> {
    return this.#check.now()
  }

  /**
   * When the first change was made that no backup with one of these heads holds; null when they hold all. A crash, or a
   * backup that failed, leaves such. That somebody signed in is no change.
   */
  firstAfter(heads: readonly AuditHead[]): Promise<string | null> {
    return this.#guarded(this.#reader, async () => firstChangeAfter(this.#reader.sqlite, heads))
  }

  /** Every film that the database knows. */
  blobRefs(): Promise<BlobRef[]> {
    return this.#guarded(this.#reader, async () => blobRefsOf(this.#reader.sqlite))
  }

  /** Who may open the data today. */
  holders(): Promise<Holders | null> {
    return this.#guarded(this.#reader, async () => holdersIn(this.#reader.sqlite))
  }

  /** Waits for running work, then closes the file, zeroes the keys and lets the folder go. */
  async close(): Promise<void> {
    await this.#asides
    try {
      // Who closes last folds the -wal into the file: the reader cannot.
      await this.#reader.close(CLOSED).catch(() => undefined)
      await this.#writer.close(CLOSED)
    } finally {
      this.#headFile.close()
      for (const key of [this.key, this.auditKey]) key.fill(0)
      this.#release()
    }
  }

  async #prove(): Promise<void> {
    if (!this.#options.create) {
      const reading = this.#reader
      const tables = this.#isProven ? [] : await this.#guarded(reading, async () => tablesToCheck(reading.sqlite))
      for (const table of tables) {
        await new Promise((resolve) => setImmediate(resolve))
        await this.#guarded(reading, async () => checkTable(reading.sqlite, table))
      }
      const heads = await this.#options.backups?.()
      if (heads && this.trailEnd === null)
        await this.#guarded(reading, async () => refuseOlderThanBackup(reading.sqlite, heads))
      this.changed ||= !this.isReadOnly && heads !== undefined && (await this.firstAfter(heads)) !== null
    }
    const { firstRow } = this.#options
    if (!firstRow || this.isReadOnly) return
    const kept = await this.#writer.run(() => this.#transact((tx) => firstRow(tx, this)))
    kept()
  }

  async #transact<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    const lane = this.#writer
    const tx = await lane.db.startTransaction().execute()
    let committing: AuditHead | null = null
    let atCommit = false
    try {
      const result = await work(tx)
      committing = appendedIn(tx)
      atCommit = true
      await tx.commit().execute()
      if (committing) this.#headFile.write(committing)
      return result
    } catch (error) {
      // SQLite may have rolled back by itself: the second ROLLBACK's complaint must not hide why.
      await tx
        .rollback()
        .execute()
        .catch(() => undefined)
      const healed = await this.#heal(lane, error, atCommit)
      if (!committing || lane.isOver || (await readHead(lane.db)).hash !== committing.hash) throw healed
      this.changed = true
      throw halfSaved()
    }
  }

  /**
   * After a disk error nothing that a connection holds can be trusted: it is opened anew, in its turn. A full disk
   * before the COMMIT leaves it sound.
   * @returns the error to answer
   */
  async #heal(lane: Lane | null, raw: unknown, atCommit = false): Promise<unknown> {
    const error = translateOpenError(raw)
    if (!(error instanceof AppError)) return error
    const problem = String(error.details['problem'])
    if (error.code === 'DATA_DAMAGED' && /^SQLITE_|^(quick|full)-check$|^older-than-anchor$/.test(problem))
      this.#lose(error)
    else if (lane && error.code === 'STORAGE' && (atCommit || problem.startsWith('SQLITE_IOERR')))
      await this.#reopen(lane)
    return error
  }

  /** With the one that writes, the other is closed too, and first: who closes last begins the -wal anew. */
  async #reopen(lane: Lane): Promise<void> {
    const reader = this.#reader
    const reopen = async () => {
      reader.drop()
      if (lane !== reader) {
        lane.drop()
        lane.reopen()
      }
      reader.reopen()
    }
    try {
      await (lane === reader ? reopen() : reader.run(reopen))
    } catch (error) {
      this.#lose(error instanceof AppError ? error : new AppError('STORAGE', 'The disk fails. Sign in again.', {}))
    }
  }

  #lose(error: AppError): void {
    for (const lane of [this.#reader, this.#writer]) lane.end(error)
    this.#options.onLost?.(error)
  }

  /** In its turn; what the disk or the file does wrong is dealt with before the next one's. */
  #guarded<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    return lane.run(() =>
      work().catch(async (error: unknown) => {
        throw await this.#heal(lane, error)
      }),
    )
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
