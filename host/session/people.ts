// Who somebody is today, by the key with which they opened the data.
import type { UserId } from '#core/ids.ts'
import { type Holders, isSameWrapped, type KeySlot, type Wrapped } from '#db/keyring.ts'
import type { SessionUser } from '#host/kernel/caller.ts'

/** With which of the wrapped keys somebody opened the data, and who they say they are. */
export interface Claim {
  id: string
  wrapped: Wrapped
  by: 'password' | 'code' | 'pin'
  /** Of a PIN: their role when it was chosen. */
  role?: SessionUser['role']
}

/** Whose role, password or place is not what it was. */
export function changedPeople(before: Holders | null, after: Holders | null): string[] {
  const isSame = (one: KeySlot, other: KeySlot) =>
    one.id === other.id && one.role === other.role && isSameWrapped(one.wrapped, other.wrapped)
  const gone = before?.slots.filter((slot) => !after?.slots.some((now) => isSame(slot, now))) ?? []
  return gone.map(({ id }) => id)
}

/** Who that is today; null for somebody who was removed, and for an old password or code. */
export function admit(holders: Holders | null, { id, wrapped, by, role }: Claim): SessionUser | null {
  const slot = holders?.slots.find((one) => one.id === id)
  const today = by === 'code' ? holders?.recovery : slot?.wrapped
  const isAsBefore = slot && (role === undefined || role === slot.role)
  return isAsBefore && today && isSameWrapped(today, wrapped) ? userOf(slot) : null
}

function userOf({ id, name, role }: KeySlot): SessionUser {
  return { id: id as UserId, name, role }
}
