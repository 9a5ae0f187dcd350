// The next recovery code: made, shown, and kept nowhere before it was typed back.
import { newRecoveryCode, readRecoveryCode, type Wrapped, wrapKey } from '#db/keyring.ts'
import type { Claim } from './people.ts'

/** A recovery code that was shown and not typed back yet; nothing of it is kept before. */
export interface Pending {
  /** The data key under the new code. */
  wrapped: Wrapped
  /** For somebody who forgot their password: by the code before it, with the key under the new password. */
  recovering: { claim: Claim; password: Wrapped } | null
}

/** A new code, and the data key under it. */
export async function newCode(key: Buffer, scryptN: number): Promise<{ recoveryCode: string; wrapped: Wrapped }> {
  const recoveryCode = newRecoveryCode()
  return { recoveryCode, wrapped: await wrapKey(key, readRecoveryCode(recoveryCode)!, 'recovery', scryptN) }
}
