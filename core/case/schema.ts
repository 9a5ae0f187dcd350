// The case: one procedure on one tooth, area or mouth, from its code to the last cent.
import * as z from 'zod'
import { Cents, Fee } from '../money.ts'
import { Instant, IsoDate } from '../dates.ts'
import {
  AttachmentId,
  CaseId,
  CoverageId,
  LineId,
  NoteId,
  PatientId,
  ProviderId,
  RemittanceId,
  TaskId,
  UserId,
  VisitId,
} from '../ids.ts'
import { keysOf } from '../keys-of.ts'
import { OralArea, Tooth } from '../teeth.ts'

export const STEPS = ['code', 'documentation', 'authorization', 'claim', 'follow_up'] as const
export const Step = z.enum(STEPS)
export type Step = (typeof STEPS)[number]

export const ReportingMode = z.enum(['phased', 'final_only'])
export type ReportingMode = z.infer<typeof ReportingMode>
export const Phase = z.enum(['initial', 'interim', 'final', 'single'])
export type Phase = z.infer<typeof Phase>

/** A fact's value as the guide defines it; null is "unknown". */
export const CaseFact = z.union([
  z.string().max(500),
  z.number(),
  z.boolean(),
  z.array(z.string().max(20)).max(60),
  z.record(z.string().max(10), z.number()),
  z.null(),
])
export type CaseFact = z.infer<typeof CaseFact>

export const CdtCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^D\d{4}$/, 'A code looks like D3353')

export const VisitInput = z.strictObject({
  /** Absent for a visit that is new. */
  id: VisitId.optional(),
  phase: Phase,
  plannedOn: IsoDate.nullable(),
  doneOn: IsoDate.nullable(),
})
export type VisitInput = z.infer<typeof VisitInput>
export const Visit = z.strictObject({
  id: VisitId,
  seq: z.number().int(),
  phase: Phase,
  plannedOn: IsoDate.nullable(),
  doneOn: IsoDate.nullable(),
})
export type Visit = z.infer<typeof Visit>

/** One line to report: what the claim's service line will be. */
export const LineInput = z.strictObject({
  id: LineId.optional(),
  visitId: VisitId.nullable(),
  code: CdtCode,
  role: z.enum(['main', 'additional']),
  tooth: Tooth.nullable(),
  area: OralArea.nullable(),
  surfaces: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[MODBFLI]{0,5}$/)
    .default(''),
  quantity: z.number().int().min(1).max(99).default(1),
  feeCents: Fee,
  serviceDate: IsoDate.nullable(),
  /** Diagnosis pointers A–D into the claim's diagnosis list. */
  note: z.string().trim().max(300).default(''),
})
export type LineInput = z.infer<typeof LineInput>
export const Line = LineInput.extend({
  id: LineId,
  seq: z.number().int(),
  surfaces: z.string(),
  quantity: z.number().int(),
  note: z.string(),
})
export type Line = z.infer<typeof Line>

/** The dentist's confirmation of the codes, or an override of the recommendation with a reason. */
export const CodeDecision = z.strictObject({
  codes: z.array(CdtCode).max(20),
  ruleId: z.string().nullable(),
  /** Null when a staff member recorded the choice and no dentist has confirmed it yet. */
  confirmedBy: z.strictObject({ providerId: ProviderId, name: z.string() }).nullable(),
  recordedBy: z.string(),
  recordedAt: Instant,
  overrideReason: z.string(),
  /** True when the recommendation has changed since. */
  outdated: z.boolean(),
})
export type CodeDecision = z.infer<typeof CodeDecision>

export const STAGES = ['authorization', 'claim', 'appeal'] as const
export const Stage = z.enum(STAGES)
export type Stage = (typeof STAGES)[number]

/** What each kind is called, in the trade's words. */
export const ATTACHMENT_LABELS = {
  pre_op_periapical: 'Pre-op periapical',
  interim_periapical: 'Interim periapical',
  post_op_periapical: 'Post-op periapical',
  bitewing: 'Bitewing',
  panoramic: 'Panoramic',
  cbct: 'CBCT',
  photo: 'Photo',
  perio_chart: 'Perio chart',
  chart_note: 'Chart note',
  consent: 'Consent',
  narrative: 'Narrative',
  lab_slip: 'Lab slip',
  payer_letter: 'Payer letter',
  authorization_letter: 'Authorization letter',
  eob: 'EOB',
  denial_letter: 'Denial letter',
  other: 'Other file',
}
export const ATTACHMENT_KINDS = keysOf(ATTACHMENT_LABELS)
export const AttachmentKind = z.enum(ATTACHMENT_KINDS)
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number]
const MediaType = z.enum(['image/png', 'image/jpeg', 'image/webp', 'application/pdf'])
export const AttachmentInput = z.strictObject({
  kind: AttachmentKind,
  takenOn: IsoDate.nullable(),
  tooth: Tooth.nullable(),
  orientation: z.enum(['none', 'left', 'right']).default('none'),
  visitId: VisitId.nullable().default(null),
  caption: z.string().trim().max(200).default(''),
})
export type AttachmentInput = z.infer<typeof AttachmentInput>
export const Attachment = AttachmentInput.extend({
  id: AttachmentId,
  orientation: z.enum(['none', 'left', 'right']),
  visitId: VisitId.nullable(),
  caption: z.string(),
  mediaType: MediaType,
  bytes: z.number().int(),
  sha256: z.string(),
  addedBy: z.string(),
  addedAt: Instant,
  version: z.number().int(),
})
export type Attachment = z.infer<typeof Attachment>

/** A dated note copied from the chart: narratives and letters may quote it, nothing else. */
export const ChartNoteInput = z.strictObject({
  notedOn: IsoDate,
  author: z.string().trim().min(1).max(100),
  visitId: VisitId.nullable().default(null),
  text: z.string().trim().min(1).max(4000),
  /** The checklist items this note answers. */
  itemKeys: z.array(z.string().max(80)).max(30).default([]),
})
export type ChartNoteInput = z.infer<typeof ChartNoteInput>
export const ChartNote = ChartNoteInput.extend({
  id: NoteId,
  visitId: VisitId.nullable(),
  itemKeys: z.array(z.string()),
  version: z.number().int(),
})
export type ChartNote = z.infer<typeof ChartNote>

/** Answer to one checklist item that is not settled by an attachment or chart note alone. */
export const ItemAnswer = z.strictObject({
  key: z.string(),
  state: z.enum(['done', 'waived']),
  note: z.string(),
  user: z.string(),
  at: Instant,
})
export type ItemAnswer = z.infer<typeof ItemAnswer>

export const BenefitCheckInput = z.strictObject({
  /** eligibility: coverage verified; authorization_need: is one needed for this code?; frequency: limits and history; bundling: policy of the payer. */
  kind: z.enum(['eligibility', 'authorization_need', 'frequency', 'bundling']),
  coverageId: CoverageId.nullable(),
  code: CdtCode.nullable(),
  answer: z.enum(['yes', 'no', 'unknown']),
  authorizationKind: z.enum(['estimate', 'required']).nullable().default(null),
  source: z.string().trim().max(200).default(''),
  representative: z.string().trim().max(100).default(''),
  reference: z.string().trim().max(60).default(''),
  checkedOn: IsoDate,
  note: z.string().trim().max(500).default(''),
})
export type BenefitCheckInput = z.infer<typeof BenefitCheckInput>
export const BenefitCheck = BenefitCheckInput.extend({
  id: z.uuid(),
  authorizationKind: z.enum(['estimate', 'required']).nullable(),
  user: z.string(),
})
export type BenefitCheck = z.infer<typeof BenefitCheck>

/** What the office expects to be paid before sending; kept as computed or typed. */
export const EstimateInput = z.strictObject({
  coverageId: CoverageId,
  network: z.enum(['in', 'out', 'unknown']),
  contractCents: Fee.nullable(),
  expectedPlanCents: Fee.nullable(),
  source: z.string().trim().max(200).default(''),
})
export type EstimateInput = z.infer<typeof EstimateInput>

/** What a task is for: what it belongs to ends it by its kind, whatever its title says. */
const TaskKind = z.enum([
  'general',
  'call_payer',
  'call_patient',
  'bill_patient',
  'send_information',
  'appeal',
  'resubmit',
  'bill_other_plan',
  'post_payment',
])
export const TaskInput = z.strictObject({
  caseId: CaseId,
  title: z.string().trim().min(1, 'A task needs a title').max(200),
  dueOn: IsoDate,
  assigneeId: UserId.nullable().default(null),
  kind: TaskKind.default('general'),
  note: z.string().trim().max(500).default(''),
})
export type TaskInput = z.infer<typeof TaskInput>
export const Task = TaskInput.extend({
  id: TaskId,
  assigneeId: UserId.nullable(),
  assigneeName: z.string().nullable(),
  kind: TaskKind,
  note: z.string(),
  /** The EOB that left the task; null: a person or an answer of the payer did. */
  remittanceId: RemittanceId.nullable(),
  doneAt: Instant.nullable(),
  version: z.number().int(),
})
export type Task = z.infer<typeof Task>

/** One dated line of the case's history, oldest facts first in the store, newest first on screen. */
export const TimelineEntry = z.strictObject({
  at: Instant,
  on: IsoDate,
  user: z.string(),
  kind: z.string(),
  text: z.string(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const CaseInput = z.strictObject({
  patientId: PatientId,
  guideId: z.string().min(1).max(60),
  tooth: Tooth.nullable(),
  area: OralArea.nullable(),
  coverageId: CoverageId.nullable().default(null),
  providerId: ProviderId.nullable().default(null),
  treatment: z.enum(['planned', 'in_progress', 'done']).default('planned'),
})
export type CaseInput = z.infer<typeof CaseInput>

/** Voided: entered by mistake; in no list, and found by nothing. */
export const CaseState = z.enum(['open', 'closed', 'voided'])
export type CaseState = z.infer<typeof CaseState>

/** A row of any case list. */
export const CaseRow = z.strictObject({
  id: CaseId,
  patientId: PatientId,
  patientName: z.string(),
  birthDate: IsoDate,
  tooth: z.string().nullable(),
  area: z.string().nullable(),
  code: z.string().nullable(),
  title: z.string(),
  step: Step,
  status: z.string(),
  state: CaseState,
  payerName: z.string().nullable(),
  assigneeName: z.string().nullable(),
  updatedAt: Instant,
  feeCents: Cents,
})
export type CaseRow = z.infer<typeof CaseRow>
