// Words for what stands on a remittance file.
import type { OutputOf } from '#core/contract/index.ts'
import type { EraClaimState } from '#core/contract/remittance.ts'
import { countOf, formatMoney } from '../../lib/format.ts'
import type { Tone } from '../../ui/status-tag.tsx'

export const ERA_STATE_WORDS: Record<EraClaimState, { word: string; tone: Tone }> = {
  matched: { word: 'Ready to post', tone: 'info' },
  choose: { word: 'Choose our claim', tone: 'warn' },
  unmatched: { word: 'Not matched', tone: 'warn' },
  by_hand: { word: 'Enter by hand', tone: 'warn' },
  posted: { word: 'Posted', tone: 'ok' },
  set_aside: { word: 'Set aside', tone: 'plain' },
}

const METHODS: Readonly<Record<string, string>> = {
  ACH: 'EFT',
  CHK: 'Check',
  FWT: 'Wire',
  BOP: 'Bank’s choice',
  NON: 'No payment',
}
export const methodName = (code: string): string => METHODS[code] ?? code

/** CLP02 in words (X12 pack, section 2). */
const STATUSES: Readonly<Record<string, string>> = {
  '1': 'Primary',
  '2': 'Secondary',
  '3': 'Tertiary',
  '4': 'Denied',
  '19': 'Primary, forwarded',
  '20': 'Secondary, forwarded',
  '21': 'Tertiary, forwarded',
  '22': 'Reversal',
  '23': 'Forwarded',
  '25': 'Estimate',
}
export const statusName = (code: string): string => STATUSES[code] ?? `Status ${code}`

/** What posting did, in a line. */
export const postedWords = ({ posted, paidCents, left }: OutputOf<'era.post'>): string =>
  `${countOf(posted, 'claim')} posted, ${formatMoney(paidCents)}${left.length > 0 ? `; ${left.length} left` : ''}`
