// One person at one PC: set-up, sign-in, lock, users, demo, backups. Answers in the shapes of core/contract/session.ts.
import { randomUUID } from 'node:crypto'
import type { HostEvent } from '#core/contract/events.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import { bestEffort } from '#db/files.ts'
import { type Keyring, readKeyring, readRecoveryCode, unwrapKey, wrapKey, writeKeyring } from '#db/keyring.ts'
import type { Caller, Principal, SessionUser } from '#host/kernel/caller.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { RunAsCommand } from '#host/kernel/router.ts'
import type { Store } from '#host/kernel/store.ts'
import { visitDemo } from './demo-visit.ts'
import { letGo } from './farewell.ts'
import { bringing } from './leave/bringing.ts'
import { forgetBringing } from './leave/bringing-mark.ts'
import { newCode, type Pending } from './next-code.ts'
import { foundOffice, type Founding, writeOffice } from './new-office.ts'
import type { Office } from './office.ts'
import { checkPassword } from './password.ts'
import { describeSession, type Status } from './status.ts'
import { type Present, recordTrail } from './trail.ts'
import type { Claim } from './people.ts'
import { changePerson } from './people-rows.ts'
import { tryPin, wrongPin } from './pins.ts'
import { keyringForSignIn, provePassword, refused } from './proof.ts'
import type { Try } from './refused-tries.ts'
import { addUser, resetPassword, slotOf, type UserDesk } from './users.ts'

const WRONG_NAME_OR_PASSWORD = 'The name or password is not right. Check Caps Lock and try again.'

export class Session implements Caller {
  readonly #office: Office
  readonly #workstation: string
  readonly #listeners = new Set<(event: HostEvent) => void>()
  #principal: Principal | null = null
  #pending: Pending | null = null
  #work = new AbortController()
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor(office: Office, workstation: string) {
    this.#office = office
    this.#workstation = workstation
    office.seats.add(this)
  }

  get principal(): Principal | null {
    return this.#principal
  }

  get isFree(): boolean {
    return this.#principal === null && this.#pending === null
  }

  get store(): Store | null {
    return this.#principal ? this.#office.vault : null
  }

  get signal(): AbortSignal {
    return this.#work.signal
  }

  tell(event: HostEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  on(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Commands under way for this session end without saving. */
  stop(): Record<string, never> {
    this.#work.abort()
    this.#work = new AbortController()
    return {}
  }

  vacate(): void {
    clearTimeout(this.#idle)
    this.#principal = null
    this.#pending = null
    this.stop()
  }

  #seat(user: SessionUser): Principal {
    return { user, sessionId: randomUUID(), workstation: this.#workstation }
  }

  status(): Promise<Status> {
    const { isDemo, options, problem, paths, backups, restored } = this.#office
    const { pins, today } = options
    return describeSession({
      base: { demo: isDemo, today: options.today(), appVersion: options.appVersion },
      problem,
      restored,
      paths,
      user: this.#principal?.user ?? null,
      backups,
      isReadOnly: () => this.#office.isReadOnly,
      withPin: (vaultId) => pins.people(vaultId, today()),
    })
  }

  async setup(input: ParsedInputOf<'session.setup'>): Promise<OutputOf<'session.setup'>> {
    const now = this.#office.options.now()
    const { recoveryCode } = await this.#found(input.user, async () => ({
      officeName: input.office.name,
      begin: (present, tx) => writeOffice(present, tx, now, input),
    }))
    return { recoveryCode, user: this.#principal!.user }
  }

  async bring(input: ParsedInputOf<'session.bring'>): Promise<OutputOf<'session.bring'>> {
    const brought = bringing(this.#office, this, input)
    const { recoveryCode } = await this.#found(input.user, () => brought.founding())
    return { recoveryCode, ...brought.told() }
  }

  async #found(user: ParsedInputOf<'session.bring'>['user'], prepare: () => Promise<Founding>) {
    const founded = await foundOffice(this.#office, user, (one) => this.#seat(one), prepare)
    try {
      this.#sit(founded.principal)
    } catch (error) {
      await letGo(founded.vault)
      throw error
    }
    this.#office.keep(founded.vault)
    return founded
  }

  /** The code of a set-up, or one that `recover` or `newRecoveryCode` prepared. */
  async confirmRecovery(
    input: ParsedInputOf<'session.confirmRecovery'>,
    run: RunAsCommand,
  ): Promise<Record<string, never>> {
    const { paths } = this.#office
    const keyring = readKeyring(paths.keyring)
    const pending = this.#pending
    const code = readRecoveryCode(input.recoveryCode)
    const key = code ? await unwrapKey(pending?.wrapped ?? keyring.recovery, code, 'recovery') : null
    if (!key)
      throw new AppError(
        'WRONG_PASSWORD',
        'The code differs from the one shown. Check each group and type it again.',
        {},
      )
    if (pending) {
      await this.#replaceCode(pending, key, run)
      return {}
    }
    key.fill(0)
    if (keyring.confirmed) throw new AppError('REFUSED', 'This code is valid already.', { reasons: ['confirmed'] })
    writeKeyring(paths.keyring, { ...keyring, confirmed: true })
    forgetBringing(paths)
    this.#office.confirm()
    this.#begin()
    return {}
  }

  /** From here on the new code is the one that opens, and for somebody who forgot their password, the new password. */
  async #replaceCode(pending: Pending, key: Buffer, run: RunAsCommand): Promise<void> {
    const { recovering, wrapped } = pending
    if (recovering) {
      const keyring = await this.#readForSignIn()
      this.#pending = null
      const principal = await this.#enter(keyring, key, recovering.claim, 'session.recover')
      if (!principal)
        throw this.#countRefused('recover', recovering.claim.id, 'This code has ended. Use the newest one.')
    } else key.fill(0)
    this.#pending = null
    const replace = async ({ tx, audit }: CommandContext) => {
      if (recovering) await changePerson(tx, recovering.claim.id as UserId, { wrapped: recovering.password })
      audit({ entity: 'user', entityId: this.#principal!.user.id })
    }
    try {
      await this.#office.changeKeys(run, replace, wrapped)
    } catch (error) {
      if (recovering) await this.lock({ reason: 'system' })
      throw error
    }
    this.#begin()
  }

  async signIn(input: ParsedInputOf<'session.signIn'>): Promise<OutputOf<'session.signIn'>> {
    const keyring = await this.#readForSignIn()
    const slot = slotOf(keyring, input.name)
    const candidate = slot ?? keyring.slots[0]!
    const key = await unwrapKey(candidate.wrapped, input.password, candidate.id)
    const claim: Claim = { id: candidate.id, wrapped: candidate.wrapped, by: 'password' }
    const principal = slot && key ? await this.#enter(keyring, key, claim, 'session.signIn') : null
    if (!principal) {
      key?.fill(0)
      throw this.#countRefused('signIn', slot?.id ?? '', WRONG_NAME_OR_PASSWORD)
    }
    this.#begin()
    return { user: principal.user }
  }

  /** By the PIN of today. The try counts before it is looked at, in a process that a crash here does not reach. */
  async signInByPin({ id, pin }: ParsedInputOf<'session.signInByPin'>): Promise<OutputOf<'session.signInByPin'>> {
    const keyring = await this.#readForSignIn()
    const { pins, today } = this.#office.options
    const tried = await tryPin(pins, id, pin, today())
    if (!tried) throw new AppError('REFUSED', 'This PIN has ended. Type the password.', { reasons: ['no pin'] })
    const { key, claim, left, keep } = tried
    const principal = key && (await this.#enter(keyring, key, claim, 'session.signInByPin'))
    if (!principal) {
      key?.fill(0)
      throw this.#countRefused('signInByPin', id, wrongPin(left))
    }
    await keep()
    this.#begin()
    return { user: principal.user }
  }

  async recover(input: ParsedInputOf<'session.recover'>): Promise<OutputOf<'session.recover'>> {
    const keyring = await this.#readForSignIn()
    const code = readRecoveryCode(input.recoveryCode)
    const slot = slotOf(keyring, input.name)
    const key = code ? await unwrapKey(keyring.recovery, code, 'recovery') : null
    if (!slot || !key) {
      key?.fill(0)
      throw this.#countRefused('recover', slot?.id ?? '', WRONG_NAME_OR_PASSWORD)
    }
    try {
      checkPassword(input.newPassword, input.name)
      const password = await wrapKey(key, input.newPassword, slot.id, this.#office.scryptN)
      return await this.#prepareCode(key, { claim: { id: slot.id, wrapped: keyring.recovery, by: 'code' }, password })
    } finally {
      key.fill(0)
    }
  }

  async newRecoveryCode(input: ParsedInputOf<'session.newRecoveryCode'>): Promise<OutputOf<'session.newRecoveryCode'>> {
    await provePassword(this.#office, this.present, 'newRecoveryCode', input.password)
    return this.#prepareCode(this.present.vault.key, null)
  }

  async #prepareCode(key: Buffer, recovering: Pending['recovering']): Promise<{ recoveryCode: string }> {
    const { recoveryCode, wrapped } = await newCode(key, this.#office.scryptN)
    this.#pending = { wrapped, recovering }
    return { recoveryCode }
  }

  async #readForSignIn(): Promise<Keyring> {
    if (this.store) throw new AppError('REFUSED', 'Lock first, then another person can sign in.', { reasons: ['open'] })
    return keyringForSignIn(this.#office)
  }

  #countRefused(what: Try['what'], id: string, words: string): AppError {
    return refused(this.#office, this.#principal, { what, id }, words)
  }

  /** @returns null for somebody who may not, or not with this password, any more */
  async #enter(keyring: Keyring, key: Buffer, claim: Claim, action: string): Promise<Principal | null> {
    const principal = await this.#office.enter({ keyring, key, claim }, (user) => this.#seat(user), action)
    if (principal) this.#sit(principal)
    return principal
  }

  /** @throws LOCKED when the connection ended meanwhile: nobody could ever lock it */
  #sit(principal: Principal): void {
    const office = this.#office
    if (!office.seats.has(this)) {
      office.leaveUnlessUsed()
      throw new AppError('LOCKED', 'Sign in first.', {})
    }
    this.#principal = principal
  }

  #begin(): void {
    this.#armIdle()
    this.#office.announce({ type: 'changed', topics: ['session'] })
  }

  /** The page is hidden at once, what runs for it stops; the answer comes when the backup is written and the key is zeroed. */
  async lock(input: ParsedInputOf<'session.lock'>): Promise<Record<string, never>> {
    if (!this.#principal) return {}
    const { name } = this.#principal.user
    const office = this.#office
    const file = office.paths.keyring
    bestEffort(() => writeKeyring(file, { ...readKeyring(file), lockedBy: name }))
    this.vacate()
    this.tell({ type: 'locked', reason: input.reason })
    // Somebody may be about to join: whether anybody is left is known after that.
    await office.inTurn(() => office.leaveUnlessUsed())
    await office.left
    return {}
  }

  activity(): Record<string, never> {
    if (this.#principal) this.#armIdle()
    return {}
  }

  #armIdle(): void {
    clearTimeout(this.#idle)
    const { autoLockMinutes } = readKeyring(this.#office.paths.keyring)
    this.#idle = setTimeout(() => void this.lock({ reason: 'idle' }), autoLockMinutes * 60_000).unref()
  }

  /** Who sits here, in the open office. @throws LOCKED */
  get present(): Present {
    const vault = this.#office.need()
    if (!this.#principal) throw new AppError('LOCKED', 'Sign in first.', {})
    return { vault, principal: this.#principal }
  }

  /** What changing users and passwords needs. */
  #desk(run: RunAsCommand): UserDesk {
    const { scryptN } = this.#office
    return { key: this.#office.need().key, scryptN, change: (work) => this.#office.changeKeys(run, work) }
  }

  async changePassword(
    input: ParsedInputOf<'session.changePassword'>,
    run: RunAsCommand,
  ): Promise<Record<string, never>> {
    const present = this.present
    await provePassword(this.#office, present, 'changePassword', input.password)
    await resetPassword(this.#desk(run), { id: present.principal.user.id, password: input.newPassword })
    return {}
  }

  addUser(input: ParsedInputOf<'user.add'>, run: RunAsCommand): Promise<OutputOf<'user.add'>> {
    return addUser(this.#desk(run), input)
  }

  /** Another role, another password, no place any more: for somebody else. */
  async changeUser<Input extends { id: UserId }>(
    change: (desk: UserDesk, input: Input) => Promise<void>,
    input: Input,
    run: RunAsCommand,
  ): Promise<Record<string, never>> {
    await change(this.#desk(run), input)
    return this.#afterChangeOf(input.id)
  }

  /** They leave, wherever they sit; those who stay see who is there now. */
  #afterChangeOf(id: UserId): Record<string, never> {
    this.#office.dismiss(id)
    this.#office.leaveUnlessUsed()
    this.#office.announce({ type: 'changed', topics: ['user', 'session', 'case', 'task'] })
    return {}
  }

  async setAutoLock(input: ParsedInputOf<'session.setAutoLock'>): Promise<Record<string, never>> {
    const file = this.#office.paths.keyring
    writeKeyring(file, { ...readKeyring(file), autoLockMinutes: input.minutes })
    await this.#trail('session.setAutoLock', 'setting', 'autoLockMinutes', { minutes: input.minutes })
    this.#armIdle()
    return {}
  }

  openDemo(): Promise<Record<string, never>> {
    const founderOf = (office: Office) => new Session(office, this.#workstation)
    return visitDemo(this.#office, this, founderOf, (input) => this.signIn(input))
  }

  async setSecondPlace(input: ParsedInputOf<'backup.setSecondPlace'>): Promise<Record<string, never>> {
    const { backups, paths } = this.#office
    await backups.choose(paths, input.folder)
    await this.#trail('backup.setSecondPlace', 'setting', 'secondPlace')
    void backups.bring(paths)
    return {}
  }

  /** The connection ends: whoever sat here is locked out. */
  async close(): Promise<void> {
    const office = this.#office
    office.seats.delete(this)
    await this.lock({ reason: 'system' })
    // A sign-in here that was under way is over, and what it opened is left.
    await office.inTurn(() => undefined)
    await office.left
    this.#listeners.clear()
  }

  async #trail(action: string, entity: string, entityId: string, after?: unknown): Promise<void> {
    const present = this.present
    const now = this.#office.options.now()
    await present.vault.write((tx) => recordTrail(present, tx, now, [action, entity, entityId], after))
  }
}
