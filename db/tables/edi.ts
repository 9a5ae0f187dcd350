// Claim files, their answers, remittance files.
import type { AuthorizationId, ClaimId, PayerId, RemittanceId, UserId } from '#core/ids.ts'
import type { Text } from './columns.ts'

export interface ClaimFileTable {
  id: Text
  control: number
  is_test: number
  body: Text
  sha256: Text
  state: 'written' | 'accepted' | 'rejected'
  written_by: UserId
  written_at: Text
}
export interface ClaimFileItemTable {
  claim_file_id: Text
  seq: number
  number: Text
  claim_id: ClaimId | null
  authorization_id: AuthorizationId | null
  answer: 'none' | 'accepted' | 'rejected'
  answered_on: Text | null
  reasons_json: Text
}
export interface AcknowledgementTable {
  id: Text
  sha256: Text
  body: Text
  read_by: UserId
  read_at: Text
}
export interface EraFileTable {
  id: Text
  sha256: Text
  bytes: number
  warnings_json: Text
  imported_by: UserId
  imported_at: Text
}
export interface EraPieceTable {
  era_file_id: Text
  seq: number
  body: Uint8Array
}
export interface EraPaymentTable {
  id: Text
  era_file_id: Text
  seq: number
  identity: Text
  payer_name: Text
  payer_tax_id: Text
  trace: Text
  method: Text
  amount_cents: number | null
  paid_on: Text | null
  received_on: Text
  header_json: Text
  difference_cents: number | null
  claim_count: number
  open_count: number
}
export interface EraClaimTable {
  id: Text
  era_payment_id: Text
  seq: number
  number: Text
  payer_claim_number: Text
  status: Text
  charge_cents: number | null
  paid_cents: number | null
  difference_cents: number | null
  body_json: Text
  state: 'matched' | 'choose' | 'unmatched' | 'by_hand' | 'posted' | 'set_aside'
  reason: Text
  claim_id: ClaimId | null
  authorization_id: AuthorizationId | null
  basis: Text
  remittance_id: RemittanceId | null
}
export interface ProviderAdjustmentTable {
  id: Text
  era_payment_id: Text
  seq: number
  reason: Text
  reference: Text
  cents: number | null
  provider_npi: Text
  period_end: Text | null
  claim_id: ClaimId | null
}
export interface ClaimAdjustmentTable {
  remittance_id: RemittanceId
  seq: number
  group_code: 'CO' | 'PR' | 'PI' | 'OA'
  carc: Text
  cents: number
}
export interface PayerCodeTable {
  payer_id: PayerId
  code: Text
  group_code: 'CO' | 'PR' | 'PI' | 'OA'
  carc: Text
  words: Text
  recorded_by: UserId
  recorded_at: Text
}
export interface ExpectationTable {
  claim_id: ClaimId
  terms_json: Text
  /** Null while a line of it is not known. */
  plan_cents: number | null
  source: Text
  recorded_by: UserId
  recorded_at: Text
}
