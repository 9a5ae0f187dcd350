// The life of an appeal as a table, and the words for its levels.
import { lifeCycle } from '../state-table.ts'
import { type IsoDate, latestOf } from '../dates.ts'
import { type Cents, formatMoney, sumCents } from '../money.ts'
import type { Appeal, AppealEvent, AppealState, Settlement } from './schema.ts'

const EVENT_WORDS: Record<AppealEvent, string> = {
  send: 'Mark as sent',
  win: 'Won',
  win_partly: 'Partly won',
  lose: 'Decision upheld',
  withdraw: 'Withdraw',
}

export const appealLife = lifeCycle<AppealState, AppealEvent, AppealEvent | 'undo'>({
  table: {
    draft: { send: 'sent', withdraw: 'withdrawn' },
    sent: { win: 'won', win_partly: 'partly_won', lose: 'lost', withdraw: 'withdrawn' },
    won: {},
    partly_won: {},
    lost: {},
    withdrawn: {},
  },
  states: {
    draft: 'Draft',
    sent: 'Sent',
    won: 'Won',
    partly_won: 'Partly won',
    lost: 'Upheld',
    withdrawn: 'Withdrawn',
  },
  events: EVENT_WORDS,
  done: { ...EVENT_WORDS, send: 'Sent', withdraw: 'Withdrawn', undo: 'Undone' },
  refusal: (state, event) => `An appeal that is ${state} does not allow “${EVENT_WORDS[event]}”.`,
})

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
  const paidOn = latestOf(since.map((one) => one.receivedOn))
  return { paidOn: recoveredCents > 0 ? paidOn! : null, recoveredCents: Math.max(0, recoveredCents) }
}

/** The state in words, with the payment that closes a won appeal. */
export function stateWords({ state, settlement }: { state: AppealState; settlement: Settlement | null }): string {
  if (!settlement) return appealLife.states[state]
  if (settlement.paidOn === null) return `${appealLife.states[state]}, waiting for payment`
  return `${appealLife.states[state]}, paid ${formatMoney(settlement.recoveredCents)}`
}
