// The office, providers, payers and plans.
import type { officeRoutes } from '#core/contract/office.ts'
import type { PayerId, PlanId, ProviderId } from '#core/ids.ts'
import {
  addPayer,
  addPlan,
  addProvider,
  findPayer,
  findPlan,
  findProvider,
  getOffice,
  listPayers,
  listPlans,
  listProviders,
  updateOffice,
  updatePayer,
  updatePlan,
  updateProvider,
} from './rows.ts'
import { casesApprovedUnder } from '#host/authorization/rows.ts'
import { found } from '#host/kernel/versioned.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refreshCase } from '#host/case/refresh.ts'

export const officeHandlers = {
  'office.get': ({ db }) => getOffice(db),
  'office.update': async (context, { version, office }) => {
    const before = await getOffice(context.tx)
    await updateOffice(context.tx, version, office, context)
    context.audit({ entity: 'office', entityId: '1', before, after: office })
    return {}
  },
  'provider.list': async ({ db }) => ({ providers: await listProviders(db) }),
  'provider.add': async (context, { provider }) => {
    const id = context.newId<ProviderId>()
    await addProvider(context.tx, id, provider, context)
    context.audit({ entity: 'provider', entityId: id, after: provider })
    return { id }
  },
  'provider.update': async (context, { id, version, provider, active }) => {
    const before = found(await findProvider(context.tx, id), 'provider', id)
    await updateProvider(context.tx, id, version, provider, active, context)
    context.audit({ entity: 'provider', entityId: id, before, after: { ...provider, active } })
    return {}
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
    return {}
  },
  'payer.rules': async ({ assets }) => assets.payerRules,
  'plan.list': async ({ db }, { payerId }) => ({ plans: await listPlans(db, payerId) }),
  'plan.add': async (context, { plan }) => {
    const id = context.newId<PlanId>()
    await addPlan(context.tx, id, plan, context)
    context.audit({ entity: 'plan', entityId: id, after: plan })
    return { id }
  },
  'plan.update': async (context, { id, version, plan }) => {
    const before = found(await findPlan(context.tx, id), 'plan', id)
    await updatePlan(context.tx, id, version, plan, context)
    context.audit({ entity: 'plan', entityId: id, before, after: plan })
    // Approvals rest on the annual maximum as it was.
    if (before.annualMaxCents !== plan.annualMaxCents)
      for (const caseId of await casesApprovedUnder(context.tx, id)) await refreshCase(context, caseId)
    return {}
  },
} satisfies HandlersOf<keyof typeof officeRoutes>
