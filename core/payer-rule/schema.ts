// What payers differ in, as one kind of rule: what it says, for which codes, of whom, and where that comes from.
import * as z from 'zod'
import { AuthorizationKind } from '../authorization/schema.ts'
import { AttachmentKind, Stage } from '../case/schema.ts'
import { IsoDate } from '../dates.ts'
import { FrequencyScope, FrequencyUnit } from '../guide/schema.ts'
import { PayerId, PayerRuleId, PlanId } from '../ids.ts'
import { Tooth } from '../teeth.ts'

/** Calendar days, business days, months: as the payer counts, never converted. */
const SpanUnit = z.enum(['cd', 'bd', 'mo'])
export const Span = z.strictObject({ count: z.number().int().min(1).max(1000), unit: SpanUnit })
export type Span = z.infer<typeof Span>
export const Confidence = z.enum(['confirmed', 'reported', 'unverified'])

/** `D2740`, or `D2950-D2957`. */
const CodeRange = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^D\d{4}(-D\d{4})?$/, 'Type codes such as D2740 or D2950-D2957')
export const isIn = (range: string, code: string): boolean => {
  const [from, to = from] = range.split('-')
  return from! <= code && code <= to!
}

const Months = z.number().int().min(1).max(120)
const Age = z.number().int().min(0).max(120).nullable()
const Words = z.string().trim().max(120)

/** What a rule says. Figures stand as the payer gives them; null is “not said”. */
export const RuleTerm = z.discriminatedUnion('topic', [
  /** Is an authorization required, an estimate advised, or nothing needed? */
  z.strictObject({ topic: z.literal('need'), need: z.enum(['required', 'estimate', 'none']) }),
  /** A film or paper that it wants at these stages. */
  z.strictObject({
    topic: z.literal('document'),
    title: Words.min(1, 'Say what the payer wants'),
    /** The file or text that settles it; null: somebody’s note does. */
    kind: AttachmentKind.nullable(),
    stages: z.array(Stage).min(1),
    /** No older than this when treatment begins; null: any age. */
    maxAgeMonths: Months.nullable(),
  }),
  z
    .strictObject({
      topic: z.literal('frequency'),
      count: z.number().int().min(1).max(99),
      scope: FrequencyScope,
      /** Null with `lifetime` only. */
      period: z.number().int().min(1).max(999).nullable(),
      /** `calendar_year` begins on January 1; the others count from the last service. */
      unit: FrequencyUnit,
      /** Codes that share the limit beside those of the rule. */
      counted: z.array(CodeRange).max(60),
    })
    .refine(({ period, unit }) => (period === null) === (unit === 'lifetime'), {
      message: 'Say how long the period is',
      path: ['period'],
    }),
  /** Months from the start of the coverage. */
  z.strictObject({ topic: z.literal('waiting'), months: Months }),
  /** Paid from this age, through that one; both in years on the date of service. */
  z
    .strictObject({ topic: z.literal('age'), from: Age, through: Age })
    .refine(({ from, through }) => from !== null || through !== null, { message: 'Type an age', path: ['through'] }),
  z.strictObject({ topic: z.literal('teeth'), teeth: z.array(Tooth).min(1, 'Name the teeth').max(52) }),
  /** Is a tooth replaced that was lost before the coverage began? */
  z.strictObject({ topic: z.literal('missing_tooth'), isPaid: z.boolean() }),
  /** Paid as a less costly service: a code, or what it is in words. */
  z.strictObject({
    topic: z.literal('downgrade'),
    as: Words.min(1, 'Say what it is paid as'),
    /** Empty: on every tooth. */
    teeth: z.array(Tooth).max(52),
  }),
  /** Not paid beside these on the same day. */
  z.strictObject({ topic: z.literal('bundling'), with: z.array(CodeRange).min(1, 'Name the codes').max(60) }),
  /** Until a request is answered. */
  Span.extend({
    topic: z.literal('answer'),
    from: Words,
    kind: AuthorizationKind.nullable(),
    expedited: Span.nullable(),
  }),
  /** How long an approval or an estimate holds. */
  Span.extend({ topic: z.literal('valid'), from: Words, kind: AuthorizationKind.nullable() }),
  Span.extend({ topic: z.literal('filing'), from: Words }),
  Span.extend({ topic: z.literal('appeal'), from: Words, level: z.number().int().min(1).max(3) }),
  /** How something may be sent, in the rule’s words. */
  z.strictObject({ topic: z.literal('channel') }),
  /** What else is good to know, in the rule’s words. */
  z.strictObject({ topic: z.literal('remark') }),
])
export type RuleTerm = z.infer<typeof RuleTerm>
export type RuleTopic = RuleTerm['topic']
export type TermOf<Topic extends RuleTopic> = Extract<RuleTerm, { topic: Topic }>

/** A rule without whose it is. */
export const RuleBody = z.strictObject({
  term: RuleTerm,
  /** Empty: every code. */
  codes: z.array(CodeRange).max(60),
  /** Of practices in this state only; empty: of all. */
  state: z.string().regex(/^([A-Z]{2})?$/, 'Two letters, such as TX'),
  /** The rule in our own words, or the office’s. */
  words: z.string().trim().max(400),
  source: z.string().trim().min(1, 'Say where it comes from').max(300),
  /** Date of the document or call as far as there is one: `2024-10`; empty: not dated. */
  docDate: z.string().regex(/^(\d{4}(-\d{2}(-\d{2})?)?)?$/, 'Type a date'),
  /** The day somebody last read or heard it. */
  seenOn: IsoDate,
  confidence: Confidence,
})
export type RuleBody = z.infer<typeof RuleBody>

/** A payer or program whose rules are shipped. */
export const Program = z.strictObject({
  key: z.string(),
  name: z.string(),
  /** Programs whose rules hold where this one says nothing: the federal ones of a state’s Medicaid. */
  under: z.array(z.string()),
  rules: z.array(RuleBody.extend({ key: z.string() })),
})
export type Program = z.infer<typeof Program>

export const OfficeRuleInput = z.strictObject({
  payerId: PayerId,
  /** Null: of all plans of the payer. */
  planId: PlanId.nullable(),
  body: RuleBody,
  /** The shipped rule that it stands for; null: none. */
  replaces: z.string().max(80).nullable(),
  /** The shipped rule is put out of force, and nothing stands in its place. */
  isOff: z.boolean(),
})
export type OfficeRuleInput = z.infer<typeof OfficeRuleInput>
export const OfficeRule = OfficeRuleInput.extend({
  id: PayerRuleId,
  version: z.number().int(),
  /** The shipped rule as it was when the office wrote its own; null where it replaces none. */
  basis: RuleBody.nullable(),
})
export type OfficeRule = z.infer<typeof OfficeRule>

/** A rule as it holds for a payer and plan. */
export const PayerRule = RuleBody.extend({
  /** Key of the shipped rule, id of the office’s own. */
  id: z.string(),
  origin: z.enum(['office', 'shipped']),
  /** Whose it is: the program, or the office’s own list. */
  name: z.string(),
  planId: PlanId.nullable(),
  /** 0: of the payer’s own program; more: of one above it. */
  depth: z.number().int(),
})
export type PayerRule = z.infer<typeof PayerRule>
export type RuleOf<Topic extends RuleTopic> = PayerRule & { term: TermOf<Topic> }

export const hasTopic =
  <Topic extends RuleTopic>(topic: Topic) =>
  (rule: PayerRule): rule is RuleOf<Topic> =>
    rule.term.topic === topic
