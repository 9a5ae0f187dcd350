// Who is signed in, where, and what they may do.
import type { SessionStatus } from '#core/contract/session.ts'
import { PERMISSIONS, type Permission } from '#core/contract/route.ts'
import type { z } from 'zod'
import { useRoute } from './query.ts'

export type KnownSession = z.infer<typeof SessionStatus>

/** The session; only below the gate of app.tsx, where it is known. */
export function useSession(): KnownSession {
  const { data } = useRoute('session.status', {})
  if (!data) throw new Error('useSession needs the gate of app.tsx above it')
  return data
}

/** True when the signed-in person may do this and the data can be written. */
export function useCan(permission: Permission): boolean {
  const { user, readOnly } = useSession()
  if (!user) return false
  const isWrite = permission === 'work' || permission === 'manage'
  return PERMISSIONS[user.role].includes(permission) && !(isWrite && readOnly)
}
