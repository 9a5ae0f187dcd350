// The office of this host: which folder is open, and who sits at it. The first to sign in opens it, the last to leave closes it.
import type { HostEvent } from '#core/contract/events.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { join } from 'node:path'
import { AppError } from '#core/errors.ts'
import type { BackupInfo } from '#db/backup.ts'
import { bestEffort } from '#db/files.ts'
import { holdersIn } from '#db/holders.ts'
import { type Holders, type Keyring, readKeyring, SCRYPT_N, withHolders, writeKeyring } from '#db/keyring.ts'
import { type BackupReason, manifestsIn } from '#db/manifest.ts'
import { undoCutOff } from '#db/restore.ts'
import type { Principal, SessionUser } from '#host/kernel/caller.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { RunAsCommand } from '#host/kernel/router.ts'
import { Deferred } from '#host/kernel/deferred.ts'
import { Attempts } from './attempts.ts'
import { BackupDesk } from './backup-desk.ts'
import { headsOf, secondPlaceOf } from './backups.ts'
import { farewell, letGo } from './farewell.ts'
import { markFolder, refuseForeignHolder } from './folder-lock.ts'
import { takesNoWrites } from './read-only.ts'
import { admit, changedPeople, type Claim } from './people.ts'
import { countRevision } from './people-rows.ts'
import type { OfficeOptions } from './office-options.ts'
import type { Seat } from './seat.ts'
import { problemOf } from './status.ts'
import { recordOpening } from './trail.ts'
import { lookAfter } from './upkeep.ts'
import { vaultPaths } from './paths.ts'
import { OpenVault, type VaultOptions } from './vault.ts'

export class Office {
  readonly options: OfficeOptions
  readonly backups: BackupDesk
  readonly attempts: Attempts
  readonly seats = new Set<Seat>()
  /** What an opening found wrong. */
  problem: { code: string; message: string } | null = null
  /** What a restore brought back, until somebody signs in. */
  restored: OutputOf<'backup.restore'> | null = null
  #isDemo = false
  #vault: OpenVault | null = null
  /** The recovery code was typed back. */
  #isConfirmed = false
  /** The vault that was left last: its backup is written behind the lock screen. */
  #leaving: Deferred | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: OfficeOptions) {
    this.options = options
    this.attempts = new Attempts(options.elapsed)
    this.backups = new BackupDesk({ ...options, announce: (event) => this.announce(event) })
    bestEffort(() => undoCutOff(this.paths.database))
  }

  get isDemo(): boolean {
    return this.#isDemo
  }

  get folder(): string {
    const { dataDir } = this.options
    return this.#isDemo ? join(dataDir, 'demo') : dataDir
  }

  get paths() {
    return vaultPaths(this.folder)
  }

  /** What lies there can be read and nothing saved. */
  get isReadOnly(): boolean {
    return this.#vault?.isReadOnly ?? takesNoWrites(this.paths.database)
  }

  get scryptN(): number {
    return this.options.scryptN ?? SCRYPT_N
  }

  /** The open vault; null while nobody is signed in or while the recovery code waits to be typed back. */
  get vault(): OpenVault | null {
    return this.#isConfirmed ? this.#vault : null
  }

  /** To everybody who sits here. */
  announce(event: HostEvent): void {
    for (const seat of this.seats) seat.tell(event)
  }

  /** Opens the database of a new office, made now unless it `isThere`. The vault keeps the key. */
  create(key: Buffer, isThere: boolean): OpenVault {
    return this.#open(key, { create: !isThere })
  }

  /** From here on what was created is the open one; nobody gets at it before the recovery code was typed back. */
  keep(vault: OpenVault): void {
    this.#vault = vault
    this.#isConfirmed = false
  }

  confirm(): void {
    this.#isConfirmed = true
  }

  /**
   * Opens the folder, or joins those who have it open, for somebody whose password or code gave `key`; it is the office's
   * or zeroed. Who they are, and whether they still may, is said by the database; a key file that says otherwise is
   * written anew.
   * @returns null for somebody who was removed, and for a password or code that ended
   * @throws DATA_IN_USE, DATA_DAMAGED
   */
  async enter(
    { keyring, key, claim }: { keyring: Keyring; key: Buffer; claim: Claim },
    seat: (user: SessionUser) => Principal,
    action: string,
  ): Promise<Principal | null> {
    const { vault } = this
    if (vault) {
      // The key file said who it is; that it is the key file of this office only its key says.
      const isOurs = key.equals(vault.key)
      key.fill(0)
      if (!isOurs)
        throw new AppError('DATA_DAMAGED', 'The key file is not that of this office. Restore a backup.', {
          problem: 'keyring',
        })
      const holders = await vault.holders()
      const user = admit(holders, claim)
      if (!user) {
        this.#writeKeys(vault, holders)
        return null
      }
      const principal = seat(user)
      const kept = await vault.write((tx) => recordOpening({ vault, principal }, tx, this.options.now(), action))
      kept()
      this.#proven(vault, await vault.holders())
      return principal
    }
    await this.drop()
    refuseForeignHolder(this.folder)
    return this.#enterFirst({ keyring, key, claim }, seat, action)
  }

  async #enterFirst(
    { keyring, key, claim }: { keyring: Keyring; key: Buffer; claim: Claim },
    seat: (user: SessionUser) => Principal,
    action: string,
  ): Promise<Principal | null> {
    const { paths } = this
    let opened: OpenVault | null = null
    const readOnly = this.isReadOnly
    try {
      let admitted: Promise<Principal | null> = Promise.resolve(null)
      const vault = this.#open(key, {
        create: false,
        readOnly,
        beforeMigration: () => this.backups.beforeMigration(paths, key, keyring),
        // What the sign-in adds waits too until the file is known to be whole: a damaged one is left as it is.
        firstRow: async (tx, fresh) => {
          const principal = await admitted
          return principal
            ? recordOpening({ vault: fresh, principal }, tx, this.options.now(), action)
            : () => undefined
        },
        backups: async () => headsOf(await manifestsIn(paths.backups)),
      })
      opened = vault
      const reading = vault.holders()
      admitted = reading.then((holders) => {
        const user = admit(holders, claim)
        return user && seat(user)
      })
      const [holders, principal] = await Promise.all([reading, admitted])
      if (!principal) {
        if (!readOnly) this.#writeKeys(vault, holders)
        await vault.close()
        return null
      }
      if (!readOnly) {
        this.#proven(vault, holders)
        markFolder(this.folder)
      } else this.attempts.forget(paths.keyring)
      this.#vault = vault
      this.#isConfirmed = keyring.confirmed
      this.restored = null
      return principal
    } catch (error) {
      await opened?.close().catch(() => undefined)
      key.fill(0)
      if (error instanceof AppError && error.code === 'DATA_DAMAGED') this.#tellDamage(error)
      throw error
    }
  }

  /** Somebody proved who they are: the key file says what the database says, and no wrong try counts any more. */
  #proven(vault: OpenVault, holders: Holders | null): void {
    this.#writeKeys(vault, holders, { failures: 0, blockedUntil: null, lockedBy: null })
    this.attempts.forget(this.paths.keyring)
  }

  #writeKeys(vault: OpenVault, holders: Holders | null, changes: Partial<Keyring> = {}): void {
    const { keyring: file } = vaultPaths(vault.folder)
    const keyring = { ...readKeyring(file), ...changes }
    writeKeyring(file, holders ? withHolders(keyring, holders, vault.key) : keyring)
  }

  /** A change of people, passwords or the recovery code: rows and key file are written both, or neither. */
  async changeKeys<T>(
    run: RunAsCommand,
    work: (context: CommandContext) => Promise<T>,
    recovery?: Keyring['recovery'],
  ): Promise<T> {
    const vault = this.need()
    const before = await vault.holders()
    try {
      const done = await run(async (context) => {
        const answer = await work(context)
        await countRevision(context.tx, recovery)
        this.#writeKeys(vault, holdersIn(vault.sqlite))
        return answer
      })
      // A PIN of the day goes with what it was chosen under.
      for (const id of changedPeople(before, await vault.holders())) await this.options.pins.drop(id)
      return done
    } catch (error) {
      await vault
        .holders()
        .then((holders) => this.#writeKeys(vault, holders))
        .catch(() => undefined)
      throw error
    }
  }

  #open(key: Buffer, options: Omit<VaultOptions, 'onLost'>): OpenVault {
    const vault: OpenVault = OpenVault.open(this.folder, key, {
      ...options,
      onLost: (error) => this.#lose(vault, error),
    })
    return vault
  }

  /** @throws LOCKED */
  need(): OpenVault {
    if (!this.#vault) throw new AppError('LOCKED', 'Sign in first.', {})
    return this.#vault
  }

  /** The last one to leave closes: nobody sees the vault from here on; what it still needs is done behind the lock screen. */
  leaveUnlessUsed(): void {
    if ([...this.seats].every(({ principal }) => principal === null)) this.leave()
  }

  /** Whoever was removed leaves, wherever they sit. */
  dismiss(userId: string): void {
    for (const seat of this.seats) {
      if (seat.principal?.user.id !== userId) continue
      seat.vacate()
      seat.tell({ type: 'locked', reason: 'system' })
    }
  }

  /** Everybody leaves. */
  leave(): void {
    const vault = this.#detach()
    if (!vault) return
    const isDemo = this.#isDemo
    const backUp = async () => {
      if (isDemo || !readKeyring(vaultPaths(vault.folder).keyring).confirmed) return
      this.announce({ type: 'closing', step: 'backup' })
      await this.backups.create(vault, 'quit')
    }
    this.#leaving = farewell(vault, backUp, () => this.options.log('backup-failed'))
  }

  /** Resolves when what was left is closed, without hurrying it. */
  get left(): Promise<void> {
    return this.#leaving?.done ?? Promise.resolve()
  }

  /** What was left is backed up and closed now. */
  async settle(): Promise<void> {
    await this.#leaving?.now()
  }

  /** Without a backup: for files that are damaged, or make room for others. */
  async drop(): Promise<void> {
    await this.settle()
    await letGo(this.#detach())
  }

  /** Between the office's own folder and the demo's; call it when nothing is open. */
  turnToDemo(isDemo: boolean): void {
    this.#isDemo = isDemo
  }

  #detach(): OpenVault | null {
    const vault = this.#vault
    this.#vault = null
    for (const seat of this.seats) seat.vacate()
    return vault
  }

  /** The connection is of no use any more: to the recovery screen, or to sign-in when only the disk failed. */
  #lose(vault: OpenVault, error: AppError): void {
    if (error.code === 'DATA_DAMAGED') this.#tellDamage(error)
    if (this.#vault === vault) {
      this.#detach()
      this.#leaving = new Deferred(0, () => letGo(vault).catch(() => this.options.log('close-failed')))
    }
    this.announce({ type: 'locked', reason: 'system' })
  }

  #tellDamage(error: AppError): void {
    this.problem = { code: problemOf(error), message: error.message }
    this.announce({ type: 'changed', topics: ['session'] })
  }

  async createBackup(reason: BackupReason): Promise<BackupInfo> {
    return this.backups.create(this.need(), reason)
  }

  async restore(
    input: ParsedInputOf<'backup.restore'>,
    userId: Principal['user']['id'] | null,
  ): Promise<OutputOf<'backup.restore'>> {
    await this.settle()
    const answer = await this.backups.restore(this.paths, input, this.#vault, {
      folder: this.folder,
      now: this.options.now(),
      userId,
      attempts: this.attempts,
      leave: () => this.drop(),
    })
    await this.options.pins.clear()
    this.problem = null
    this.restored = answer
    this.announce({ type: 'locked', reason: 'user' })
    return answer
  }

  listBackups(): Promise<OutputOf<'backup.list'>> {
    return this.backups.list(this.paths, this.#isDemo ? null : this.vault)
  }

  /** What is due without anybody asking: a backup after four hours with changes, else the second place gets what it missed. */
  async upkeep(): Promise<void> {
    if (!(await this.#backUp('schedule'))) await this.backups.bring(this.paths)
    const { vault } = this
    if (vault && !this.#isDemo && !vault.isReadOnly)
      await lookAfter(vault, this.options.now(), this.backups).catch(() => this.options.log('upkeep-failed'))
    // What is late becomes so by itself.
    this.announce({ type: 'changed', topics: ['backup'] })
  }

  /**
   * Before much is changed at once, unless a fresh backup is there: who posts one payment after another does not wait for
   * the whole file each time. That it failed is shown, and stops nobody: such a change can be taken back.
   */
  async backUpBefore(): Promise<void> {
    await this.vault?.sound()
    if (!this.#isDemo) await this.#backUp('before-change')
  }

  /** @returns false when none is due */
  async #backUp(reason: 'schedule' | 'before-change'): Promise<boolean> {
    if (!this.vault?.changed || !(await this.backups.isDue(this.paths, reason))) return false
    await this.createBackup(reason).catch(() => this.options.log('backup-failed'))
    return true
  }

  /** Backs up when something changed, then closes, and waits for the copy to the second place. */
  close(): Promise<void> {
    return this.inTurn(async () => {
      this.leave()
      await this.settle()
      const { problem } = this.backups
      if (problem !== null) this.announce({ type: 'not-backed-up', message: problem })
      if (secondPlaceOf(this.paths)) this.announce({ type: 'closing', step: 'copy' })
      await this.backups.copied()
    })
  }

  /** What opens, replaces or leaves the files runs one after the other. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const run = this.#turn.then(work)
    this.#turn = run.catch(() => undefined)
    return run
  }
}
