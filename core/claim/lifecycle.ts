// The life of a claim as a table.
import type { Transition } from '../authorization/lifecycle.ts'
import type { ClaimEvent, ClaimState } from './schema.ts'

type Table = Record<ClaimState, Partial<Record<ClaimEvent, ClaimState>>>

export const CLAIM_TABLE = {
  draft: { send: 'sent', void: 'void' },
  sent: { adjudicate: 'adjudicated', reject: 'rejected', void: 'void' },
  rejected: { send: 'sent', void: 'void' },
  adjudicated: { close: 'closed', reopen: 'sent' },
  closed: { reopen: 'adjudicated' },
  void: {},
} as const satisfies Table

/** The events the table offers in a state. */
export function eventsFrom(state: ClaimState): ClaimEvent[] {
  return Object.keys(CLAIM_TABLE[state]) as ClaimEvent[]
}

/** Where an event leads, or why it cannot happen now. */
export function transition(state: ClaimState, event: ClaimEvent): Transition<ClaimState> {
  const to = (CLAIM_TABLE as Table)[state][event]
  if (to) return { allowed: true, to }
  return {
    allowed: false,
    reasons: [`A claim that is ${STATE_LABELS[state].toLowerCase()} does not allow “${EVENT_LABELS[event]}”.`],
  }
}

export const STATE_LABELS: Record<ClaimState, string> = {
  draft: 'Draft',
  sent: 'Sent',
  rejected: 'Rejected',
  adjudicated: 'EOB received',
  closed: 'Closed',
  void: 'Void',
}
export const EVENT_LABELS: Record<ClaimEvent, string> = {
  send: 'Mark as sent',
  reject: 'Rejected by the payer',
  adjudicate: 'EOB received',
  reopen: 'Open again',
  close: 'Close',
  void: 'Void',
}
/** What has happened, for the history and for the message after it. */
export const EVENT_DONE: Record<ClaimEvent, string> = {
  ...EVENT_LABELS,
  send: 'Sent',
  reopen: 'Opened again',
  close: 'Closed',
  void: 'Voided',
}
