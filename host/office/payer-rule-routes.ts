// Rules of payers: the shipped ones beside the office's own, tried on a service, and where they are used.
import type { payerRuleRoutes } from '#core/contract/payer-rule.ts'
import type { PayerId, PayerRuleId } from '#core/ids.ts'
import { tryRules } from '#core/payer-rule/findings.ts'
import { rulesOf } from '#core/payer-rule/match.ts'
import type { OfficeRule, OfficeRuleInput, Program, RuleBody } from '#core/payer-rule/schema.ts'
import { differencesOf } from '#core/payer-rule/words.ts'
import { openCasesUnder } from '#host/case/list-rows.ts'
import type { CommandContext, HandlersOf, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import { addPayerRule, removePayerRule, updatePayerRule } from './payer-rule-rows.ts'
import { usesOf } from './payer-rule-uses.ts'
import { findKnownPayer, listKnownPayers, plansById } from './rows.ts'

const payerOf = async ({ db }: Pick<QueryContext, 'db'>, id: PayerId) =>
  found(await findKnownPayer(db, id), 'payer', id)

/** A shipped rule by its key, as it is now. */
function shippedBody(programs: readonly Program[], key: string | null): RuleBody | null {
  const rule = programs.flatMap(({ rules }) => rules).find((one) => one.key === key)
  if (!rule) return null
  const { key: _, ...body } = rule
  return body
}

/** Clocks, checklists and checks of the payer's open cases follow from its rules. */
async function touchCases(context: CommandContext, payerId: PayerId): Promise<void> {
  for (const caseId of await openCasesUnder(context.tx, { payerId })) context.touches(caseId)
}

/** The payer is there, and the plan is one of its plans. */
async function check(context: CommandContext, { payerId, planId }: OfficeRuleInput): Promise<void> {
  await payerOf(context, payerId)
  if (planId === null) return
  const plan = found((await plansById(context.tx, [planId])).get(planId), 'plan', planId)
  if (plan.payer.id !== payerId) refuse(['This plan belongs to another payer.'])
}

async function ruleBefore(context: CommandContext, id: PayerRuleId): Promise<OfficeRule> {
  const all = await listKnownPayers(context.tx)
  return found(
    all.flatMap(({ ownRules }) => ownRules).find((rule) => rule.id === id),
    'payer rule',
    id,
  )
}

export const payerRuleHandlers = {
  'payerRule.programs': async ({ assets }) => ({
    programs: assets.programs.map(({ key, name, rules }) => ({ key, name, rules: rules.length })),
  }),
  'payerRule.list': async (context, { payerId }) => {
    const { programs } = context.assets
    const payer = await payerOf(context, payerId)
    return {
      rules: rulesOf(programs, payer, null),
      own: payer.ownRules.map((rule) => {
        const shipped = shippedBody(programs, rule.replaces)
        return { ...rule, shipped, changes: rule.basis && shipped ? differencesOf(rule.basis, shipped) : [] }
      }),
    }
  },
  'payerRule.add': async (context, { rule }) => {
    await check(context, rule)
    const id = context.newId<PayerRuleId>()
    await addPayerRule(context.tx, id, rule, shippedBody(context.assets.programs, rule.replaces), context)
    context.audit({ entity: 'payer_rule', entityId: id, after: rule })
    await touchCases(context, rule.payerId)
    return { id }
  },
  'payerRule.update': async (context, { id, version, rule }) => {
    await check(context, rule)
    const before = await ruleBefore(context, id)
    if (before.payerId !== rule.payerId) refuse(['A rule stays with its payer. Add it to the other one.'])
    const basis = shippedBody(context.assets.programs, rule.replaces)
    await updatePayerRule(context.tx, id, version, rule, basis, context)
    context.audit({ entity: 'payer_rule', entityId: id, before, after: rule })
    await touchCases(context, rule.payerId)
  },
  'payerRule.remove': async (context, { id, version }) => {
    const before = await ruleBefore(context, id)
    await updatePayerRule(context.tx, id, version, before, before.basis, context)
    await removePayerRule(context.tx, id)
    context.audit({ entity: 'payer_rule', entityId: id, before })
    await touchCases(context, before.payerId)
  },
  'payerRule.try': async (context, { payerId, planId, ...trial }) => {
    const payer = await payerOf(context, payerId)
    const plan = planId && found((await plansById(context.db, [planId])).get(planId), 'plan', planId).plan
    return { verdicts: tryRules(rulesOf(context.assets.programs, payer, plan), trial) }
  },
  'payerRule.uses': (context, { payerId, ruleId }) => usesOf(context, payerId, ruleId),
} satisfies HandlersOf<keyof typeof payerRuleRoutes>
