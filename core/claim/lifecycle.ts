// The life of a claim as a table.
import { lifeCycle } from '../state-table.ts'
import type { ClaimEvent, ClaimState } from './schema.ts'

const EVENT_WORDS: Record<ClaimEvent, string> = {
  send: 'Mark as sent',
  reject: 'Rejected by the payer',
  adjudicate: 'EOB received',
  reopen: 'Open again',
  close: 'Close',
  void: 'Void',
}

export const claimLife = lifeCycle<ClaimState, ClaimEvent, ClaimEvent | 'undo'>({
  table: {
    draft: { send: 'sent', void: 'void' },
    sent: { adjudicate: 'adjudicated', reject: 'rejected', void: 'void' },
    rejected: { send: 'sent', void: 'void' },
    adjudicated: { close: 'closed', reopen: 'sent' },
    closed: { reopen: 'adjudicated' },
    void: {},
  },
  states: {
    draft: 'Draft',
    sent: 'Sent',
    rejected: 'Rejected',
    adjudicated: 'EOB received',
    closed: 'Closed',
    void: 'Void',
  },
  events: EVENT_WORDS,
  done: {
    ...EVENT_WORDS,
    send: 'Sent',
    reopen: 'Opened again',
    close: 'Closed',
    void: 'Voided',
    undo: 'Undone',
  },
  refusal: (state, event) => `A claim that is ${state} does not allow “${EVENT_WORDS[event]}”.`,
})
