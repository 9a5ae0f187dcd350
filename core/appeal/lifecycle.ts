// The life of an appeal as a table, and the words for its levels.
import type { Transition } from '../authorization/lifecycle.ts'
import type { IsoDate } from '../dates.ts'
import { type Cents, formatMoney, sumCents } from '../money.ts'
import type { Appeal, AppealEvent, AppealLevel, AppealState, Settlement } from './schema.ts'

type Table = Record<AppealState, Partial<Record<AppealEvent, AppealState>>>

export const APPEAL_TABLE = {
  draft: { send: 'sent', withdraw: 'withdrawn' },
  sent: { win: 'won', win_partly: 'partly_won', lose: 'lost', withdraw: 'withdrawn' },
  won: {},
  partly_won: {},
  lost: {},
  withdrawn: {},
} as const satisfies Table

/** The events the table offers in a state. */
export function eventsFrom(state: AppealState): AppealEvent[] {
  return Object.keys(APPEAL_TABLE[state]) as AppealEvent[]
}

/** Where an event leads, or why it cannot happen now. */
export function transition(state: AppealState, event: AppealEvent): Transition<AppealState> {
  const to = (APPEAL_TABLE as Table)[state][event]
  if (to) return { allowed: true, to }
  return {
    allowed: false,
    reasons: [`An appeal that is ${STATE_LABELS[state].toLowerCase()} does not allow “${EVENT_LABELS[event]}”.`],
  }
}

export const STATE_LABELS: Record<AppealState, string> = {
  draft: 'Draft',
  sent: 'Sent',
  won: 'Won',
  partly_won: 'Partly won',
  lost: 'Upheld',
  withdrawn: 'Withdrawn',
}
export const EVENT_LABELS: Record<AppealEvent, string> = {
  send: 'Mark as sent',
  win: 'Won',
  win_partly: 'Partly won',
  lose: 'Decision upheld',
  withdraw: 'Withdraw',
}
/** What has happened, for the history and for the message after it. */
export const EVENT_DONE: Record<AppealEvent, string> = { ...EVENT_LABELS, send: 'Sent', withdraw: 'Withdrawn' }
export const LEVEL_LABELS: Record<AppealLevel, string> = {
  corrected_claim: 'Corrected claim',
  information: 'Send the requested information',
  reconsideration: 'Reconsideration',
  first: 'First appeal',
  second: 'Second appeal',
  peer_to_peer: 'Peer-to-peer review',
  external: 'External review',
}

interface Payment {
  id: string
  claimId: string
  receivedOn: IsoDate
  paidCents: Cents
}

/** What a won appeal brought in: payments on its claim since it was sent. Null unless it was won. */
export function settlementOf(
  appeal: Pick<Appeal, 'state' | 'claimId' | 'remittanceId' | 'sentOn'>,
  payments: readonly Payment[],
): Settlement | null {
  const { state, claimId, remittanceId, sentOn } = appeal
  if ((state !== 'won' && state !== 'partly_won') || sentOn === null) return null
  const since = payments.filter(
    (one) => one.claimId === claimId && one.id !== remittanceId && one.receivedOn >= sentOn && one.paidCents !== 0,
  )
  const recoveredCents = sumCents(since.map((one) => one.paidCents))
  const paidOn = since
    .map((one) => one.receivedOn)
    .sort()
    .at(-1)
  return { paidOn: recoveredCents > 0 ? paidOn! : null, recoveredCents: Math.max(0, recoveredCents) }
}

/** The state in words, with the payment that closes a won appeal. */
export function stateWords({ state, settlement }: { state: AppealState; settlement: Settlement | null }): string {
  if (!settlement) return STATE_LABELS[state]
  if (settlement.paidOn === null) return `${STATE_LABELS[state]}, waiting for payment`
  return `${STATE_LABELS[state]}, paid ${formatMoney(settlement.recoveredCents)}`
}
