// Claims, remittances and appeals.
import type { AppealId, AuthorizationId, CaseId, ClaimId, CoverageId, LineId, RemittanceId, UserId } from '#core/ids.ts'
import type { Stamped, Text } from './columns.ts'

export interface ClaimTable extends Stamped {
  id: ClaimId
  case_id: CaseId
  coverage_id: CoverageId | null
  authorization_id: AuthorizationId | null
  number: Text
  state: Text
  form_json: Text
  total_cents: number
  sent_on: Text | null
  channel: Text | null
  send_reason: Text
  frequency: 'original' | 'replacement' | 'void'
  replaces_id: ClaimId | null
  payer_claim_number: Text
  created_at: Text
}
export interface ClaimLineTable {
  id: Text
  claim_id: ClaimId
  seq: number
  line_id: LineId | null
  service_date: Text | null
  area: Text | null
  tooth: Text | null
  surfaces: Text
  code: Text
  diagnosis_pointers: Text
  quantity: number
  description: Text
  fee_cents: number
}
export interface RemittanceTable {
  id: RemittanceId
  case_id: CaseId
  claim_id: ClaimId
  eob_date: Text
  received_on: Text
  payer_claim_number: Text
  payment_number: Text
  method: 'check' | 'eft' | 'card' | 'none'
  appeal_days_on_letter: number | null
  information_due_on: Text | null
  note: Text
  paid_cents: number
  /** Of it what was paid for the claim and at no line; below 0: taken off the lines' sum. */
  paid_at_claim_cents: number
  interest_cents: number
  withheld_cents: number
  check_total_cents: number | null
  outcome: Text
  expected_plan_cents: number | null
  reversed_at: Text | null
  reversal_reason: Text
  entered_by: UserId
  entered_at: Text
}
export interface RemittanceLineTable {
  id: Text
  remittance_id: RemittanceId
  seq: number
  claim_line_id: Text | null
  code: Text
  submitted_code: Text | null
  tooth: Text | null
  billed_cents: number
  allowed_cents: number | null
  deductible_cents: number
  coinsurance_cents: number
  paid_cents: number
  outcome: Text
  cause: Text | null
}
export interface AdjustmentTable {
  id: Text
  remittance_line_id: Text
  seq: number
  group_code: 'CO' | 'PR' | 'PI' | 'OA'
  carc: Text
  cents: number
}
export interface RemarkTable {
  remittance_line_id: Text
  seq: number
  rarc: Text
}
export interface AppealTable extends Stamped {
  id: AppealId
  case_id: CaseId
  claim_id: ClaimId
  remittance_id: RemittanceId | null
  level: Text
  state: Text
  deadline_on: Text | null
  deadline_json: Text | null
  letter_json: Text
  sent_on: Text | null
  channel: Text | null
  decided_on: Text | null
  outcome_note: Text
  /** Days to the next level as printed on the decision. */
  next_days: number | null
  created_at: Text
}
