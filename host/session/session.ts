// The session: which folder is open, for whom; set-up, sign-in, lock, users, demo, backups.
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HostEvent } from '#core/contract/events.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import type { BackupInfo } from '#db/backup.ts'
import { bestEffort } from '#db/files.ts'
import {
  Keyring,
  newRecoveryCode,
  readKeyring,
  readRecoveryCode,
  SCRYPT_N,
  unwrapKey,
  wrapKey,
  writeKeyring,
} from '#db/keyring.ts'
import type { BackupReason } from '#db/manifest.ts'
import type { SessionUser } from '#host/kernel/context.ts'
import { Deferred } from '#host/kernel/deferred.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
import { checkPassword } from './password.ts'
import { countFailure, refuseBlocked } from './attempts.ts'
import { BackupDesk } from './backup-desk.ts'
import { headsOf, secondPlaceOf } from './backups.ts'
import { clearUnlessDemo, DEMO_USER, demoSecret, makeDemo } from './demo-office.ts'
import { markFolder, refuseForeignHolder } from './folder-lock.ts'
import { newKeyring, writeOffice } from './new-office.ts'
import { describeSession, problemOf, type Status } from './status.ts'
import { farewell, letGo } from './farewell.ts'
import { makeRoom, refuseSecondOffice } from './traces.ts'
import { recordOpening, recordTrail } from './trail.ts'
import { addUser, changePassword, listUsers, removeUser, slotOf, type UserDesk, userOf } from './users.ts'
import { OpenVault, vaultPaths } from './vault.ts'

export interface SessionOptions {
  dataDir: string
  appVersion: string
  now: () => string
  today: () => string
  /** Cheap scrypt for throwaway folders only. */
  scryptN?: number
  seedDemo: (vault: OpenVault, today: string) => Promise<void>
  announce: (event: HostEvent) => void
  log: (event: string) => void
}
/** Holds at most one open vault. All methods answer in the shapes of core/contract/session.ts. */
export class Session {
  readonly #options: SessionOptions
  #demo = false
  #vault: OpenVault | null = null
  /** The vault that was left last: its backup is written behind the lock screen. */
  #leaving: Deferred | null = null
  #turn: Promise<unknown> = Promise.resolve()
  readonly #backups: BackupDesk
  #idle: ReturnType<typeof setTimeout> | null = null
  #problem: { code: string; message: string } | null = null

  constructor(options: SessionOptions) {
    this.#options = options
    this.#backups = new BackupDesk(options)
  }

  /** The open vault; null while locked or while the recovery code waits to be typed back. */
  get vault(): OpenVault | null {
    return this.#vault && this.#confirmed() ? this.#vault : null
  }

  get folder(): string {
    return this.#demo ? join(this.#options.dataDir, 'demo') : this.#options.dataDir
  }

  #paths() {
    return vaultPaths(this.folder)
  }

  #confirmed(): boolean {
    return readKeyring(this.#paths().keyring).confirmed
  }

  status(): Promise<Status> {
    const { today, appVersion } = this.#options
    const paths = this.#paths()
    return describeSession({
      base: { demo: this.#demo, today: today(), appVersion },
      problem: this.#problem,
      paths,
      user: this.#vault?.user ?? null,
      backups: this.#backups,
    })
  }

  async setup(input: ParsedInputOf<'session.setup'>): Promise<OutputOf<'session.setup'>> {
    await this.#leaving?.now()
    const paths = this.#paths()
    await refuseSecondOffice(paths, this.#backups)
    refuseForeignHolder(this.folder)
    checkPassword(input.user.password, input.user.name)
    await this.#dropVault()
    makeRoom(paths, this.#options.now())
    const key = randomBytes(32)
    const user: SessionUser = { id: uuidv7() as UserId, name: input.user.name, role: 'owner' }
    const recoveryCode = newRecoveryCode()
    const n = this.#options.scryptN ?? SCRYPT_N
    writeKeyring(
      paths.keyring,
      await newKeyring({
        key,
        user,
        password: input.user.password,
        officeName: input.office.name,
        recoveryCode,
        scryptN: n,
      }),
    )
    let vault: OpenVault | null = null
    try {
      const onLost = (error: AppError) => this.#lose(opened, error)
      const opened = await OpenVault.open(this.folder, key, user, { create: true, onLost })
      vault = opened
      markFolder(this.folder)
      await opened.write((tx) => writeOffice(opened, tx, this.#options.now(), input))
      this.#vault = opened
    } catch (error) {
      key.fill(0)
      await letGo(vault)
      throw error
    }
    return { recoveryCode, user }
  }

  async confirmRecovery(input: ParsedInputOf<'session.confirmRecovery'>): Promise<Record<string, never>> {
    const keyring = readKeyring(this.#paths().keyring)
    const code = readRecoveryCode(input.recoveryCode)
    const key = code ? await unwrapKey(keyring.recovery, code, 'recovery') : null
    if (!key)
      throw new AppError(
        'WRONG_PASSWORD',
        'The code differs from the one shown. Check each group and type it again.',
        {},
      )
    key.fill(0)
    writeKeyring(this.#paths().keyring, { ...keyring, confirmed: true })
    this.#armIdle()
    this.#options.announce({ type: 'changed', topics: ['session'] })
    return {}
  }

  async signIn(input: ParsedInputOf<'session.signIn'>): Promise<OutputOf<'session.signIn'>> {
    const keyring = await this.#readForSignIn()
    const slot = slotOf(keyring, input.name)
    const candidate = slot ?? keyring.slots[0]!
    const key = await unwrapKey(candidate.wrapped, input.password, candidate.id)
    if (!slot || !key) throw countFailure(this.#paths().keyring, keyring, this.#options.now())
    return { user: await this.#open(keyring, key, userOf(slot), 'session.signIn') }
  }

  async recover(input: ParsedInputOf<'session.recover'>): Promise<OutputOf<'session.recover'>> {
    const keyring = await this.#readForSignIn()
    const code = readRecoveryCode(input.recoveryCode)
    const slot = slotOf(keyring, input.name)
    const key = code ? await unwrapKey(keyring.recovery, code, 'recovery') : null
    if (!slot || !key) throw countFailure(this.#paths().keyring, keyring, this.#options.now())
    checkPassword(input.newPassword, input.name)
    const wrapped = await wrapKey(key, input.newPassword, slot.id, this.#options.scryptN ?? SCRYPT_N)
    const slots = keyring.slots.map((other) => (other.id === slot.id ? { ...other, wrapped } : other))
    return { user: await this.#open({ ...keyring, slots }, key, userOf(slot), 'session.recover') }
  }

  async #readForSignIn(): Promise<Keyring> {
    await this.#leaving?.now()
    if (this.#vault && this.#confirmed())
      throw new AppError('REFUSED', 'Lock first, then another person can sign in.', { reasons: ['open'] })
    const keyring = readKeyring(this.#paths().keyring)
    refuseBlocked(this.#paths().keyring, keyring, this.#options.now())
    return keyring
  }

  async #open(keyring: Keyring, key: Buffer, user: SessionUser, action: string): Promise<SessionUser> {
    if (this.#vault) await this.#dropVault()
    refuseForeignHolder(this.folder)
    const paths = this.#paths()
    let vault: OpenVault | null = null
    try {
      const opened = await OpenVault.open(this.folder, key, user, {
        create: false,
        beforeMigration: (sqlite) => this.#backups.beforeMigration(paths, sqlite, key, keyring),
        // What the sign-in adds waits too until the file is known to be whole: a damaged one is left as it is.
        firstRow: (tx, opening) => recordOpening(opening, tx, this.#options.now(), action),
        backups: () => headsOf(paths.backups),
        onLost: (error) => this.#lose(opened, error),
      })
      vault = opened
      writeKeyring(paths.keyring, { ...keyring, failures: 0, blockedUntil: null, lockedBy: null })
      markFolder(this.folder)
      this.#vault = opened
    } catch (error) {
      await vault?.close()
      key.fill(0)
      if (error instanceof AppError && error.code === 'DATA_DAMAGED') this.#tellDamage(error)
      throw error
    }
    this.#armIdle()
    this.#options.announce({ type: 'changed', topics: ['session'] })
    return user
  }

  /** The page is hidden at once; the answer comes when the backup is written and the key is zeroed. */
  async lock(input: ParsedInputOf<'session.lock'>): Promise<Record<string, never>> {
    if (!this.#vault) return {}
    const { name } = this.#vault.user
    const file = this.#paths().keyring
    bestEffort(() => writeKeyring(file, { ...readKeyring(file), lockedBy: name }))
    this.#leave()
    this.#options.announce({ type: 'locked', reason: input.reason })
    await this.#leaving?.done
    return {}
  }

  activity(): Record<string, never> {
    if (this.#vault) this.#armIdle()
    return {}
  }

  #armIdle(): void {
    if (this.#idle) clearTimeout(this.#idle)
    const { autoLockMinutes } = readKeyring(this.#paths().keyring)
    this.#idle = setTimeout(() => void this.lock({ reason: 'idle' }), autoLockMinutes * 60_000)
    this.#idle.unref?.()
  }

  /** What changing users and passwords needs. */
  get #desk(): UserDesk {
    const { scryptN = SCRYPT_N, now } = this.#options
    const vault = this.#need()
    return { vault, key: vault.key, keyringFile: this.#paths().keyring, scryptN, now: now() }
  }

  changePassword(input: ParsedInputOf<'session.changePassword'>): Promise<Record<string, never>> {
    return changePassword(this.#desk, input)
  }

  listUsers(): Promise<OutputOf<'user.list'>> {
    return listUsers(this.#need())
  }

  addUser(input: ParsedInputOf<'user.add'>): Promise<OutputOf<'user.add'>> {
    return addUser(this.#desk, input)
  }

  removeUser(input: ParsedInputOf<'user.remove'>): Promise<Record<string, never>> {
    return removeUser(this.#desk, input)
  }

  async setAutoLock(input: ParsedInputOf<'session.setAutoLock'>): Promise<Record<string, never>> {
    const file = this.#paths().keyring
    writeKeyring(file, { ...readKeyring(file), autoLockMinutes: input.minutes })
    await this.#trail('session.setAutoLock', 'setting', 'autoLockMinutes', { minutes: input.minutes })
    this.#armIdle()
    return {}
  }

  /** @param isBroken the demo that is there was found damaged: it is made anew */
  async openDemo(isBroken = false): Promise<Record<string, never>> {
    const options = this.#options
    const dataDir = join(options.dataDir, 'demo')
    const isThere = await clearUnlessDemo(dataDir, this.#backups, isBroken)
    this.#leave()
    await this.#leaving?.now()
    this.#demo = true
    rmSync(this.#paths().lock, { force: true })
    if (!isThere) {
      const fresh = new Session({ ...options, dataDir, scryptN: 2 ** 12, announce: () => undefined })
      await makeDemo(fresh, demoSecret(dataDir), (vault) => options.seedDemo(vault, options.today()))
    }
    try {
      await this.signIn({ name: DEMO_USER, password: readFileSync(demoSecret(dataDir), 'utf8') })
      return {}
    } catch (error) {
      if (!isThere || !(error instanceof AppError) || error.code !== 'DATA_DAMAGED') throw error
      this.#problem = null
      return this.openDemo(true)
    }
  }

  async leaveDemo(): Promise<Record<string, never>> {
    if (!this.#demo) return {}
    await this.#dropVault()
    this.#demo = false
    this.#options.announce({ type: 'locked', reason: 'user' })
    return {}
  }

  listBackups(): Promise<OutputOf<'backup.list'>> {
    return this.#backups.list(this.#paths())
  }

  createBackup(reason: BackupReason): Promise<BackupInfo> {
    return this.#backups.create(this.#need(), reason)
  }

  /** Needs no key: a second place that is there again gets what it missed. */
  bringToSecondPlace(): Promise<void> {
    return this.#backups.bring(this.#paths())
  }

  async setSecondPlace(input: ParsedInputOf<'backup.setSecondPlace'>): Promise<Record<string, never>> {
    await this.#backups.choose(this.#paths(), input.folder)
    await this.#trail('backup.setSecondPlace', 'setting', 'secondPlace')
    void this.bringToSecondPlace()
    return {}
  }

  async restoreBackup(input: ParsedInputOf<'backup.restore'>): Promise<OutputOf<'backup.restore'>> {
    await this.#leaving?.now()
    const answer = await this.#backups.restore(this.#paths(), input, {
      folder: this.folder,
      now: this.#options.now(),
      vault: this.#vault,
      leave: () => this.#dropVault(),
    })
    this.#problem = null
    this.#options.announce({ type: 'locked', reason: 'user' })
    return answer
  }

  /** Backs up when something changed, then closes, and waits for the copy to the second place. */
  close(): Promise<void> {
    return this.inTurn(async () => {
      this.#leave()
      await this.#leaving?.now()
      if (secondPlaceOf(this.#paths())) this.#options.announce({ type: 'closing', step: 'copy' })
      await this.#backups.copied()
    })
  }

  /** What opens, replaces or leaves the files runs one after the other. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const run = this.#turn.then(work)
    this.#turn = run.catch(() => undefined)
    return run
  }

  /** Nobody sees the vault from here on; what it still needs is done behind the lock screen. */
  #leave(): void {
    const vault = this.#detach()
    if (!vault) return
    const isDemo = this.#demo
    const backUp = async () => {
      if (isDemo || !readKeyring(vaultPaths(vault.folder).keyring).confirmed) return
      this.#options.announce({ type: 'closing', step: 'backup' })
      await this.#backups.create(vault, 'quit')
    }
    this.#leaving = farewell(vault, backUp, () => this.#options.log('backup-failed'))
  }

  /** Without a backup: for files that are damaged, or make room for others. */
  async #dropVault(): Promise<void> {
    await this.#leaving?.now()
    await letGo(this.#detach())
  }

  #detach(): OpenVault | null {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
    const vault = this.#vault
    this.#vault = null
    return vault
  }

  /** The connection is of no use any more: to the recovery screen, or to sign-in when only the disk failed. */
  #lose(vault: OpenVault, error: AppError): void {
    if (error.code === 'DATA_DAMAGED') this.#tellDamage(error)
    if (this.#vault === vault) void letGo(this.#detach()).catch(() => this.#options.log('close-failed'))
    this.#options.announce({ type: 'locked', reason: 'system' })
  }

  #tellDamage(error: AppError): void {
    this.#problem = { code: problemOf(error), message: error.message }
    this.#options.announce({ type: 'changed', topics: ['session'] })
  }

  #need(): OpenVault {
    if (!this.#vault) throw new AppError('LOCKED', 'Sign in first.', {})
    return this.#vault
  }

  async #trail(action: string, entity: string, entityId: string, after?: unknown): Promise<void> {
    const vault = this.#need()
    await vault.write((tx) => recordTrail(vault, tx, this.#options.now(), [action, entity, entityId], after))
  }
}
