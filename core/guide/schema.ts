// A procedure guide as data, and the question and answer of the engine. Documented in docs/guide-format.md.
import * as z from 'zod'
import { ReportingMode, Stage } from '../case/schema.ts'
import { IsoDate } from '../dates.ts'
import { AreaRule } from '../teeth.ts'
import { Condition, FactValue } from './condition.ts'

export const Confidence = z.enum(['confirmed', 'reported', 'unverified'])
export type Confidence = z.infer<typeof Confidence>
/** `unverified` is shown as "check with payer". */
const basis = { source: z.array(z.string()).min(1), confidence: Confidence }
/** A basis that may be left out where the enclosing rule already gives one. */
const ownBasis = { source: z.array(z.string()).min(1).optional(), confidence: Confidence.optional() }
const Text = z.string().trim().min(1).max(1200)
const Id = z.string().regex(/^[a-zA-Z0-9_]+$/)
const CdtCode = z.string().regex(/^D\d{4}$/)

export const Statement = z.strictObject({ text: Text, ...basis })
export type Statement = z.infer<typeof Statement>
const QuestionAndAnswer = z.strictObject({ question: Text, answer: Text, ...basis })
/** `id` is the citation itself (an address or a document); it is what answers carry in `source`. */
export const Source = z.strictObject({
  id: z
    .string()
    .min(3)
    .regex(/^[^;]+$/, 'A source id may not contain ;'),
  title: Text,
  /** when the fact was entered into the guide */
  recorded: IsoDate,
  confidence: Confidence,
})
export type Source = z.infer<typeof Source>

const FACT_KINDS = ['enum', 'boolean', 'number', 'text', 'date', 'codes', 'tooth', 'counts'] as const
export const FactSpec = z.strictObject({
  id: Id,
  kind: z.enum(FACT_KINDS),
  label: Text,
  question: Text,
  why: Text,
  /** what settles it: a film, a test, the chart, the patient's card */
  evidence: z.array(Text).min(1),
  /** choices of an enum, each with the single key that answers it */
  values: z.array(z.strictObject({ value: Id, label: Text, key: z.string().length(1) })).optional(),
  /** filled from the tooth number; `given` facts may also be stated */
  derivedFrom: z.literal('tooth').optional(),
  given: z.boolean().default(true),
  min: z.number().optional(),
  max: z.number().optional(),
  /** values the build check and the property tests try, for kinds that cannot be enumerated */
  samples: z.array(FactValue).optional(),
  /** the office does not ask it, and why */
  leftOut: Text.optional(),
})
export type FactSpec = z.infer<typeof FactSpec>

const Phase = z.enum(['initial', 'interim', 'final', 'single'])
const ClassCodes = z.strictObject({ anterior: CdtCode, premolar: CdtCode.optional(), molar: CdtCode })

export const Code = z.strictObject({
  code: CdtCode,
  label: Text,
  description: Text,
  /** the ADA's own words, from the office's licensed list; never shipped */
  descriptor: z.string().optional(),
  family: Id,
  kind: z.enum(['treatment', 'addition', 'interim', 'diagnostic', 'other']),
  teeth: z.strictObject({
    dentition: z.enum(['permanent', 'primary', 'any']),
    classes: z.array(z.enum(['anterior', 'premolar', 'molar'])).optional(),
  }),
  area: AreaRule,
  /** fewest and most tooth surfaces that a line names (item 28); left out: none */
  surfaces: z.strictObject({ from: z.number().int().min(0), to: z.number().int().max(5) }).optional(),
  /** first and last date of service; null: no limit known */
  validFrom: IsoDate.nullable(),
  validTo: IsoDate.nullable(),
  /** never reported any more, last date unknown */
  retired: z.boolean().default(false),
  phase: Phase.optional(),
  whenToUse: z.array(Statement).min(1),
  notWhen: z.array(Statement),
  questionsAndAnswers: z.array(QuestionAndAnswer).default([]),
  compareWith: z.array(CdtCode).default([]),
  ...basis,
})
export type Code = z.infer<typeof Code>

/** `{code}` in a message is filled from `byClass`; `{fact}` from the facts. */
export const FindingSpec = z.strictObject({
  id: Id,
  severity: z.enum(['block', 'warn', 'info']),
  when: Condition.optional(),
  byClass: ClassCodes.optional(),
  message: Text,
  ...ownBasis,
})
export type FindingSpec = z.infer<typeof FindingSpec>

/** Codes that must not be used here; `*` stands for every treatment code of the guide. */
const Rejection = z.strictObject({
  codes: z.array(z.union([CdtCode, z.literal('*')])).min(1),
  when: Condition.optional(),
  reason: Text,
  ...ownBasis,
})
/** Exactly one of `code`, `byClass`, `plan` (by phase and reporting mode) or `perQuadrant`. */
export const RecommendedCode = z.strictObject({
  code: CdtCode.optional(),
  byClass: ClassCodes.optional(),
  plan: Id.optional(),
  perQuadrant: z
    .strictObject({ fact: Id, steps: z.array(z.strictObject({ atLeast: z.number().int().min(1), code: CdtCode })) })
    .optional(),
  role: z.enum(['main', 'additional']),
  /** a number fact that gives the quantity, and what to take off it; `eachTooth`: one line per tooth instead of a count */
  quantity: z
    .strictObject({ fact: Id, minus: z.number().int().min(0).default(0), eachTooth: z.boolean().default(false) })
    .optional(),
  when: Condition.optional(),
  reason: Text.optional(),
  ...ownBasis,
})
export type RecommendedCode = z.infer<typeof RecommendedCode>

export const Outcome = z.strictObject({
  when: Condition.optional(),
  /** an unknown condition passes to the next outcome instead of asking */
  exception: z.boolean().default(false),
  reason: Text,
  asks: z.array(Id).default([]),
  recommend: z.array(RecommendedCode).default([]),
  reject: z.array(Rejection).default([]),
  findings: z.array(FindingSpec).default([]),
  needsDentist: z.boolean().default(false),
  ...ownBasis,
})
export type Outcome = z.infer<typeof Outcome>
export const Rule = z.strictObject({
  id: Id,
  title: Text,
  when: Condition,
  /** does not hold unless it is known to hold: an unknown condition passes to the next rule instead of asking */
  exception: z.boolean().default(false),
  /** fires beside the first matching rule instead of being one */
  adds: z.boolean().default(false),
  /** first match wins; the last one has no condition */
  outcomes: z.array(Outcome).min(1),
  reject: z.array(Rejection).default([]),
  findings: z.array(FindingSpec).default([]),
  confirmWhen: Condition.optional(),
  ...basis,
})
export type Rule = z.infer<typeof Rule>
const Validator = z.strictObject({
  id: Id,
  severity: z.enum(['block', 'warn', 'info']),
  when: Condition,
  message: Text,
  /** shown as info when an unknown fact keeps the condition open */
  ifUnknown: Text.optional(),
  needsDentist: z.boolean().default(false),
  ...basis,
})

export const VisitPlan = z.strictObject({
  id: Id,
  title: Text,
  phases: z
    .array(
      z.strictObject({ phase: Phase, title: Text, code: CdtCode, repeats: z.boolean(), expected: z.number().int() }),
    )
    .min(1),
  /** the code reported once at completion; null: always reported by phase */
  finalOnly: z.strictObject({ code: CdtCode, message: Text, ...basis }).nullable(),
  ...basis,
})
export type VisitPlan = z.infer<typeof VisitPlan>
const DATE_RULES = ['before_treatment', 'on_visit', 'after_completion', 'within_12_months', 'none'] as const
/** Matches the P, C and A columns of domain.md 2: before authorization, claim, appeal. */
export const ChecklistSpec = z.strictObject({
  id: Id,
  title: Text,
  detail: Text,
  who: z.array(z.enum(['front_desk', 'assistant', 'dentist', 'hygienist', 'lab'])).min(1),
  type: z.enum(['image', 'narrative', 'chart', 'consent', 'payer']),
  stages: z.array(Stage).min(1),
  mayBeFile: z.boolean(),
  perVisit: z.boolean().default(false),
  /** visits of these phases only, for items asked per visit */
  phases: z.array(Phase).optional(),
  when: Condition.optional(),
  /** code families the item belongs to; every family when left out */
  families: z.array(Id).optional(),
  evidenceKinds: z.array(Id).min(1),
  dateRule: z.enum(DATE_RULES).default('none'),
  /** the office does not want it, and why; a payer that does brings it back */
  leftOut: Text.optional(),
  seed: z.boolean().default(false),
  ...basis,
})
export type ChecklistSpec = z.infer<typeof ChecklistSpec>
const Pair = { codes: z.array(CdtCode).min(1), with: z.array(CdtCode).min(1) }
const Conflict = z.strictObject({
  id: Id,
  ...Pair,
  scope: z.enum(['same_tooth', 'same_tooth_same_day', 'same_area_same_day', 'same_day']),
  severity: z.enum(['block', 'warn', 'info']),
  /** `codes` come first, `with` follows within so many days; later is no conflict */
  withinDays: z.number().int().min(1).optional(),
  reason: Text,
  ...basis,
})
/** Where services count together; `patient` is the whole mouth. */
export const FrequencyScope = z.enum(['tooth', 'quadrant', 'arch', 'patient'])
export const FrequencyUnit = z.enum(['day', 'month', 'calendar_year', 'lifetime'])
export const Frequency = z.strictObject({
  id: Id,
  /** the codes that are limited; they count together */
  codes: z.array(CdtCode).min(1),
  /** codes that count towards the limit, where they are not the limited ones */
  counted: z.array(CdtCode).optional(),
  scope: FrequencyScope,
  /** only services of the same dentist count */
  sameProvider: z.boolean().default(false),
  count: z.number().int().min(1),
  period: z.number().int().min(1).nullable(),
  unit: FrequencyUnit,
  /** the validator that says the same while the code is chosen */
  validator: Id.optional(),
  note: Text,
  ...basis,
})
export type Frequency = z.infer<typeof Frequency>
const Denial = z.strictObject({
  id: Id,
  cause: Text,
  carcs: z.array(z.string()),
  rarcs: z.array(z.string()),
  why: Text,
  fix: Text,
  evidence: z.array(Text).min(1),
  seed: z.boolean().default(false),
  ...basis,
})
/** A part is left out when its condition is false or undecided. Slots: `{fact}`, `{note:id}`, `{ctx:id}`. `*`: any code. */
export const Template = z.strictObject({
  id: Id,
  title: Text,
  use: z.enum(['claim', 'authorization', 'appeal']),
  for: z.array(z.union([CdtCode, z.literal('*')])).min(1),
  parts: z.array(z.strictObject({ when: Condition.optional(), text: Text })).min(1),
  ...basis,
})
export type Template = z.infer<typeof Template>
export const Comparison = z.strictObject({
  id: Id,
  title: Text,
  codes: z.array(CdtCode).min(2),
  rows: z.array(z.strictObject({ point: Text, cells: z.array(Text).min(2), ...basis })).min(1),
})
export type Comparison = z.infer<typeof Comparison>
/** Diagnosis codes that fit or contradict a procedure; entries are prefixes such as `K04.1`. */
const IcdRule = z.strictObject({
  codes: z.array(CdtCode).min(1),
  expected: z.array(z.string()),
  alsoFits: z.array(z.string()),
  mismatch: z.array(z.strictObject({ icd: z.string(), message: Text })),
  ...basis,
})

export const Guide = z.strictObject({
  id: Id,
  title: Text,
  /** What people and charts call it, in everyday words: by these it is found. */
  alsoCalled: z.array(Text).default([]),
  summary: Text,
  revision: Text,
  validFrom: IsoDate,
  families: z.array(z.strictObject({ id: Id, title: Text, summary: Text })).min(1),
  codes: z.array(Code).min(1),
  /** in default order of asking */
  facts: z.array(FactSpec).min(1),
  rules: z.array(Rule).min(1),
  validators: z.array(Validator),
  visitPlans: z.array(VisitPlan),
  comparisons: z.array(Comparison),
  checklist: z.array(ChecklistSpec),
  authorizationHints: z.array(Statement),
  conflicts: z.array(Conflict),
  frequency: z.array(Frequency),
  denials: z.array(Denial),
  narratives: z.array(Template),
  icd: z.array(IcdRule),
  questionsAndAnswers: z.array(QuestionAndAnswer),
  sources: z.array(Source).min(1),
})
export type Guide = z.infer<typeof Guide>

/** Whether a question, item or rule is one that the office added. */
export const isOwn = (id: string): boolean => /^own_\d+$/.test(id)

/** The engine's question. A missing fact is unknown; so is the text `unknown`. */
export const ChooseInput = z.strictObject({
  guideId: z.string().max(60),
  facts: z.record(z.string().max(60), FactValue.nullable()),
  serviceDate: IsoDate.nullable().default(null),
  reportingMode: ReportingMode.default('phased'),
  /** codes the office intends to report for this tooth or area */
  plannedCodes: z.array(CdtCode).max(30).optional(),
  /** codes of other lines on the same day */
  sameDayCodes: z.array(CdtCode).max(50).optional(),
})
export type ChooseInput = z.infer<typeof ChooseInput>

/** `source` joins the ids of the guide's sources with `; `. */
const cited = { source: z.string(), confidence: Confidence }
export const GuideFinding = z.strictObject({
  id: z.string(),
  severity: z.enum(['block', 'warn', 'info']),
  message: z.string(),
  ...cited,
})
export type GuideFinding = z.infer<typeof GuideFinding>
export const ChoiceLine = z.strictObject({
  code: CdtCode,
  role: z.enum(['main', 'additional']),
  reason: z.string(),
  quantity: z.number().int().optional(),
  /** the quantity counts teeth: each gets a line of its own */
  eachTooth: z.boolean().optional(),
  area: z.string().optional(),
  ...cited,
})
export type ChoiceLine = z.infer<typeof ChoiceLine>
const MissingFact = z.strictObject({
  fact: z.string(),
  question: z.string(),
  why: z.string(),
  evidence: z.array(z.string()),
})
/**
 * The engine's answer; `lines` is empty when nothing should be reported yet, `ruleId` null when no rule is decided. `instead`
 * says what to do where the rule names no code for these facts; else it is empty.
 */
export const Choice = z.strictObject({
  ruleId: z.string().nullable(),
  instead: z.string(),
  lines: z.array(ChoiceLine),
  rejected: z.array(z.strictObject({ code: CdtCode, reason: z.string(), ...cited })),
  missing: z.array(MissingFact),
  findings: z.array(GuideFinding),
  needsDentist: z.boolean(),
})
export type Choice = z.infer<typeof Choice>

/** A question the wizard asks next. */
export const Question = MissingFact.extend({
  kind: z.enum(FACT_KINDS),
  /** single keys: the guide's for a choice, y and n for yes and no; `u` is always "unknown" */
  keys: z.array(z.strictObject({ value: FactValue, label: z.string(), key: z.string() })),
  /** nothing can be reported before this is known; otherwise it only refines the answer */
  blocking: z.boolean(),
})
export type Question = z.infer<typeof Question>

/** An item due in a case; `key` is unique in its list: the id, or id and visit. */
export const ChecklistItem = z.strictObject({
  id: z.string(),
  key: z.string(),
  visitId: z.string().nullable(),
  title: z.string(),
  detail: z.string(),
  who: ChecklistSpec.shape.who,
  type: ChecklistSpec.shape.type,
  evidenceKinds: z.array(z.string()),
  mayBeFile: z.boolean(),
  dateRule: z.enum(DATE_RULES),
  /** The payer that wants it so; empty: the guide alone. */
  payer: z.string(),
  /** No older than this when treatment begins; null: any age. */
  maxAgeMonths: z.number().int().nullable(),
  ...cited,
})
export type ChecklistItem = z.infer<typeof ChecklistItem>
