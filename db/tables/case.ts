// A case: facts, decision, visits, lines, checks, films, notes.
import type { Generated } from 'kysely'
import type {
  AttachmentId,
  CaseId,
  CoverageId,
  LineId,
  NoteId,
  PatientId,
  PatientPaymentId,
  SettlementId,
  PlanId,
  ProviderId,
  UserId,
  VisitId,
} from '#core/ids.ts'
import type { Stamped, Text } from './columns.ts'

export interface CaseTable extends Stamped {
  id: CaseId
  patient_id: PatientId
  guide_id: Text
  /** The version of the guide it was worked with; null before anything was answered. */
  guide_version: Text | null
  guide_declined: Text | null
  tooth: Text | null
  area: Text | null
  coverage_id: CoverageId | null
  provider_id: ProviderId | null
  assignee_id: UserId | null
  treatment: 'planned' | 'in_progress' | 'done'
  reporting_mode: 'phased' | 'final_only' | null
  state: 'open' | 'closed' | 'voided'
  close_reason: Text
  void_reason: Generated<string>
  closed_at: Text | null
  /** Where the person left. */
  step: Text
  /** Derived after every command by host/case/refresh.ts: kept here so that lists need no joins. */
  main_code: Text | null
  status: Text
  progress: Text
  fee_cents: number
  snoozed_until: Text | null
  snoozed_on: Text | null
  snooze_reason: Text
  created_by: UserId
  created_at: Text
}
export interface CaseFactTable {
  case_id: CaseId
  fact: Text
  value_json: Text
  answered_by: UserId
  answered_at: Text
}
export interface CodeDecisionTable {
  id: Text
  case_id: CaseId
  codes_json: Text
  rule_id: Text | null
  provider_id: ProviderId | null
  override_reason: Text
  recorded_by: UserId
  recorded_at: Text
}
export interface VisitTable {
  id: VisitId
  case_id: CaseId
  seq: number
  phase: 'initial' | 'interim' | 'final' | 'single'
  planned_on: Text | null
  done_on: Text | null
}
export interface ProcedureLineTable {
  id: LineId
  case_id: CaseId
  visit_id: VisitId | null
  seq: number
  code: Text
  role: 'main' | 'additional'
  tooth: Text | null
  area: Text | null
  surfaces: Text
  quantity: number
  fee_cents: number
  service_date: Text | null
  note: Text
}
export interface BenefitCheckTable {
  id: Text
  case_id: CaseId
  coverage_id: CoverageId | null
  plan_id: PlanId | null
  kind: 'eligibility' | 'authorization_need' | 'frequency' | 'bundling'
  code: Text | null
  answer: 'yes' | 'no' | 'unknown'
  authorization_kind: 'estimate' | 'required' | null
  source: Text
  representative: Text
  reference: Text
  checked_on: Text
  note: Text
  recorded_by: UserId
  recorded_at: Text
}
export interface EstimateTable {
  case_id: CaseId
  coverage_id: CoverageId
  network: 'in' | 'out' | 'unknown'
  contract_cents: number | null
  expected_plan_cents: number | null
  source: Text
  recorded_by: UserId
  recorded_at: Text
}

export interface ItemAnswerTable {
  case_id: CaseId
  item_key: Text
  state: 'done' | 'waived'
  note: Text
  recorded_by: UserId
  recorded_at: Text
}
export interface AttachmentTable extends Stamped {
  id: AttachmentId
  case_id: CaseId
  kind: Text
  taken_on: Text | null
  tooth: Text | null
  orientation: 'none' | 'left' | 'right'
  visit_id: VisitId | null
  caption: Text
  media_type: Text
  bytes: number
  sha256: Text
  blob_id: Text
  blob_key: Text
  added_by: UserId
  added_at: Text
  removed_at: Text | null
}
export interface ChartNoteTable extends Stamped {
  id: NoteId
  case_id: CaseId
  visit_id: VisitId | null
  noted_on: Text
  author: Text
  body: Text
  item_keys_json: Text
  removed_at: Text | null
}
export interface NarrativeTable extends Stamped {
  case_id: CaseId
  body: Text
}
export interface SettlementTable {
  id: SettlementId
  case_id: CaseId
  service: Text
  settled_on: Text
  way: 'write_off' | 'patient'
  cents: number
  reason: Text
  recorded_by: UserId
  recorded_at: Text
  taken_back_at: Text | null
}
export interface PatientPaymentTable {
  id: PatientPaymentId
  case_id: CaseId
  paid_on: Text
  cents: number
  means: 'cash' | 'check' | 'card' | 'other'
  note: Text
  recorded_by: UserId
  recorded_at: Text
  taken_back_at: Text | null
}
