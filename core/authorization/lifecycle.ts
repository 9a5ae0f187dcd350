// The life of an authorization as a table (domain.md 4): what may happen in each state, and what it is called.
import type { IsoDate } from '../dates.ts'
import { lifeCycle } from '../state-table.ts'
import {
  type Authorization,
  type AuthorizationEvent,
  type AuthorizationKind,
  type AuthorizationState,
  EVENT_WORDS,
  STATE_WORDS,
} from './schema.ts'

const AUTHORIZATION_DONE: Record<AuthorizationEvent | 'undo', string> = {
  find_not_required: 'Found not required',
  start_draft: 'Drafted',
  submit: 'Sent',
  request_info: 'Information requested',
  answer_info: 'Information sent',
  approve: 'Approved',
  approve_modified: 'Approved with changes',
  deny: 'Denied',
  appeal: 'Appealed',
  resubmit: 'Prepared again',
  expire: 'Expired',
  extend: 'Extended',
  replace: 'Replaced',
  confirm: 'Confirmed as valid',
  use: 'Used',
  withdraw: 'Withdrawn',
  undo: 'Undone',
}

/** Terminal states: not required, used, replaced, withdrawn. */
export const authorizationLife = lifeCycle<AuthorizationState, AuthorizationEvent, AuthorizationEvent | 'undo'>({
  table: {
    to_verify: { find_not_required: 'not_required', start_draft: 'drafting', withdraw: 'withdrawn' },
    not_required: {},
    drafting: { submit: 'submitted', find_not_required: 'not_required', withdraw: 'withdrawn' },
    submitted: {
      request_info: 'info_requested',
      approve: 'approved',
      approve_modified: 'approved_modified',
      deny: 'denied',
      withdraw: 'withdrawn',
    },
    info_requested: {
      answer_info: 'submitted',
      approve: 'approved',
      approve_modified: 'approved_modified',
      deny: 'denied',
      withdraw: 'withdrawn',
    },
    approved: {
      use: 'used',
      expire: 'expired',
      extend: 'approved',
      replace: 'replaced',
      confirm: 'approved',
      withdraw: 'withdrawn',
    },
    approved_modified: {
      use: 'used',
      expire: 'expired',
      appeal: 'appealed',
      extend: 'approved_modified',
      replace: 'replaced',
      confirm: 'approved_modified',
      withdraw: 'withdrawn',
    },
    denied: { resubmit: 'drafting', appeal: 'appealed', withdraw: 'withdrawn' },
    appealed: { approve: 'approved', approve_modified: 'approved_modified', deny: 'denied', withdraw: 'withdrawn' },
    expired: { resubmit: 'drafting', extend: 'approved', replace: 'replaced', withdraw: 'withdrawn' },
    replaced: {},
    used: {},
    withdrawn: {},
  },
  states: STATE_WORDS,
  events: EVENT_WORDS,
  done: AUTHORIZATION_DONE,
  refusal: (state, event) =>
    `An authorization that is ${state} cannot become “${AUTHORIZATION_DONE[event].toLowerCase()}”.`,
})

/** The steps that still stand: each `undo` takes back the one before it. */
export function standing<Step extends { event: string }>(history: readonly Step[]): Step[] {
  const steps: Step[] = []
  for (const step of history)
    if (step.event === 'undo') steps.pop()
    else steps.push(step)
  return steps
}

/** True while somebody still has to do or decide something before treatment. */
export function isOpen(state: AuthorizationState): boolean {
  return ['to_verify', 'drafting', 'submitted', 'info_requested', 'appealed'].includes(state)
}
export function isApproved(state: AuthorizationState): boolean {
  return state === 'approved' || state === 'approved_modified'
}

/** Granted once; what was done while it held is still covered. */
export function hasEnded(state: AuthorizationState): boolean {
  return state === 'expired' || state === 'replaced'
}
/** The day of the appeal that waits for an answer; null when none does. */
export function appealedOn({ state, history }: Pick<Authorization, 'state' | 'history'>): IsoDate | null {
  return state === 'appealed'
    ? (standing(history)
        .filter((step) => step.event === 'appeal')
        .at(-1)?.on ?? null)
    : null
}

/** An estimate is no guarantee; the absence of a required authorization can deny the claim. */
export const KIND_LABELS: Record<AuthorizationKind, string> = {
  estimate: 'Estimate (predetermination)',
  required: 'Prior authorization (required)',
}
