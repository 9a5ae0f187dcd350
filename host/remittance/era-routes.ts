// Remittance files: preview, keep, match, post.
import { type eraRoutes, MOST_POSTED } from '#core/contract/remittance.ts'
import { ADJUSTMENT, findReason, INTEREST } from '#core/remittance/provider-reasons.ts'
import { ProviderAdjustment } from '#core/x12/era-schema.ts'
import { recordOf } from '#host/kernel/columns.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { importEra } from './era/import.ts'
import { postPayment, postPayments } from './era/post-payment.ts'
import { previewEra } from './era/preview.ts'
import { listCandidates, matchByHand, setClaimAside } from './era/queue.ts'
import { listOfChecks } from './rows.ts'
import { countEra, getPayment, listLedger, listReady, pageEraClaims, pagePayments, sumClaims } from './era-rows.ts'

export const eraHandlers = {
  'era.preview': previewEra,
  'era.import': importEra,
  'era.list': async ({ db }, input) => ({ ...(await pagePayments(db, input)), counts: await countEra(db) }),

  'era.get': async ({ db }, { id }) => {
    const { header, fileId: _, ...payment } = await getPayment(db, id)
    const { payerPhone, payee, accountEnd, isTest } = header
    return { ...payment, payerPhone, payee, accountEnd, isTest, ...(await sumClaims(db, id)) }
  },

  'era.claims': async ({ db }, input) => {
    const { rows, next } = await pageEraClaims(db, input)
    return { rows: rows.map(({ seq: _, ourTotalCents: _total, ...row }) => row), next }
  },

  'era.candidates': listCandidates,
  'era.match': matchByHand,
  'era.setAside': setClaimAside,
  'era.ready': async ({ db }) => {
    const ready = await listReady(db, MOST_POSTED)
    return {
      paymentIds: ready.map((one) => one.id),
      claims: ready.reduce((sum, one) => sum + one.claims, 0),
      amountCents: ready.reduce((sum, one) => sum + (one.amountCents ?? 0), 0),
    }
  },
  'era.post': postPayment,
  'era.postAll': postPayments,

  'era.ledger': async ({ db }, { limit }) => {
    const inFiles = (await listLedger(db, limit)).map((row) => ({
      id: row.id,
      paymentId: row.era_payment_id,
      payer: row.payer_name,
      trace: row.trace,
      on: row.paid_on ?? row.received_on,
      ...recordOf(ProviderAdjustment, row),
      words: findReason(row.reason),
      claimNumber: row.number ?? '',
      caseId: row.case_id,
    }))
    const onPaper = (await listOfChecks(db, limit)).flatMap((row) =>
      [
        { reason: INTEREST, cents: -row.interest_cents },
        { reason: ADJUSTMENT, cents: row.withheld_cents },
      ]
        .filter(({ cents }) => cents !== 0)
        .map((one) => ({
          ...one,
          id: row.id,
          paymentId: null,
          payer: row.payer ?? '',
          trace: row.payment_number,
          on: row.received_on,
          reference: row.payment_number,
          providerNpi: '',
          periodEnd: null,
          words: findReason(one.reason),
          claimNumber: row.number,
          caseId: row.case_id,
        })),
    )
    return { rows: [...inFiles, ...onPaper].sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)).slice(0, limit) }
  },
} satisfies HandlersOf<keyof typeof eraRoutes>
