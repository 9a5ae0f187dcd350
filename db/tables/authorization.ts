// Authorizations, their lines, every transition, and packets as sent.
import type { AppealId, AuthorizationId, CaseId, CoverageId, LineId, UserId } from '#core/ids.ts'
import type { Stamped, Text } from './columns.ts'

export interface AuthorizationTable extends Stamped {
  id: AuthorizationId
  case_id: CaseId
  coverage_id: CoverageId | null
  kind: 'estimate' | 'required'
  state: Text
  channel: Text | null
  reference: Text
  contact: Text
  sent_on: Text | null
  expected_on: Text | null
  expected_basis: Text
  info_due_on: Text | null
  decided_on: Text | null
  valid_from: Text | null
  valid_to: Text | null
  valid_basis: Text
  appeal_days: number | null
  patient_called_on: Text | null
  booked_for: Text | null
  note: Text
  created_at: Text
  /** What the approval rested on. */
  approval_json: Text | null
  stale_json: Text | null
  stale_since: Text | null
  /** Null until an approval with changes was accepted or quoted anew. */
  changes_answer: 'accepted' | 'requoted' | null
  changes_answered_on: Text | null
}
export interface AuthorizationLineTable {
  id: Text
  authorization_id: AuthorizationId
  seq: number
  line_id: LineId | null
  code: Text
  tooth: Text | null
  area: Text | null
  quantity: number
  fee_cents: number
  approved_code: Text | null
  approved_tooth: Text | null
  approved_quantity: number | null
  approved_cents: number | null
  patient_cents: number | null
}
/** Transitions of authorizations, claims and appeals: append-only. */
export interface TransitionTable {
  id: Text
  case_id: CaseId
  entity: 'authorization' | 'claim' | 'appeal'
  entity_id: Text
  event: Text
  from_state: Text
  to_state: Text
  on_date: Text
  note: Text
  user_id: UserId
  at: Text
  before_json: Text | null
}

export interface PacketTable {
  id: Text
  /** Of an authorization or of an appeal. */
  authorization_id: AuthorizationId | null
  appeal_id: AppealId | null
  case_id: CaseId
  channel: Text
  form: 'pdf' | 'folder'
  remark: Text
  sent_by: UserId
  sent_at: Text
}
export interface PacketFileTable {
  packet_id: Text
  seq: number
  name: Text
  media: Text
  bytes: number
  sha256: Text
  blob_id: Text
  blob_key: Text
}
