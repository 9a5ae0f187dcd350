// Who somebody is today, by the key with which they opened the data.
import type { UserId } from '#core/ids.ts'
import { type Holders, isSameWrapped, type KeySlot, type Wrapped } from '#db/keyring.ts'
import type { SessionUser } from '#host/kernel/caller.ts'

/** With which of the wrapped keys somebody opened the data, and who they say they are. */
export interface Claim {
  id: string
  wrapped: Wrapped
  by: 'password' | 'code'
}

/** Who that is today; null for somebody who was removed, and for an old password or code. */
export function admit(holders: Holders | null, { id, wrapped, by }: Claim): SessionUser | null {
  const slot = holders?.slots.find((one) => one.id === id)
  const today = by === 'code' ? holders?.recovery : slot?.wrapped
  return slot && today && isSameWrapped(today, wrapped) ? userOf(slot) : null
}

function userOf({ id, name, role }: KeySlot): SessionUser {
  return { id: id as UserId, name, role }
}
