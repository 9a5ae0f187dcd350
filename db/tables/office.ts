// The office, its dentists, patients, payers, plans and coverages.
import type { Generated } from 'kysely'
import type { CoverageId, FeeScheduleId, PatientId, PayerId, PayerRuleId, PlanId, ProviderId } from '#core/ids.ts'
import type { PaymentOrder } from '#core/patient.ts'
import type { AddressColumns, ZeroOrOne, Stamped, Text } from './columns.ts'

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
  active: ZeroOrOne
}
export interface PatientTable extends Stamped, AddressColumns {
  id: PatientId
  last_name: Text
  first_name: Text
  birth_date: Text
  gender: 'M' | 'F' | 'U'
  phone: Text
  mobile: Generated<string>
  email: Generated<string>
  guarantor: Text
  external_id: Text
  note: Text
  /** Lower-case `last, first` and id, for paging in name order. */
  sort_name: Text
  /** Only active ones stand in lists and are found. */
  standing: Generated<'active' | 'voided' | 'merged'>
  void_reason: Generated<string>
  /** What came along when it was voided or merged. */
  undo_id: Generated<string | null>
  /** Where everything of a merged one went. */
  merged_into: Generated<PatientId | null>
}
export interface PayerTable extends Stamped, AddressColumns {
  id: PayerId
  name: Text
  payer_code: Text
  kind: 'commercial' | 'medicaid' | 'medicare' | 'other'
  phone: Text
  portal: Text
  rules_key: Text
  own_answer_days: number | null
  own_answers: Generated<number>
  reporting_mode: 'phased' | 'final_only'
  source: Text
}
/** Rules of the office about a payer; `replaces` is the key of a shipped one, `basis_json` that one as it was then. */
export interface PayerRuleTable extends Stamped {
  id: PayerRuleId
  payer_id: PayerId
  plan_id: PlanId | null
  body_json: Text
  replaces: Text | null
  is_off: ZeroOrOne
  basis_json: Text | null
}
export interface FeeScheduleTable extends Stamped {
  id: FeeScheduleId
  name: Text
  kind: 'office' | 'contract'
  members_json: Text
  ends_on: Text | null
  editions_json: Text
}
export interface PlanTable extends Stamped {
  id: PlanId
  payer_id: PayerId
  name: Text
  group_number: Text
  network: 'in' | 'out' | 'capitation' | 'unknown'
  fee_schedule_id: FeeScheduleId | null
  benefit_year_month: number | null
  annual_max_cents: number | null
  deductible_cents: number | null
  family_deductible_cents: number | null
  family_max_cents: number | null
  orthodontic_max_cents: number | null
  endo_percent: number | null
  benefits_json: Text
  code_benefits_json: Text
}
export interface CoverageTable extends Stamped, AddressColumns {
  id: CoverageId
  patient_id: PatientId
  plan_id: PlanId
  ordinal: PaymentOrder
  member_id: Text
  relation: 'self' | 'spouse' | 'child' | 'other'
  subscriber_last_name: Text
  subscriber_first_name: Text
  subscriber_birth_date: Text | null
  subscriber_gender: 'M' | 'F' | 'U'
  subscriber_employer: Text
  valid_from: Text | null
  valid_to: Text | null
  removed: Generated<ZeroOrOne>
}
