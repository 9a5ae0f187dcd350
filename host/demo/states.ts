// The states an invented case can be in: which steps lie behind it and what has just happened.
import type { AppealState } from '#core/appeal/schema.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import type { ClaimState } from '#core/claim/schema.ts'
import type { LineOutcome } from '#core/remittance/schema.ts'

export interface SeedState {
  name: string
  weight: number
  /** Days since the last thing that happened. */
  since: readonly [number, number]
  decided: 'no' | 'by_staff' | 'by_dentist'
  papers: 'none' | 'some' | 'all'
  need: 'yes' | 'no' | 'unknown'
  authorization: AuthorizationState | null
  kind: 'required' | 'estimate'
  /** What is odd about an approval. */
  twist: 'fee_changed' | 'booked_late' | null
  treatment: 'planned' | 'begun' | 'done'
  claim: ClaimState | null
  eob: LineOutcome | null
  appeal: AppealState | null
  closed: string
}

type Since = SeedState['since']
type More = Partial<SeedState>
const state = (name: string, weight: number, since: Since, more: More = {}): SeedState => ({
  name,
  weight,
  since,
  decided: 'by_dentist',
  papers: 'all',
  need: 'yes',
  authorization: null,
  kind: 'required',
  twist: null,
  treatment: 'planned',
  claim: null,
  eob: null,
  appeal: null,
  closed: '',
  ...more,
})
const asked = (name: string, weight: number, since: Since, authorization: AuthorizationState, more: More = {}) =>
  state(name, weight, since, { authorization, ...more })
const treated = (name: string, weight: number, since: Since, more: More = {}) =>
  state(name, weight, since, { authorization: 'used', treatment: 'done', ...more })
const answered = (name: string, weight: number, since: Since, eob: LineOutcome, more: More = {}) =>
  treated(name, weight, since, { claim: 'adjudicated', eob, ...more })

/** Weights add up to about 1,000; seven in ten cases are closed, as in a practice with some years behind it. */
export const STATES: readonly SeedState[] = [
  answered('closed, paid', 600, [60, 2000], 'paid', { claim: 'closed', closed: 'Paid in full' }),
  answered('closed, denied', 60, [90, 2000], 'denied', {
    claim: 'closed',
    closed: 'Not covered, patient billed',
    authorization: null,
    need: 'no',
  }),
  state('closed, not treated', 40, [60, 2000], { need: 'no', closed: 'Patient chose another treatment' }),
  state('code open', 40, [0, 12], { decided: 'no', papers: 'none', need: 'unknown' }),
  state('to confirm', 15, [0, 8], { decided: 'by_staff', papers: 'some', need: 'unknown' }),
  state('papers missing', 35, [1, 15], { papers: 'some' }),
  state('need unknown', 20, [0, 8], { need: 'unknown' }),
  state('ready to request', 12, [0, 6]),
  asked('request drafted', 12, [0, 7], 'drafting'),
  asked('request sent', 25, [1, 12], 'submitted'),
  asked('request unanswered', 14, [24, 60], 'submitted'),
  asked('information requested', 8, [1, 8], 'info_requested'),
  asked('approved', 10, [0, 12], 'approved'),
  asked('approved and booked', 12, [3, 20], 'approved'),
  asked('approval ends soon', 5, [152, 178], 'approved'),
  asked('approval over', 4, [182, 200], 'approved'),
  asked('approval expired', 3, [185, 220], 'expired'),
  asked('approved, fee changed since', 4, [10, 60], 'approved', { twist: 'fee_changed' }),
  asked('approved, booked too late', 4, [20, 90], 'approved', { twist: 'booked_late' }),
  asked('estimate sent', 6, [2, 12], 'submitted', { kind: 'estimate', need: 'no' }),
  asked('estimate approved', 4, [1, 10], 'approved', { kind: 'estimate', need: 'no' }),
  asked('approved with changes', 6, [0, 15], 'approved_modified'),
  asked('request denied', 5, [0, 10], 'denied'),
  asked('request appealed', 3, [2, 20], 'appealed'),
  asked('in treatment', 20, [1, 30], 'approved', { treatment: 'begun' }),
  treated('treated, no claim', 10, [0, 12]),
  treated('claim drafted', 6, [0, 6], { claim: 'draft' }),
  treated('claim sent', 22, [1, 27], { claim: 'sent' }),
  treated('claim unanswered', 8, [31, 75], { claim: 'sent' }),
  treated('claim rejected', 4, [0, 8], { claim: 'rejected' }),
  answered('paid', 6, [0, 6], 'paid'),
  answered('partly paid', 4, [0, 10], 'partly_paid'),
  answered('patient owes', 3, [0, 10], 'patient_only'),
  answered('EOB asks', 4, [0, 10], 'info_requested'),
  answered('denied', 6, [0, 10], 'denied'),
  answered('appeal drafted', 4, [0, 14], 'denied', { appeal: 'draft' }),
  answered('appeal sent', 4, [1, 40], 'denied', { appeal: 'sent' }),
  answered('appeal won', 3, [0, 10], 'denied', { appeal: 'won' }),
  answered('appeal lost', 2, [0, 10], 'denied', { appeal: 'lost' }),
]
