// The office, providers, payers and plans.
import type { officeRoutes } from '#core/contract/office.ts'
import type { PayerId, PlanId, ProviderId } from '#core/ids.ts'
import { figureRows } from '#core/payer-figures.ts'
import { withRules } from '#core/payer-rule/match.ts'
import {
  addPayer,
  addPlan,
  addProvider,
  findKnownPayer,
  findPayer,
  getOffice,
  listPayers,
  listPlans,
  plansById,
  providersById,
  listProviders,
  updateOffice,
  updatePayer,
  updatePlan,
  updateProvider,
} from './rows.ts'
import { openCasesUnder } from '#host/case/list-rows.ts'
import { found } from '#host/kernel/versioned.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

const DERIVED_FROM = ['rulesKey', 'reportingMode'] as const

export const officeHandlers = {
  'office.get': ({ db }) => getOffice(db),
  'office.update': async (context, { version, office }) => {
    const before = await getOffice(context.tx)
    await updateOffice(context.tx, version, office, context)
    context.audit({ entity: 'office', entityId: '1', before, after: office })
  },
  'provider.list': async ({ db }) => ({ providers: await listProviders(db) }),
  'provider.add': async (context, { provider }) => {
    const id = context.newId<ProviderId>()
    await addProvider(context.tx, id, provider, context)
    context.audit({ entity: 'provider', entityId: id, after: provider })
    return { id }
  },
  'provider.update': async (context, { id, version, provider, active }) => {
    const before = found((await providersById(context.tx, [id])).get(id), 'provider', id)
    await updateProvider(context.tx, id, version, provider, active, context)
    context.audit({ entity: 'provider', entityId: id, before, after: { ...provider, active } })
  },
  'payer.list': async ({ db }, { text }) => ({ payers: await listPayers(db, text) }),
  'payer.add': async (context, { payer }) => {
    const id = context.newId<PayerId>()
    await addPayer(context.tx, id, payer, context)
    context.audit({ entity: 'payer', entityId: id, after: payer })
    return { id }
  },
  'payer.update': async (context, { id, version, payer }) => {
    const before = found(await findPayer(context.tx, id), 'payer', id)
    await updatePayer(context.tx, id, version, payer, context)
    context.audit({ entity: 'payer', entityId: id, before, after: payer })
    // Clocks and the codes to report follow from what is known of the payer.
    if (DERIVED_FROM.some((key) => JSON.stringify(before[key]) !== JSON.stringify(payer[key])))
      for (const caseId of await openCasesUnder(context.tx, { payerId: id })) context.touches(caseId)
  },
  'payer.figures': async ({ db, assets }, { id }) => {
    const known = found(await findKnownPayer(db, id), 'payer', id)
    return { rows: figureRows(withRules(known, assets.programs, null)) }
  },
  'plan.list': async ({ db }, { payerId }) => ({ plans: await listPlans(db, payerId) }),
  'plan.add': async (context, { plan }) => {
    const id = context.newId<PlanId>()
    await addPlan(context.tx, id, plan, context)
    context.audit({ entity: 'plan', entityId: id, after: plan })
    return { id }
  },
  'plan.update': async (context, { id, version, plan }) => {
    const before = found((await plansById(context.tx, [id])).get(id), 'plan', id).plan
    await updatePlan(context.tx, id, version, plan, context)
    context.audit({ entity: 'plan', entityId: id, before, after: plan })
    // Approvals rest on the annual maximum as it was, lists on the payer.
    if (before.annualMaxCents !== plan.annualMaxCents || before.payerId !== plan.payerId)
      for (const caseId of await openCasesUnder(context.tx, { planId: id })) context.touches(caseId)
  },
} satisfies HandlersOf<keyof typeof officeRoutes>
