// The tables as Kysely sees them. Ids are UUID text, dates ISO text, money integer cents, booleans 0/1, JSON text where named *_json.
import type { Generated } from 'kysely'
import type { VaultDatabase } from './vault-schema.ts'
import type {
  AppealId,
  AttachmentId,
  AuthorizationId,
  CaseId,
  ClaimId,
  CoverageId,
  LineId,
  NoteId,
  PatientId,
  PayerId,
  PlanId,
  ProviderId,
  RemittanceId,
  TaskId,
  UserId,
  VisitId,
} from '#core/ids.ts'

type Text = string
type Flag = 0 | 1

/** Who wrote the row last, and its optimistic version. */
interface Stamped {
  version: Generated<number>
  updated_by: UserId
  updated_at: Text
}
interface AddressColumns {
  street: Text
  city: Text
  state: Text
  zip: Text
}

export interface OfficeTable extends Stamped, AddressColumns {
  id: 1
  name: Text
  phone: Text
  npi: Text
  tax_id: Text
}
export interface ProviderTable extends Stamped {
  id: ProviderId
  first_name: Text
  last_name: Text
  npi: Text
  license: Text
  taxonomy: Text
  active: Flag
}
export interface PatientTable extends Stamped, AddressColumns {
  id: PatientId
  last_name: Text
  first_name: Text
  birth_date: Text
  gender: 'M' | 'F' | 'U'
  phone: Text
  guarantor: Text
  external_id: Text
  note: Text
  /** Lower-case `last, first` and id, for paging in name order. */
  sort_name: Text
}
export interface PayerTable extends Stamped, AddressColumns {
  id: PayerId
  name: Text
  payer_code: Text
  kind: 'commercial' | 'medicaid' | 'medicare' | 'other'
  phone: Text
  portal: Text
  rules_key: Text
  usual_answer_days: number | null
  own_answer_days: number | null
  own_answers: Generated<number>
  appeal_days: number | null
  timely_filing_days: number | null
  reporting_mode: 'phased' | 'final_only'
  source: Text
}
export interface PlanTable extends Stamped {
  id: PlanId
  payer_id: PayerId
  name: Text
  group_number: Text
  network: 'in' | 'out' | 'unknown'
  annual_max_cents: number | null
  deductible_cents: number | null
  endo_percent: number | null
}
export interface CoverageTable extends Stamped, AddressColumns {
  id: CoverageId
  patient_id: PatientId
  plan_id: PlanId
  ordinal: 'primary' | 'secondary' | 'tertiary'
  member_id: Text
  relation: 'self' | 'spouse' | 'child' | 'other'
  subscriber_last_name: Text
  subscriber_first_name: Text
  subscriber_birth_date: Text | null
  subscriber_gender: 'M' | 'F' | 'U'
  subscriber_employer: Text
  valid_from: Text | null
  valid_to: Text | null
  removed: Generated<Flag>
}

export interface CaseTable extends Stamped {
  id: CaseId
  patient_id: PatientId
  guide_id: Text
  tooth: Text | null
  area: Text | null
  coverage_id: CoverageId | null
  provider_id: ProviderId | null
  assignee_id: UserId | null
  treatment: 'planned' | 'in_progress' | 'done'
  reporting_mode: 'phased' | 'final_only' | null
  state: 'open' | 'closed'
  close_reason: Text
  closed_at: Text | null
  /** Where the person left. */
  step: Text
  /** Derived after every command by host/refresh.ts: kept here so that lists need no joins. */
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
  patient_called_on: Text | null
  booked_for: Text | null
  note: Text
  created_at: Text
  /** What the approval rested on. */
  approval_json: Text | null
  stale_json: Text | null
  stale_since: Text | null
}
export interface AuthorizationLineTable {
  id: Text
  authorization_id: AuthorizationId
  seq: number
  line_id: LineId | null
  code: Text
  tooth: Text | null
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
  created_at: Text
}
export interface TaskTable extends Stamped {
  id: TaskId
  case_id: CaseId
  title: Text
  due_on: Text
  assignee_id: UserId | null
  kind: Text
  note: Text
  done_at: Text | null
  created_at: Text
}
/** Dated history of a case in words without identifiers of the patient: append-only. */
export interface CaseEventTable {
  id: Text
  case_id: CaseId
  at: Text
  on_date: Text
  user_id: UserId
  kind: Text
  body: Text
}
/** Ringing clocks of open cases, rewritten by host/refresh.ts after each command on the case. */
export interface ClockTable {
  case_id: CaseId
  key: Text
  due_on: Text
  /** The later of due_on and the deadline behind it: past this day it is overdue. */
  urgent_on: Text
  kind: Text
  params_json: Text
  step: Text
  assignee_id: UserId | null
  task_id: TaskId | null
  /** 1 when the next move is somebody else's: shown under "waiting". */
  waiting: Flag
  authorization_id: Text | null
}
/** Normalized words by which patients and cases are found. */
export interface SearchTermTable {
  term: Text
  kind: 'patient' | 'case'
  entity_id: Text
  patient_id: PatientId
}

/** Row counts by trigger: patients, and cases by `state:progress`. */
export interface TallyTable {
  what: 'patient' | 'case'
  key: Text
  n: number
}

/** What worklists read; rewritten with the clocks of a case. */
export interface AuthorizationWorkTable {
  /** The authorization's id; the case's for a case whose need is unknown. */
  id: Text
  authorization_id: AuthorizationId | null
  case_id: CaseId
  state: Text
  kind: 'estimate' | 'required' | null
  payer_id: PayerId | null
  provider_id: ProviderId | null
  assignee_id: UserId | null
  sort_name: Text
  treatment: Text
  sent_on: Text | null
  answer_due_on: Text | null
  valid_to: Text | null
  called_on: Text | null
  last_visit_on: Text | null
  late: number
  stale: number
  urgent_on: Text
  clock_key: Text | null
}
export interface UndoEntryTable {
  id: Text
  user_id: UserId
  at: Text
  action: Text
  before_json: Text
  used_at: Text | null
}
export interface PacketTable {
  id: Text
  authorization_id: AuthorizationId
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

export interface Database extends VaultDatabase {
  office: OfficeTable
  provider: ProviderTable
  patient: PatientTable
  payer: PayerTable
  plan: PlanTable
  coverage: CoverageTable
  case_file: CaseTable
  case_fact: CaseFactTable
  code_decision: CodeDecisionTable
  visit: VisitTable
  procedure_line: ProcedureLineTable
  benefit_check: BenefitCheckTable
  estimate: EstimateTable
  item_answer: ItemAnswerTable
  attachment: AttachmentTable
  chart_note: ChartNoteTable
  narrative: NarrativeTable
  authorization: AuthorizationTable
  authorization_line: AuthorizationLineTable
  transition: TransitionTable
  claim: ClaimTable
  claim_line: ClaimLineTable
  remittance: RemittanceTable
  remittance_line: RemittanceLineTable
  adjustment: AdjustmentTable
  remark: RemarkTable
  appeal: AppealTable
  task: TaskTable
  case_event: CaseEventTable
  clock: ClockTable
  search_term: SearchTermTable
  tally: TallyTable
  authorization_work: AuthorizationWorkTable
  undo_entry: UndoEntryTable
  packet: PacketTable
  packet_file: PacketFileTable
}
