// Quick switch: the data key under somebody's PIN of today. The slot goes to the keeper, which is another process where there is one.
import { randomBytes } from 'node:crypto'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import { AppError } from '#core/errors.ts'
import { type PinKeeper, pinProblem, type PinSlot } from '#core/pin.ts'
import { type KeySlot, readKeyring, unwrapKey, type Wrapped, wrapKey } from '#db/keyring.ts'
import { readSettings, writeSettings } from '#host/office/settings.ts'
import type { RunAsCommand } from '#host/kernel/router.ts'
import type { Office } from './office.ts'
import type { Claim } from './people.ts'
import { provePassword } from './proof.ts'
import { type Present, recordTrail } from './trail.ts'

/** The data key under PIN and bytes; and the key slot of its holder, which must still be theirs when it is used. */
interface Sealed {
  key: Wrapped
  holder: Pick<KeySlot, 'role' | 'wrapped'>
}

const secretOf = (pin: string, bytes: Uint8Array) => `${pin}${Buffer.from(bytes).toString('hex')}`

/**
 * A PIN for the rest of the day, in the place of one before. With the password, so that nobody else chooses one at a desk
 * left open.
 * @throws WRONG_PASSWORD, WEAK_PASSWORD, REFUSED where the owner allows none
 */
export async function setOwnPin(
  office: Office,
  present: Present,
  { password, pin }: ParsedInputOf<'session.setPin'>,
): Promise<Record<string, never>> {
  const { vault, principal } = present
  const { pins, today, now } = office.options
  const { id } = principal.user
  const problem = pinProblem(pin)
  if (problem) throw new AppError('WEAK_PASSWORD', problem, {})
  await provePassword(office, present, 'setPin', password)
  if (!(await vault.read((db) => readSettings({ db, kept: new Map() }))).allowPins)
    throw new AppError('REFUSED', 'The owner does not allow PINs here.', { reasons: ['not allowed'] })
  const { role, wrapped } = (await vault.holders())!.slots.find((slot) => slot.id === id)!
  const bytes = randomBytes(32)
  const key = await wrapKey(vault.key, secretOf(pin, bytes), id, office.scryptN)
  const sealed: Sealed = { key, holder: { role, wrapped } }
  const { vaultId } = readKeyring(office.paths.keyring)
  await vault.write((tx) => recordTrail(present, tx, now(), ['session.setPin', 'user', id]))
  await pins.keep({ userId: id, vaultId, day: today(), bytes, sealed })
  bytes.fill(0)
  return {}
}

/** Forbidding them ends every one of today. */
export async function allowPins(
  office: Office,
  { allowed }: ParsedInputOf<'session.allowPins'>,
  run: RunAsCommand,
): Promise<Record<string, never>> {
  await run(async (context) => {
    const before = await readSettings(context)
    await writeSettings(context, { ...before, allowPins: allowed })
    const [was, is] = [before.allowPins, allowed].map((allowPins) => ({ allowPins }))
    context.audit({ entity: 'setting', entityId: 'allowPins', before: was, after: is })
  })
  if (!allowed) await office.options.pins.clear()
  office.announce({ type: 'changed', topics: ['session', 'setting'] })
  return {}
}

/** What a PIN gives; `key` is null for a wrong one, and `left` says how many tries that leaves. */
interface Tried {
  key: Buffer | null
  claim: Claim
  left: number
  /** It was right, and they were let in: what it opened stays for the next time. */
  keep: () => Promise<void>
}

/** What a wrong one is answered. */
export function wrongPin(left: number): string {
  const rest = left === 0 ? 'It has ended: type the password.' : `${left} ${left === 1 ? 'try' : 'tries'} left.`
  return `This PIN is not right. ${rest}`
}

/** One try. @returns null when this person has no PIN (any more) */
export async function tryPin(pins: PinKeeper, id: string, pin: string, day: IsoDate): Promise<Tried | null> {
  const used = await pins.use(id, day)
  if (!used) return null
  const { slot, left } = used
  const { key: wrapped, holder } = slot.sealed as Sealed
  const key = await unwrapKey(wrapped, secretOf(pin, slot.bytes), id)
  return { key, claim: { id, ...holder, by: 'pin' }, left, keep: () => keepAgain(pins, slot) }
}

async function keepAgain(pins: PinKeeper, slot: PinSlot): Promise<void> {
  await pins.keep(slot)
  slot.bytes.fill(0)
}
