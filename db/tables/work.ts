// What waits: tasks, history, clocks, worklists, search words, counts, undo.
import type {
  AuthorizationId,
  CaseId,
  PatientId,
  PayerId,
  ProviderId,
  RemittanceId,
  TaskId,
  UserId,
} from '#core/ids.ts'
import type { ZeroOrOne, Stamped, Text } from './columns.ts'

export interface TaskTable extends Stamped {
  id: TaskId
  case_id: CaseId
  title: Text
  due_on: Text
  assignee_id: UserId | null
  kind: Text
  note: Text
  /** The EOB that left the task. */
  remittance_id: RemittanceId | null
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
/** Ringing clocks of open cases, rewritten by host/case/refresh.ts after each command on the case. */
export interface ClockTable {
  case_id: CaseId
  key: Text
  due_on: Text
  /** The deadline behind it: past this day it is late; 9999-12-31 where nothing runs out. */
  urgent_on: Text
  kind: Text
  params_json: Text
  step: Text
  assignee_id: UserId | null
  task_id: TaskId | null
  /** 1 when the next move is somebody else's: shown under "waiting". */
  waiting: ZeroOrOne
  authorization_id: Text | null
  payer_id: PayerId | null
  provider_id: ProviderId | null
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
/** A list of authorizations brought in from elsewhere. */
export interface ImportBatchTable {
  id: Text
  kind: string
  sha256: Text
  rows: number
  imported_by: UserId
  imported_at: Text
  undone_at: Text | null
}
/** What the practice system's list said of a person last. */
export interface ListedPersonTable {
  patient_id: PatientId
  said_json: Text
  listed_on: Text
}
/** What the practice system says was done or is planned. */
export interface PastProcedureTable extends Stamped {
  id: Text
  patient_id: PatientId
  list_key: Text
  code: Text
  tooth: Text | null
  area: Text | null
  detail: Text
  state: Text
  service_date: Text | null
  fee_cents: number | null
  provider: Text
  /** 0: not in the last list that held its patient. */
  listed: number
}
/** What an import made, in the order of its making. */
export interface ImportRowTable {
  import_id: Text
  seq: number
  entity: Text
  entity_id: Text
  version: number
  before_json: Text | null
}
