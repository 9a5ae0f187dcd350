// What payers differ in: shipped rules, the office's own, and what they say of one service.
import * as z from 'zod'
import { CdtCode } from '../case/schema.ts'
import { IsoDate } from '../dates.ts'
import { CaseId, PayerId, PayerRuleId, PlanId } from '../ids.ts'
import { OfficeRule, OfficeRuleInput, PayerRule, RuleBody } from '../payer-rule/schema.ts'
import { OralArea, Tooth } from '../teeth.ts'
import { command, query, Version } from './route.ts'

/** The rules of a payer as the settings show them. */
const RulesView = z.strictObject({
  /** What holds under all plans, the most specific first. */
  rules: z.array(PayerRule),
  own: z.array(
    OfficeRule.extend({
      /** The shipped rule that it stands for, as it is now; null: none, or shipped no more. */
      shipped: RuleBody.nullable(),
      /** What is shipped anew since the office wrote its own. */
      changes: z.array(z.strictObject({ what: z.string(), was: z.string(), now: z.string() })),
    }),
  ),
})

export const payerRuleRoutes = {
  /** Payers and programs whose rules are shipped; a payer is linked to one by `rulesKey`. */
  'payerRule.programs': query({
    permission: 'read',
    topics: ['guide'],
    output: z.strictObject({
      programs: z.array(z.strictObject({ key: z.string(), name: z.string(), rules: z.number().int() })),
    }),
  }),
  'payerRule.list': query({
    permission: 'read',
    topics: ['payer', 'office'],
    input: z.strictObject({ payerId: PayerId }),
    output: RulesView,
  }),
  /** A rule of the office; one that replaces a shipped rule keeps how that one stood. */
  'payerRule.add': command({
    permission: 'work',
    topics: ['payer', 'case'],
    input: z.strictObject({ rule: OfficeRuleInput }),
    output: z.strictObject({ id: PayerRuleId }),
  }),
  /** Saving takes note of the shipped rule as it is now: its changes are not shown again. */
  'payerRule.update': command({
    permission: 'work',
    topics: ['payer', 'case'],
    input: z.strictObject({ id: PayerRuleId, version: Version, rule: OfficeRuleInput }),
  }),
  'payerRule.remove': command({
    permission: 'work',
    topics: ['payer', 'case'],
    input: z.strictObject({ id: PayerRuleId, version: Version }),
  }),
  /** What the rules say of one service, with the rule behind each sentence. */
  'payerRule.try': query({
    permission: 'read',
    topics: ['payer', 'office'],
    input: z.strictObject({
      payerId: PayerId,
      planId: PlanId.nullable(),
      code: CdtCode,
      tooth: Tooth.nullable(),
      area: OralArea.nullable(),
      /** The day the same service was done last. */
      lastOn: IsoDate.nullable(),
      on: IsoDate,
      birthDate: IsoDate.nullable(),
      coveredFrom: IsoDate.nullable(),
    }),
    output: z.strictObject({
      verdicts: z.array(z.strictObject({ tone: z.enum(['warn', 'info', 'ok']), words: z.string(), rule: PayerRule })),
    }),
  }),
  /** Open cases in which a rule says something, and what. */
  'payerRule.uses': query({
    permission: 'read',
    topics: ['payer', 'case', 'authorization', 'claim'],
    input: z.strictObject({ payerId: PayerId, ruleId: z.string().max(80) }),
    output: z.strictObject({
      uses: z.array(
        z.strictObject({ caseId: CaseId, patientName: z.string(), code: z.string().nullable(), what: z.string() }),
      ),
      /** Open cases that were not looked at: there are too many. */
      more: z.number().int(),
    }),
  }),
} as const
