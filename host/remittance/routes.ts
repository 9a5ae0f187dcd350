// EOBs by hand: preview, post, take back; reasons in plain words.
import type { remittanceRoutes } from '#core/contract/remittance.ts'
import { explain, searchReasons } from '#core/remittance/tables.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { listPayerCodes, setPayerCode } from './payer-code-rows.ts'
import { postRemittance } from './post-eob.ts'
import { takeBack } from './reverse.ts'
import { previewRemittance, remittancesOf } from './view.ts'

export const remittanceHandlers = {
  'remittance.forCase': (context, { caseId }) => remittancesOf(context, caseId),
  'remittance.preview': previewRemittance,
  'remittance.post': postRemittance,
  'remittance.reverse': takeBack,

  'reason.list': async ({ assets }, { kind, text }) => ({
    reasons: searchReasons(assets.reasons, kind, text),
  }),
  'reason.own': async ({ db, assets }, { payerId }) => {
    const tables = assets.reasons
    const codes = await listPayerCodes(db, payerId)
    return { codes: codes.map((one) => ({ ...one, plain: explain(tables, 'carc', one.carc, one.group).plain })) }
  },
  'reason.map': async (context, { payerId, carc, ...mapping }) => {
    await setPayerCode(context.tx, payerId, { ...mapping, carc }, context)
    context.audit({ entity: 'payer', entityId: payerId, after: { ...mapping, carc } })
  },
  'reason.explain': async ({ assets }, { adjustments, remarks }) => {
    const tables = assets.reasons
    return {
      meanings: [
        ...adjustments.map((one) => explain(tables, 'carc', one.carc, one.group)),
        ...remarks.map((remark) => explain(tables, 'rarc', remark)),
      ],
    }
  },
} satisfies HandlersOf<keyof typeof remittanceRoutes>
