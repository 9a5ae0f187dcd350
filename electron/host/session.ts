// The session: which folder is open, for whom; set-up, sign-in, lock, users, demo, backups.
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { z } from 'zod'
import type { HostEvent } from '#core/contract/events.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { SessionStatus } from '#core/contract/session.ts'
import { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import {
  type BackupInfo,
  type BackupReason,
  createBackup,
  listBackups,
  pruneBackups,
  restoreBackup,
  verifyBackup,
} from '#db/backup.ts'
import { writeFileAtomic } from '#db/files.ts'
import {
  Keyring,
  newRecoveryCode,
  readKeyring,
  readRecoveryCode,
  SCRYPT_N,
  subkey,
  unwrapKey,
  wrapKey,
  writeKeyring,
} from '#db/keyring.ts'
import { appendAudit, type AuditRow } from './audit.ts'
import type { SessionUser } from './context.ts'
import { uuidv7 } from './ids.ts'
import { checkPassword } from './password.ts'
import { OpenVault, vaultPaths } from './vault.ts'

export interface SessionOptions {
  dataDir: string
  assetsDir: string
  appVersion: string
  now: () => string
  today: () => string
  /** Cheap scrypt for throwaway folders only. */
  scryptN?: number
  seedDemo: (vault: OpenVault, today: string) => Promise<void>
  announce: (event: HostEvent) => void
}
const MAX_FAILURES = 5
const BLOCK_MINUTES = 5

/** Holds at most one open vault. All methods answer in the shapes of core/contract/session.ts. */
export class Session {
  readonly #options: SessionOptions
  #demo = false
  #vault: OpenVault | null = null
  #key: Buffer | null = null
  #idle: ReturnType<typeof setTimeout> | null = null
  #problem: { code: string; message: string } | null = null

  constructor(options: SessionOptions) {
    this.#options = options
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

  /** Anything that says an office lived here: then nothing is ever created anew. */
  #exists(): boolean {
    const paths = this.#paths()
    return (
      [paths.database, paths.keyring, `${paths.keyring}.bak`].some((file) => existsSync(file)) ||
      this.#backups().length > 0
    )
  }

  status(): z.output<typeof SessionStatus> {
    const base = {
      demo: this.#demo,
      readOnly: false,
      today: this.#options.today(),
      appVersion: this.#options.appVersion,
      problem: null,
      user: null,
      lockedBy: null,
      officeName: null,
      users: [],
      autoLockMinutes: 10,
    }
    if (!this.#exists()) return { ...base, state: 'setup' }
    let keyring: Keyring
    try {
      if (this.#problem) throw new AppError('DATA_DAMAGED', this.#problem.message, { problem: this.#problem.code })
      keyring = readKeyring(this.#paths().keyring)
      if (!existsSync(this.#paths().database))
        throw new AppError('DATA_DAMAGED', 'The database file is missing. Restore a backup.', { problem: 'missing' })
    } catch (error) {
      const problem = error as AppError
      return {
        ...base,
        state: 'damaged',
        problem: {
          code: problemOf(problem),
          message: problem.message,
          backups: this.#backups(),
        },
      }
    }
    // An interrupted set-up holds nothing yet: it is simply begun again.
    if (!keyring.confirmed) return { ...base, state: 'setup' }
    const open = this.#vault !== null
    return {
      ...base,
      state: open ? 'open' : 'locked',
      officeName: keyring.officeName,
      user: open ? this.#vault!.user : null,
      lockedBy: keyring.lockedBy,
      autoLockMinutes: keyring.autoLockMinutes,
      users: keyring.slots.map((slot) => ({ id: slot.id as UserId, name: slot.name })),
    }
  }

  async setup(input: ParsedInputOf<'session.setup'>): Promise<OutputOf<'session.setup'>> {
    const paths = this.#paths()
    if (existsSync(paths.keyring) && !readKeyring(paths.keyring).confirmed && !existsSync(paths.backups))
      await this.#discardUnconfirmed()
    if (this.#exists()) throw new AppError('REFUSED', 'This folder already holds an office.', { reasons: ['exists'] })
    checkPassword(input.user.password, input.user.name)
    mkdirSync(this.folder, { recursive: true })
    const key = randomBytes(32)
    const user: SessionUser = { id: uuidv7() as UserId, name: input.user.name, role: 'owner' }
    const recoveryCode = newRecoveryCode()
    const n = this.#options.scryptN ?? SCRYPT_N
    const keyring: Keyring = {
      version: 1,
      vaultId: randomUUID(),
      officeName: input.office.name,
      confirmed: false,
      slots: [
        { id: user.id, name: user.name, role: user.role, wrapped: await wrapKey(key, input.user.password, user.id, n) },
      ],
      recovery: await wrapKey(key, readRecoveryCode(recoveryCode)!, 'recovery', n),
      failures: 0,
      blockedUntil: null,
      lockedBy: null,
      autoLockMinutes: 10,
    }
    writeKeyring(paths.keyring, keyring)
    this.#takeLock()
    const vault = await OpenVault.open(this.folder, key, user, { create: true })
    const now = this.#options.now()
    await vault.write(async (tx) => {
      await tx
        .insertInto('app_user')
        .values({ id: user.id, name: user.name, role: user.role, active: 1, created_at: now })
        .execute()
      const stamp = { version: 1, updated_by: user.id, updated_at: now }
      const { address, phone, npi, taxId, name } = input.office
      await tx
        .insertInto('office')
        .values({ id: 1, name, ...address, phone, npi, tax_id: taxId, ...stamp })
        .execute()
      if (input.provider) {
        const provider = input.provider
        await tx
          .insertInto('provider')
          .values({
            id: uuidv7() as never,
            first_name: provider.firstName,
            last_name: provider.lastName,
            npi: provider.npi,
            license: provider.license,
            taxonomy: provider.taxonomy,
            active: 1,
            ...stamp,
          })
          .execute()
      }
      vault.head = await appendAudit(tx, vault.auditKey, vault.head, this.#row(vault, 'session.setup', 'office', '1'))
    })
    this.#vault = vault
    this.#key = key
    return { recoveryCode, user }
  }

  /** A set-up whose code was never typed back holds nothing but the office form; it may start again. */
  async #discardUnconfirmed(): Promise<void> {
    const paths = this.#paths()
    await this.#dropVault()
    for (const file of [paths.database, `${paths.database}-wal`, paths.keyring, `${paths.keyring}.bak`])
      rmSync(file, { force: true })
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
    const keyring = this.#readForSignIn()
    const slot = keyring.slots.find((candidate) => candidate.name.toLowerCase() === input.name.toLowerCase())
    const candidate = slot ?? keyring.slots[0]!
    const key = await unwrapKey(candidate.wrapped, input.password, candidate.id)
    if (!slot || !key) throw this.#countFailure(keyring)
    return {
      user: await this.#open(
        keyring,
        key,
        { id: slot.id as UserId, name: slot.name, role: slot.role },
        'session.signIn',
      ),
    }
  }

  async recover(input: ParsedInputOf<'session.recover'>): Promise<OutputOf<'session.recover'>> {
    const keyring = this.#readForSignIn()
    const code = readRecoveryCode(input.recoveryCode)
    const slot = keyring.slots.find((candidate) => candidate.name.toLowerCase() === input.name.toLowerCase())
    const key = code ? await unwrapKey(keyring.recovery, code, 'recovery') : null
    if (!slot || !key) throw this.#countFailure(keyring)
    checkPassword(input.newPassword, input.name)
    const wrapped = await wrapKey(key, input.newPassword, slot.id, this.#options.scryptN ?? SCRYPT_N)
    const slots = keyring.slots.map((other) => (other.id === slot.id ? { ...other, wrapped } : other))
    return {
      user: await this.#open(
        { ...keyring, slots },
        key,
        { id: slot.id as UserId, name: slot.name, role: slot.role },
        'session.recover',
      ),
    }
  }

  #readForSignIn(): Keyring {
    if (this.#vault && this.#confirmed())
      throw new AppError('REFUSED', 'Lock first, then another person can sign in.', { reasons: ['open'] })
    const keyring = readKeyring(this.#paths().keyring)
    if (keyring.blockedUntil && keyring.blockedUntil > this.#options.now()) {
      throw new AppError('TOO_MANY_ATTEMPTS', 'Too many wrong passwords. Wait five minutes and try again.', {
        retryAt: keyring.blockedUntil,
      })
    }
    return keyring
  }

  #countFailure(keyring: Keyring): AppError {
    const failures = keyring.failures + 1
    const blocked = failures % MAX_FAILURES === 0
    const blockedUntil = blocked
      ? new Date(Date.parse(this.#options.now()) + BLOCK_MINUTES * 60_000).toISOString()
      : null
    writeKeyring(this.#paths().keyring, { ...keyring, failures, blockedUntil })
    if (blocked)
      return new AppError('TOO_MANY_ATTEMPTS', 'Too many wrong passwords. Wait five minutes and try again.', {
        retryAt: blockedUntil,
      })
    return new AppError('WRONG_PASSWORD', 'The name or password is not right. Check Caps Lock and try again.', {
      left: MAX_FAILURES - (failures % MAX_FAILURES),
    })
  }

  async #open(keyring: Keyring, key: Buffer, user: SessionUser, action: string): Promise<SessionUser> {
    if (this.#vault) await this.#dropVault()
    this.#takeLock()
    try {
      const vault = await OpenVault.open(this.folder, key, user, {
        create: false,
        beforeMigration: (sqlite) => this.#backupWith(sqlite, key, keyring, 'before-migration', { seq: 0, hash: '' }),
      })
      const anchor = this.#readAnchor()
      if (anchor && anchor.seq > vault.head.seq) {
        await vault.close()
        throw new AppError('DATA_DAMAGED', 'The newest changes are missing from the database file. Restore a backup.', {
          problem: 'older-than-anchor',
        })
      }
      await vault.write(async (tx) => {
        vault.head = await appendAudit(
          tx,
          vault.auditKey,
          vault.head,
          this.#row(vault, action, 'session', vault.sessionId),
        )
      })
      this.#vault = vault
      this.#key = key
    } catch (error) {
      this.#releaseLock()
      key.fill(0)
      if (error instanceof AppError && error.code === 'DATA_DAMAGED')
        this.#problem = { code: problemOf(error), message: error.message }
      throw error
    }
    writeKeyring(this.#paths().keyring, { ...keyring, failures: 0, blockedUntil: null, lockedBy: null })
    this.#armIdle()
    this.#options.announce({ type: 'changed', topics: ['session'] })
    return user
  }

  async lock(input: ParsedInputOf<'session.lock'>): Promise<Record<string, never>> {
    if (!this.#vault) return {}
    const name = this.#vault.user.name
    await this.#dropVault()
    const file = this.#paths().keyring
    writeKeyring(file, { ...readKeyring(file), lockedBy: name })
    this.#options.announce({ type: 'locked', reason: input.reason })
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

  async changePassword(input: ParsedInputOf<'session.changePassword'>): Promise<Record<string, never>> {
    const vault = this.#need()
    const file = this.#paths().keyring
    const keyring = readKeyring(file)
    const slot = keyring.slots.find((candidate) => candidate.id === vault.user.id)!
    const key = await unwrapKey(slot.wrapped, input.password, slot.id)
    if (!key) throw new AppError('WRONG_PASSWORD', 'The present password is not right.', {})
    checkPassword(input.newPassword, slot.name)
    slot.wrapped = await wrapKey(key, input.newPassword, slot.id, this.#options.scryptN ?? SCRYPT_N)
    key.fill(0)
    writeKeyring(file, keyring)
    await this.#trail('session.changePassword', 'user', slot.id)
    return {}
  }

  async setAutoLock(input: ParsedInputOf<'session.setAutoLock'>): Promise<Record<string, never>> {
    const file = this.#paths().keyring
    writeKeyring(file, { ...readKeyring(file), autoLockMinutes: input.minutes })
    await this.#trail('session.setAutoLock', 'setting', 'autoLockMinutes', { minutes: input.minutes })
    this.#armIdle()
    return {}
  }

  async listUsers(): Promise<OutputOf<'user.list'>> {
    const rows = await this.#need().readOnly((db) => db.selectFrom('app_user').selectAll().orderBy('name').execute())
    return { users: rows.map((row) => ({ id: row.id, name: row.name, role: row.role, active: row.active === 1 })) }
  }

  async addUser(input: ParsedInputOf<'user.add'>): Promise<OutputOf<'user.add'>> {
    const vault = this.#need()
    const file = this.#paths().keyring
    const keyring = readKeyring(file)
    if (keyring.slots.some((slot) => slot.name.toLowerCase() === input.name.toLowerCase()))
      throw new AppError('REFUSED', 'This name is taken. Add an initial.', { reasons: ['name taken'] })
    checkPassword(input.password, input.name)
    const id = uuidv7() as UserId
    const wrapped = await wrapKey(this.#key!, input.password, id, this.#options.scryptN ?? SCRYPT_N)
    await vault.write(async (tx) => {
      await tx
        .insertInto('app_user')
        .values({ id, name: input.name, role: input.role, active: 1, created_at: this.#options.now() })
        .execute()
      vault.head = await appendAudit(
        tx,
        vault.auditKey,
        vault.head,
        this.#row(vault, 'user.add', 'user', id, { role: input.role }),
      )
    })
    keyring.slots.push({ id, name: input.name, role: input.role, wrapped })
    writeKeyring(file, keyring)
    return { id }
  }

  async removeUser(input: ParsedInputOf<'user.remove'>): Promise<Record<string, never>> {
    const vault = this.#need()
    const file = this.#paths().keyring
    const keyring = readKeyring(file)
    const slot = keyring.slots.find((candidate) => candidate.id === input.id)
    if (!slot) throw new AppError('NOT_FOUND', 'This person is not in the list.', { entity: 'user', id: input.id })
    const owners = keyring.slots.filter((candidate) => candidate.role === 'owner')
    if (slot.role === 'owner' && owners.length === 1)
      throw new AppError('REFUSED', 'The last owner cannot be removed. Make somebody else owner first.', {
        reasons: ['last owner'],
      })
    if (slot.id === vault.user.id) throw new AppError('REFUSED', 'You cannot remove yourself.', { reasons: ['self'] })
    await vault.write(async (tx) => {
      await tx.updateTable('app_user').set({ active: 0 }).where('id', '=', input.id).execute()
      vault.head = await appendAudit(tx, vault.auditKey, vault.head, this.#row(vault, 'user.remove', 'user', input.id))
    })
    writeKeyring(file, { ...keyring, slots: keyring.slots.filter((candidate) => candidate.id !== input.id) })
    return {}
  }

  async openDemo(): Promise<Record<string, never>> {
    await this.#dropVault()
    this.#demo = true
    const paths = this.#paths()
    rmSync(paths.lock, { force: true })
    // The demo's secret lies beside it: it holds invented people only.
    const secretFile = join(this.folder, 'demo-secret')
    const n = 2 ** 12
    if (!existsSync(paths.database) || !existsSync(secretFile)) {
      rmSync(this.folder, { recursive: true, force: true })
      mkdirSync(this.folder, { recursive: true })
      const password = randomBytes(18).toString('base64')
      const options = this.#options
      const cheap = new Session({ ...options, dataDir: this.folder, scryptN: n, announce: () => undefined })
      const { recoveryCode } = await cheap.setup({
        office: DEMO_OFFICE,
        provider: DEMO_PROVIDER,
        user: { name: 'Demo user', password },
      })
      await cheap.confirmRecovery({ recoveryCode })
      await options.seedDemo(cheap.vault!, options.today())
      await cheap.close()
      writeFileSync(secretFile, password, { mode: 0o600 })
    }
    await this.signIn({ name: 'Demo user', password: readFileSync(secretFile, 'utf8') })
    return {}
  }

  async leaveDemo(): Promise<Record<string, never>> {
    if (!this.#demo) return {}
    await this.#dropVault()
    this.#demo = false
    this.#options.announce({ type: 'locked', reason: 'user' })
    return {}
  }

  #backups(): BackupInfo[] {
    const second = this.#secondPlace()
    return [...listBackups(this.#paths().backups, 'local'), ...(second ? listBackups(second, 'second') : [])].sort(
      (a, b) => (a.at < b.at ? 1 : -1),
    )
  }

  #secondPlace(): string | null {
    try {
      return (JSON.parse(readFileSync(this.#paths().settings, 'utf8')) as { folder: string | null }).folder
    } catch {
      return null
    }
  }

  listBackups(): OutputOf<'backup.list'> {
    const backups = this.#backups()
    return {
      backups,
      secondPlace: this.#secondPlace(),
      lastOffDisk: backups.find((backup) => backup.place === 'second')?.at ?? null,
    }
  }

  async createBackup(reason: BackupReason = 'manual'): Promise<BackupInfo> {
    const vault = this.#need()
    const info = await vault.readOnly(async () => {
      vault.sqlite.pragma('query_only=OFF')
      return this.#backupWith(vault.sqlite, this.#key!, readKeyring(this.#paths().keyring), reason, vault.head)
    })
    vault.changed = false
    this.#options.announce({ type: 'changed', topics: ['backup'] })
    return info
  }

  #backupWith(
    sqlite: OpenVault['sqlite'],
    key: Buffer,
    keyring: Keyring,
    reason: BackupReason,
    auditHead: { seq: number; hash: string },
  ): BackupInfo {
    const paths = this.#paths()
    const blobIds = blobIdsOf(sqlite)
    const source = {
      sqlite,
      key,
      manifestKey: subkey(key, 'manifest'),
      keyringFile: paths.keyring,
      vaultId: keyring.vaultId,
      blobFolder: paths.blobs,
      blobIds,
      auditHead,
      appVersion: this.#options.appVersion,
      now: this.#options.now(),
      reason,
    }
    const info = createBackup(paths.backups, source)
    pruneBackups(paths.backups)
    const second = this.#secondPlace()
    if (second && existsSync(second)) {
      createBackup(second, source)
      pruneBackups(second)
    }
    return info
  }

  async setSecondPlace(input: ParsedInputOf<'backup.setSecondPlace'>): Promise<Record<string, never>> {
    const folder = input.folder
    if (folder !== null && (!isAbsolute(folder) || !existsSync(folder)))
      throw new AppError('REFUSED', 'This folder does not exist. Plug in the drive, or choose another folder.', {
        reasons: ['folder'],
      })
    writeFileAtomic(this.#paths().settings, JSON.stringify({ folder }))
    await this.#trail('backup.setSecondPlace', 'setting', 'secondPlace')
    return {}
  }

  async restoreBackup(input: ParsedInputOf<'backup.restore'>): Promise<Record<string, never>> {
    const info = this.#backups().find((backup) => backup.id === input.id)
    if (!info) throw new AppError('NOT_FOUND', 'This backup is not in the list.', { entity: 'backup' })
    const folder = info.place === 'second' ? this.#secondPlace()! : this.#paths().backups
    const keyring = readKeyring(join(folder, info.id, 'keyring.json'))
    const key = await this.#keyFrom(keyring, input.secret)
    if (!key)
      throw new AppError(
        'WRONG_PASSWORD',
        'Neither a password nor the recovery code of that backup. Check it and try again.',
        {},
      )
    try {
      verifyBackup(folder, info.id, key, subkey(key, 'manifest'))
      await this.#dropVault()
      const paths = this.#paths()
      rmSync(paths.audit, { force: true })
      restoreBackup(
        folder,
        info.id,
        { database: paths.database, keyring: paths.keyring, blobs: paths.blobs },
        this.#options.now(),
      )
    } finally {
      key.fill(0)
    }
    this.#problem = null
    this.#options.announce({ type: 'locked', reason: 'user' })
    return {}
  }

  async #keyFrom(keyring: Keyring, secret: string): Promise<Buffer | null> {
    const code = readRecoveryCode(secret)
    if (code) return unwrapKey(keyring.recovery, code, 'recovery')
    for (const slot of keyring.slots) {
      const key = await unwrapKey(slot.wrapped, secret, slot.id)
      if (key) return key
    }
    return null
  }

  /** After a disk error: the connection is thrown away and opened again with the same key. */
  async reopen(): Promise<void> {
    if (!this.#vault || !this.#key) return
    const { user } = this.#vault
    const key = Buffer.from(this.#key)
    await this.#vault.close().catch(() => undefined)
    this.#vault = null
    try {
      this.#vault = await OpenVault.open(this.folder, key, user, { create: false })
      this.#key = key
    } catch {
      this.#options.announce({ type: 'locked', reason: 'system' })
    }
  }

  /** Backs up when something changed, then closes. */
  async close(): Promise<void> {
    if (this.vault?.changed && !this.#demo) await this.createBackup('quit').catch(() => undefined)
    await this.#dropVault()
  }

  async #dropVault(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
    const vault = this.#vault
    this.#vault = null
    this.#key?.fill(0)
    this.#key = null
    if (!vault) return
    writeFileAtomic(vaultPaths(vault.folder).audit, JSON.stringify(vault.head))
    await vault.close()
    this.#releaseLock()
  }

  #readAnchor(): { seq: number; hash: string } | null {
    try {
      return JSON.parse(readFileSync(this.#paths().audit, 'utf8')) as { seq: number; hash: string }
    } catch {
      return null
    }
  }

  #need(): OpenVault {
    if (!this.#vault) throw new AppError('LOCKED', 'Sign in first.', {})
    return this.#vault
  }

  #takeLock(): void {
    const file = this.#paths().lock
    if (existsSync(file)) {
      const holder = JSON.parse(readFileSync(file, 'utf8') || '{}') as { pid?: number; host?: string }
      const here = holder.host === hostname()
      if (holder.pid !== undefined && holder.pid !== process.pid && (!here || isAlive(holder.pid))) {
        throw new AppError('DATA_IN_USE', `Claimwright is already open on this data folder (${holder.host}).`, {
          host: holder.host,
        })
      }
    }
    mkdirSync(this.folder, { recursive: true })
    writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname() }))
  }

  #releaseLock(): void {
    rmSync(this.#paths().lock, { force: true })
  }

  async #trail(action: string, entity: string, entityId: string, after?: unknown): Promise<void> {
    const vault = this.#need()
    await vault.write(async (tx) => {
      vault.head = await appendAudit(tx, vault.auditKey, vault.head, this.#row(vault, action, entity, entityId, after))
    })
  }

  #row(vault: OpenVault, action: string, entity: string, entityId: string, after?: unknown): AuditRow {
    return {
      at: this.#options.now(),
      user_id: vault.user.id,
      session_id: vault.sessionId,
      action,
      entity,
      entity_id: entityId,
      patient_id: null,
      before_json: null,
      after_json: after === undefined ? null : JSON.stringify(after),
      reason: '',
    }
  }
}

/** Every file that the database knows; before a migration one of the tables may not be there yet. */
function blobIdsOf(sqlite: OpenVault['sqlite']): string[] {
  const present = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  return ['attachment', 'packet_file']
    .filter((table) => present.includes(table))
    .flatMap((table) => sqlite.prepare(`SELECT blob_id FROM ${table}`).pluck().all() as string[])
}

function problemOf(error: AppError): string {
  const { problem } = error.details
  return typeof problem === 'string' ? problem : 'unknown'
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

const DEMO_OFFICE = {
  name: 'Sample Dental Practice (demo)',
  address: { street: '100 Sample Ave', city: 'Springfield', state: 'IL', zip: '62701' },
  phone: '555-555-0100',
  npi: '1234567893',
  taxId: '12-3456789',
}
const DEMO_PROVIDER = {
  firstName: 'Pat',
  lastName: 'Doe',
  npi: '1245319599',
  license: 'DEMO-0001',
  taxonomy: '1223E0200X',
}
