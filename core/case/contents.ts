// Everything on file for one case: what deriving, the wizard and every command on it start from.
import * as z from 'zod'
import type { Appeal } from '../appeal/schema.ts'
import type { Authorization } from '../authorization/schema.ts'
import type { ApprovalBasis } from '../authorization/stale.ts'
import type { Claim } from '../claim/schema.ts'
import type { Service } from '../guide/frequency.ts'
import { Instant, IsoDate } from '../dates.ts'
import { type AuthorizationId, CaseId, type ClaimId, type CoverageId, type RemittanceId, UserId } from '../ids.ts'
import type { Cents } from '../money.ts'
import type { Provider } from '../office.ts'
import type { Coverage, Patient, Payer, Plan } from '../patient.ts'
import type { RuledPayer } from '../payer-rule/match.ts'
import type { PayerRule } from '../payer-rule/schema.ts'
import type { ExpectedTerms } from '../remittance/expected.ts'
import type { LineOutcome, RemittanceInput, RemittanceLineInput } from '../remittance/schema.ts'
import type { Settlement } from './settlement.ts'
import {
  type Attachment,
  type BenefitCheck,
  CaseInput,
  CaseState,
  type ChartNote,
  type CodeDecision,
  type EstimateInput,
  type CaseFact,
  type ItemAnswer,
  type Line,
  ReportingMode,
  Step,
  type Task,
  type Visit,
} from './schema.ts'

/** A case without its parts. */
export const CaseRecord = CaseInput.extend({
  id: CaseId,
  version: z.number().int(),
  assigneeId: UserId.nullable(),
  assigneeName: z.string().nullable(),
  /** Null: as the payer wants it. */
  reportingMode: ReportingMode.nullable(),
  state: CaseState,
  closeReason: z.string(),
  voidReason: z.string(),
  /** The version of its guide it was worked with; null: nothing was answered yet, today's holds. */
  guideVersion: z.string().nullable(),
  /** The newer version about which somebody said to stay. */
  guideDeclined: z.string().nullable(),
  /** Where the person left. */
  step: Step,
  /** How far it is, as derived last. */
  progress: Step,
  snoozedUntil: IsoDate.nullable(),
  snoozedOn: IsoDate.nullable(),
  snoozeReason: z.string(),
  /** The office's day: an evening in California is the next day in UTC. */
  createdOn: IsoDate,
  createdAt: Instant,
  updatedBy: UserId,
  updatedByName: z.string().nullable(),
  updatedAt: Instant,
})
export type CaseRecord = z.infer<typeof CaseRecord>

/** A payer with what the office's own requests say of its answers, in business days, and its own rules. */
export interface KnownPayer extends Payer, RuledPayer {
  ownAnswerDays: number | null
  ownAnswers: number
  /** What holds under the plan at hand: the office's rules and shipped ones, the most specific first. */
  rules: readonly PayerRule[]
}
/** A coverage of the patient with its plan and payer; removed ones stay, for what was billed to them. */
export interface CoverageOnFile {
  coverage: Coverage
  isRemoved: boolean
  plan: Plan
  payer: KnownPayer
}

interface StatedFact {
  fact: string
  value: CaseFact
  answeredBy: string
  answeredAt: Instant
}
type DecisionRecord = Omit<CodeDecision, 'outdated'>
interface NarrativeRecord {
  text: string
  version: number
  editedBy: string
}
/** What is kept of an authorization beside itself. */
export interface Approval {
  createdOn: IsoDate
  /** What the approval was based on; null while there is none. */
  basis: ApprovalBasis | null
  stale: { since: IsoDate; reasons: readonly string[] } | null
  /** The last step that no undo took back. */
  lastStep: { event: string; from: string; userId: UserId; before: unknown } | null
}
/** A claim without what is computed from its form: findings. */
export type StoredClaim = Omit<Claim, 'findings'>
/** A remittance as it was typed or read, with its derived columns. */
export interface StoredRemittance extends RemittanceInput {
  id: RemittanceId
  caseId: CaseId
  lines: (RemittanceLineInput & { id: string })[]
  outcome: LineOutcome
  expectedPlanCents: Cents | null
  reversedAt: Instant | null
  reversalReason: string
  enteredBy: string
  enteredAt: Instant
}
/** What a plan should pay on a claim, as it was kept when the claim went out. */
export interface KeptExpectation {
  terms: ExpectedTerms
  planCents: Cents | null
  source: string
}

export interface CaseContents {
  record: CaseRecord
  patient: Patient
  provider: Provider | null
  /** Who pays first at the top. */
  coverages: readonly CoverageOnFile[]
  facts: readonly StatedFact[]
  /** The latest. */
  decision: DecisionRecord | null
  visits: readonly Visit[]
  lines: readonly Line[]
  /** Lines of other cases of the patient: what was done or planned before. */
  history: readonly Service[]
  /** The latest first. */
  checks: readonly BenefitCheck[]
  estimate: EstimateInput | null
  /** What the patient paid at the desk for this case. */
  patientPaidCents: Cents
  /** What was settled by hand and stands, oldest first. */
  settlements: readonly Settlement[]
  /** Without removed ones, oldest first. */
  attachments: readonly Attachment[]
  notes: readonly ChartNote[]
  answers: readonly ItemAnswer[]
  narrative: NarrativeRecord | null
  /** The newest first. */
  authorizations: readonly Authorization[]
  approvals: ReadonlyMap<AuthorizationId, Approval>
  /** The newest first. */
  claims: readonly StoredClaim[]
  expectations: ReadonlyMap<ClaimId, KeptExpectation>
  /** The newest EOB first, also those that were taken back. */
  remittances: readonly StoredRemittance[]
  /** The newest first. */
  appeals: readonly Appeal[]
  /** By the day they are due, also those that are done. */
  tasks: readonly Task[]
}

/** Posted EOBs that nobody took back. */
export function postedOf({ remittances }: Pick<CaseContents, 'remittances'>): StoredRemittance[] {
  return remittances.filter((one) => one.reversedAt === null)
}

/** A coverage of the patient, also a removed one; null for self-pay. */
export function coverageOf(
  { coverages }: Pick<CaseContents, 'coverages'>,
  id: CoverageId | null,
): CoverageOnFile | null {
  return coverages.find(({ coverage }) => coverage.id === id) ?? null
}

/** The payer behind a coverage; null for self-pay. */
export function payerOf(contents: Pick<CaseContents, 'coverages'>, id: CoverageId | null): KnownPayer | null {
  return coverageOf(contents, id)?.payer ?? null
}
