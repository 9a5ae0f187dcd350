// Leaving without losing what was typed.
import { call } from './client.ts'
import { flushDrafts } from './drafts.ts'

/** Writes every draft, then locks. */
export async function lockNow(reason: 'user' | 'system'): Promise<void> {
  await flushDrafts()
  await call('session.lock', { reason })
}
