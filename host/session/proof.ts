// Who proves who they are: wrong passwords and codes are counted and noted wherever they are typed.
import { AppError } from '#core/errors.ts'
import { type Keyring, readKeyring, unwrapKey } from '#db/keyring.ts'
import type { Principal } from '#host/kernel/caller.ts'
import type { Office } from './office.ts'
import { countRefused, refuseWhileBlocked, type Try } from './refused-tries.ts'
import type { Present } from './trail.ts'

/** @throws TOO_MANY_ATTEMPTS while blocked */
export async function keyringForSignIn(office: Office): Promise<Keyring> {
  await office.settle()
  const { paths, attempts, options } = office
  const keyring = readKeyring(paths.keyring)
  refuseWhileBlocked(attempts, paths, options.now())
  return keyring
}

/** Counts it. @returns what to answer */
export function refused(
  { paths, options, attempts }: Office,
  principal: Principal | null,
  { what, id }: Pick<Try, 'what' | 'id'>,
  words: string,
): AppError {
  return countRefused(attempts, paths, { at: options.now(), what, id, userId: principal?.user.id ?? null }, words)
}

/** Whoever sits at somebody else's desk does not know it, and may not guess on. @throws WRONG_PASSWORD, TOO_MANY_ATTEMPTS */
export async function provePassword(
  office: Office,
  { vault, principal }: Present,
  what: Try['what'],
  password: string,
): Promise<void> {
  const { paths, attempts, options } = office
  refuseWhileBlocked(attempts, paths, options.now())
  const { id } = principal.user
  const slot = (await vault.holders())?.slots.find((one) => one.id === id)
  const key = slot ? await unwrapKey(slot.wrapped, password, id) : null
  if (!key) throw refused(office, principal, { what, id }, 'The current password is not right.')
  key.fill(0)
  attempts.forget(paths.keyring)
}
