// How the states of a claim look, in its case and on the list of claims.
import type { ClaimState } from '#core/claim/schema.ts'
import type { Tone } from '../ui/status-tag.tsx'

export const CLAIM_TONES: Record<ClaimState, Tone> = {
  draft: 'todo',
  sent: 'wait',
  rejected: 'block',
  adjudicated: 'info',
  closed: 'ok',
  void: 'plain',
}
