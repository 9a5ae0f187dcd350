// The tables as Kysely sees them. Ids are UUID text, dates ISO text, money integer cents, booleans 0/1, JSON text where named *_json.
import type { VaultDatabase } from './vault-schema.ts'
import type {
  AuthorizationTable,
  AuthorizationLineTable,
  TransitionTable,
  PacketTable,
  PacketFileTable,
} from './tables/authorization.ts'
import type {
  CaseTable,
  CaseFactTable,
  CodeDecisionTable,
  VisitTable,
  ProcedureLineTable,
  BenefitCheckTable,
  EstimateTable,
  ItemAnswerTable,
  AttachmentTable,
  ChartNoteTable,
  PatientPaymentTable,
  SettlementTable,
  NarrativeTable,
} from './tables/case.ts'
import type { CodeListTable, GuideBodyTable, OfficeGuideTable } from './tables/guide.ts'
import type {
  ClaimTable,
  ClaimLineTable,
  RemittanceTable,
  RemittanceLineTable,
  AdjustmentTable,
  RemarkTable,
  AppealTable,
} from './tables/money.ts'
import type {
  ClaimFileTable,
  ClaimFileItemTable,
  AcknowledgementTable,
  EraFileTable,
  EraPieceTable,
  EraPaymentTable,
  EraClaimTable,
  ProviderAdjustmentTable,
  ClaimAdjustmentTable,
  PayerCodeTable,
  ExpectationTable,
} from './tables/edi.ts'
import type {
  OfficeTable,
  ProviderTable,
  PatientTable,
  PayerTable,
  PayerRuleTable,
  FeeScheduleTable,
  PlanTable,
  CoverageTable,
} from './tables/office.ts'
import type {
  TaskTable,
  CaseEventTable,
  ClockTable,
  SearchTermTable,
  TallyTable,
  AuthorizationWorkTable,
  UndoEntryTable,
  ImportBatchTable,
  ImportRowTable,
  ListedPersonTable,
  PastProcedureTable,
} from './tables/work.ts'

export interface Database extends VaultDatabase {
  guide_body: GuideBodyTable
  office_guide: OfficeGuideTable
  code_list: CodeListTable
  claim_file: ClaimFileTable
  claim_file_item: ClaimFileItemTable
  acknowledgement: AcknowledgementTable
  era_file: EraFileTable
  era_piece: EraPieceTable
  era_payment: EraPaymentTable
  era_claim: EraClaimTable
  provider_adjustment: ProviderAdjustmentTable
  claim_adjustment: ClaimAdjustmentTable
  payer_code: PayerCodeTable
  expectation: ExpectationTable
  office: OfficeTable
  provider: ProviderTable
  patient: PatientTable
  payer: PayerTable
  payer_rule: PayerRuleTable
  fee_schedule: FeeScheduleTable
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
  patient_payment: PatientPaymentTable
  settlement: SettlementTable
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
  import_batch: ImportBatchTable
  import_row: ImportRowTable
  listed_person: ListedPersonTable
  past_procedure: PastProcedureTable
  packet: PacketTable
  packet_file: PacketFileTable
}
