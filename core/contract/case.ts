// Cases: their record, steps, code, visits and lines; tasks and touches; what is typed and not yet saved.
import * as z from 'zod'
import { CaseMoney } from '../case/case-money.ts'
import { NextStep } from '../case/next.ts'
import { PatientPayment, PatientPaymentInput } from '../case/patient-payment.ts'
import { Settlement, SettlementInput } from '../case/settlement.ts'
import { StepState } from '../case/steps.ts'
import {
  BenefitCheck,
  BenefitCheckInput,
  CaseInput,
  CaseRow,
  CaseState,
  CdtCode,
  CodeDecision,
  EstimateInput,
  CaseFact,
  Line,
  LineInput,
  ReportingMode,
  Step,
  Task,
  TaskInput,
  TimelineEntry,
  Visit,
  VisitInput,
} from '../case/schema.ts'
import { Instant, IsoDate } from '../dates.ts'
import { Choice, Question } from '../guide/schema.ts'
import { CaseId, CoverageId, PatientId, PatientPaymentId, ProviderId, SettlementId, TaskId, UserId } from '../ids.ts'
import { Cents } from '../money.ts'
import { Coverage, Patient } from '../patient.ts'
import { OralArea, Tooth } from '../teeth.ts'
import { command, query, Version } from './route.ts'

/** Why treatment is recorded while a required authorization is open. */
const Override = z.string().trim().max(500).default('')
const Id = z.strictObject({ id: CaseId })

/** Header, Code step and side column of one case. Documentation, authorization, claim and follow-up have their own routes. */
export const CaseView = z.strictObject({
  id: CaseId,
  version: Version,
  guideId: z.string(),
  guideTitle: z.string(),
  /** Another version of its guide holds now, and changes something for the case: somebody is asked. */
  guideChange: z
    .strictObject({ to: z.string(), revision: z.string(), isOurs: z.boolean(), changes: z.array(z.string()) })
    .nullable(),
  title: z.string(),
  tooth: z.string().nullable(),
  area: z.string().nullable(),
  treatment: z.enum(['planned', 'in_progress', 'done']),
  state: CaseState,
  closeReason: z.string(),
  voidReason: z.string(),
  /** `Waiting: payer`, `Ready to send claim` … derived, never typed. */
  status: z.string(),
  /** What it asks for first; null when nothing rings. */
  next: NextStep.nullable(),
  step: Step,
  steps: z.array(StepState),
  patient: Patient,
  coverages: z.array(Coverage),
  coverageId: CoverageId.nullable(),
  provider: z.strictObject({ id: ProviderId, name: z.string() }).nullable(),
  assignee: z.strictObject({ id: UserId, name: z.string() }).nullable(),
  reportingMode: ReportingMode,
  /** `payer`, `office` or `default`: where the mode comes from. */
  reportingBasis: z.string(),
  facts: z.array(z.strictObject({ fact: z.string(), value: CaseFact, answeredBy: z.string(), answeredAt: Instant })),
  choice: Choice,
  questions: z.array(Question),
  decision: CodeDecision.nullable(),
  visits: z.array(Visit),
  lines: z.array(Line),
  /** Lines the recommendation and visit plan would give now; differs from `lines` when the plan changed. */
  proposedLines: z.array(LineInput),
  benefitChecks: z.array(BenefitCheck),
  /** What the payer said about limits and bundling of these codes in other cases, the latest of each kind. */
  earlierChecks: z.array(BenefitCheck),
  estimate: EstimateInput.extend({ network: z.enum(['in', 'out', 'unknown']), source: z.string() }).nullable(),
  money: CaseMoney.extend({
    /** The lines at the office's fee today; differs where a fee or a line was changed after its claim was sent. */
    feeTodayCents: Cents,
  }),
  timeline: z.array(TimelineEntry),
  createdAt: Instant,
  updatedBy: z.string(),
  updatedAt: Instant,
})
export type CaseView = z.infer<typeof CaseView>

/** What may be changed of a case by hand. */
export const CaseChanges = z
  .strictObject({
    tooth: Tooth.nullable(),
    area: OralArea.nullable(),
    coverageId: CoverageId.nullable(),
    providerId: ProviderId.nullable(),
    assigneeId: UserId.nullable(),
    treatment: z.enum(['planned', 'in_progress', 'done']),
    reportingMode: ReportingMode.nullable(),
  })
  .partial()

export const caseRoutes = {
  'case.list': query({
    permission: 'read',
    topics: ['case'],
    input: z.strictObject({
      step: Step.nullable().default(null),
      state: z.enum(['open', 'closed', 'all', 'voided']).default('open'),
      patientId: PatientId.nullable().default(null),
      text: z.string().max(100).default(''),
      after: z.string().max(200).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      cases: z.array(CaseRow),
      next: z.string().nullable(),
      counts: z.record(Step, z.number().int()),
      total: z.number().int(),
    }),
  }),
  'case.get': query({
    permission: 'read',
    topics: ['case', 'patient', 'payer', 'authorization', 'claim', 'remittance', 'appeal', 'attachment', 'task'],
    input: Id,
    output: CaseView,
    audited: 'view',
  }),
  /** Warnings such as an open case on the same tooth come back in `findings`; nothing blocks. */
  'case.create': command({
    permission: 'work',
    topics: ['case', 'patient'],
    input: CaseInput,
    output: z.strictObject({ id: CaseId, findings: z.array(z.string()) }),
  }),
  'case.update': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({
      id: CaseId,
      version: Version,
      changes: CaseChanges,
      overrideReason: Override,
    }),
  }),
  /** Remembers where the person left, so that the case reopens there. */
  'case.visitStep': command({
    permission: 'work',
    topics: [],
    input: z.strictObject({ id: CaseId, step: Step }),
  }),
  /** Answers one question; null takes the answer back. */
  /** Go on with the version `to` of the guide, or stay with the one the case was worked with. */
  'case.useGuide': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: CaseId, version: Version, to: z.string().max(40), goOn: z.boolean() }),
  }),
  'case.answer': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: CaseId, fact: z.string().max(60), value: CaseFact }),
  }),
  /** A visit newly done while a required authorization is open is refused without `overrideReason`. */
  'case.setVisits': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({
      id: CaseId,
      version: Version,
      visits: z.array(VisitInput).max(20),
      overrideReason: Override,
    }),
  }),
  'case.setLines': command({
    permission: 'work',
    topics: ['case', 'claim', 'authorization'],
    input: z.strictObject({
      id: CaseId,
      version: Version,
      lines: z.array(LineInput).max(50),
      overrideReason: Override,
    }),
  }),
  /** Records the dentist's confirmation of the recommended codes, or the choice of other codes with a reason. */
  'case.decide': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({
      id: CaseId,
      codes: z.array(CdtCode).min(1).max(20),
      providerId: ProviderId.nullable(),
      overrideReason: z.string().trim().max(500).default(''),
    }),
  }),
  'case.recordBenefit': command({
    permission: 'work',
    topics: ['case', 'authorization'],
    input: z.strictObject({ id: CaseId, check: BenefitCheckInput }),
    output: z.strictObject({ id: z.uuid() }),
  }),
  'case.setEstimate': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: CaseId, estimate: EstimateInput }),
  }),
  'case.close': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: CaseId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
  'case.reopen': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: CaseId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
  /** A case entered by mistake. REFUSED once something of it was sent or paid. */
  'case.void': command({
    permission: 'work',
    topics: ['case', 'authorization', 'claim', 'task'],
    input: z.strictObject({ id: CaseId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
  'case.restore': command({
    permission: 'work',
    topics: ['case', 'authorization', 'claim', 'task'],
    input: z.strictObject({ id: CaseId, version: Version }),
  }),
} as const

export const Touch = z.strictObject({
  kind: z.enum(['call', 'portal', 'mail', 'note']),
  text: z.string().trim().min(1).max(500),
  /** Who was spoken to. */
  contact: z.string().trim().max(100).default(''),
  reference: z.string().trim().max(60).default(''),
  nextOn: IsoDate.nullable().default(null),
})
export type Touch = z.infer<typeof Touch>

export const patientPaymentRoutes = {
  /** Paid at the desk, the latest first. */
  'patientPayment.forCase': query({
    permission: 'read',
    topics: ['case'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({ payments: z.array(PatientPayment) }),
  }),
  'patientPayment.add': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ payment: PatientPaymentInput }),
    output: z.strictObject({ id: PatientPaymentId }),
  }),
  /** It was recorded by mistake or given back; stays in the trail. */
  'patientPayment.takeBack': command({
    permission: 'work',
    topics: ['case'],
    input: z.strictObject({ id: PatientPaymentId, reason: z.string().trim().min(3, 'Say why').max(300) }),
  }),
} as const

/** What a plan decided and nothing settles: a person writes it off, bills it, or contests it. */
const OpenService = z.strictObject({
  service: z.string(),
  /** `D2740 #14` */
  name: z.string(),
  openCents: Cents,
  /** `PI-45 $80.00`, as the last EOB on it has them. */
  reasons: z.array(z.string()),
  /** Under CO the provider's contract may forbid to bill the patient. */
  isContract: z.boolean(),
  taskIds: z.array(TaskId),
})
export const settlementRoutes = {
  'settlement.forCase': query({
    permission: 'read',
    topics: ['case', 'remittance', 'claim', 'task'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({
      open: z.array(OpenService),
      settlements: z.array(Settlement.extend({ name: z.string() })),
      /** A plan still owes a decision. */
      isWithPayer: z.boolean(),
    }),
  }),
  'settlement.add': command({
    permission: 'work',
    topics: ['case', 'remittance', 'task'],
    input: z.strictObject({ settlement: SettlementInput }),
    output: z.strictObject({ ids: z.array(SettlementId) }),
  }),
  /** What ended with them is to be done again. */
  'settlement.takeBack': command({
    permission: 'work',
    topics: ['case', 'remittance', 'task'],
    input: z.strictObject({
      ids: z.array(SettlementId).min(1).max(50),
      reason: z.string().trim().min(3, 'Say why').max(300),
    }),
  }),
} as const

export const taskRoutes = {
  'task.forCase': query({
    permission: 'read',
    topics: ['task'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({ tasks: z.array(Task) }),
  }),
  'task.add': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ task: TaskInput }),
    output: z.strictObject({ id: TaskId }),
  }),
  'task.update': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ id: TaskId, version: Version, task: TaskInput }),
  }),
  'task.complete': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ id: TaskId, done: z.boolean(), note: z.string().trim().max(300).default('') }),
  }),
  /** A dated touch on a case: a call, a portal check, a message. */
  'case.touch': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ caseId: CaseId, ...Touch.shape }),
    output: z.strictObject({ undoId: z.uuid() }),
  }),
  'case.snooze': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ caseId: CaseId, until: IsoDate, reason: z.string().trim().min(1).max(300) }),
    output: z.strictObject({ undoId: z.uuid() }),
  }),
  'case.assign': command({
    permission: 'work',
    topics: ['task', 'case'],
    input: z.strictObject({ caseId: CaseId, userId: UserId.nullable() }),
    output: z.strictObject({ undoId: z.uuid() }),
  }),
} as const

/** Names the form: `case.new`, `note:<case id>`; ids only, never names. */
const Scope = z.string().min(1).max(120)

/** False for a value that holds itself, which `z.json` lets through. */
function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value)
    return true
  } catch {
    return false
  }
}

export const draftRoutes = {
  /** Any JSON; the host refuses more than 200 kB. The audit row does not hold the content. */
  'draft.save': command({
    permission: 'read',
    topics: ['draft'],
    input: z.strictObject({ scope: Scope, value: z.json().refine(isWritable, 'This cannot be kept as a draft.') }),
  }),
  /** `value` is null when there is no draft. */
  'draft.get': query({
    permission: 'read',
    topics: ['draft'],
    input: z.strictObject({ scope: Scope }),
    output: z.strictObject({ value: z.json() }),
  }),
  'draft.discard': command({
    permission: 'read',
    topics: ['draft'],
    input: z.strictObject({ scope: Scope }),
  }),
  'draft.list': query({
    permission: 'read',
    topics: ['draft'],
    output: z.strictObject({ drafts: z.array(z.strictObject({ scope: Scope, updatedAt: Instant })) }),
  }),
} as const
