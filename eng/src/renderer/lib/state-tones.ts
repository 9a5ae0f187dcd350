// How the states of a request and of a claim look, in its case and on the lists. Red means late, nothing else.
import type { AuthorizationState } from '#core/authorization/schema.ts'
import type { ClaimState } from '#core/claim/schema.ts'
import type { Tone } from '../ui/status-tag.tsx'

export const AUTHORIZATION_TONES: Record<AuthorizationState, Tone> = {
  to_verify: 'todo',
  not_required: 'plain',
  drafting: 'todo',
  submitted: 'wait',
  info_requested: 'warn',
  approved: 'ok',
  approved_modified: 'warn',
  denied: 'warn',
  appealed: 'wait',
  expired: 'block',
  replaced: 'plain',
  used: 'ok',
  withdrawn: 'plain',
}

export const CLAIM_TONES: Record<ClaimState, Tone> = {
  draft: 'todo',
  sent: 'wait',
  rejected: 'warn',
  adjudicated: 'info',
  closed: 'ok',
  void: 'plain',
}
