// Remittance files: preview, keep, match, post.
import { findReason } from '#core/remittance/provider-reasons.ts'
import type { eraRoutes } from '#core/contract/era.ts'
import {
  countEra,
  getEraClaim,
  getPayment,
  listLedger,
  listToPost,
  pageEraClaims,
  pagePayments,
  setEraClaim,
  sumClaims,
} from './era-rows.ts'
import { getAuthorization } from '#host/authorization/rows.ts'
import { getClaim } from '#host/claim/rows.ts'
import { refuse } from '#host/case/finish.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { importEra } from './era/import.ts'
import { candidatesOf, evidenceOf, isPredetermination, payersOf, searchOurs } from './era/match.ts'
import { decisionsOf, postDecision } from './era/post.ts'
import { previewEra } from './era/preview.ts'
import { openSource } from './era/source.ts'
import { refuseOther } from './era/x12-kind.ts'

export const eraHandlers = {
  'era.preview': ({ db }, { limit, ...input }) => previewEra(db, openSource(input), limit),

  'era.import': async (context, input) => {
    const source = openSource(input)
    const imported = await importEra(context, source)
    if (imported.payments.length + imported.duplicates.length === 0) refuseOther(source, 'remittance')
    context.audit({
      entity: 'era_file',
      entityId: imported.fileId ?? 'none',
      after: { payments: imported.payments, claims: imported.claims, duplicates: imported.duplicates.length },
    })
    return imported
  },

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

  'era.candidates': async ({ db }, { id, text }) => {
    const { claim, paymentId } = await getEraClaim(db, id)
    const payers = await payersOf(db, (await getPayment(db, paymentId)).header)
    const ours = text === '' ? await candidatesOf(db, claim) : await searchOurs(db, text)
    const candidates = ours.map((one) => ({
      kind: one.kind,
      id: one.id,
      caseId: one.caseId,
      number: one.number,
      patientName: `${one.lastName}, ${one.firstName}`,
      code: one.code,
      tooth: one.tooth,
      totalCents: one.totalCents,
      state: one.state,
      serviceDate: one.serviceDate,
      evidence: evidenceOf(claim, one, payers),
    }))
    const fitting = (evidence: readonly { fits: boolean }[]) => evidence.filter((one) => one.fits).length
    return { candidates: candidates.sort((a, b) => fitting(b.evidence) - fitting(a.evidence)).slice(0, 20) }
  },

  'era.match': async (context, { id, claimId, authorizationId }) => {
    const { tx } = context
    const row = await getEraClaim(tx, id)
    if (row.state === 'posted') refuse(['It is posted. Take the posting back first.'])
    if (claimId !== null) {
      await getClaim(tx, claimId)
      if (isPredetermination(row.claim)) refuse(['It is the answer to a predetermination: choose the request.'])
    }
    if (authorizationId !== null) await getAuthorization(tx, authorizationId)
    const isMatched = claimId !== null || authorizationId !== null
    const isReadable = row.claim.differenceCents !== null
    await setEraClaim(tx, row, {
      state: isMatched ? (isReadable ? 'matched' : 'by_hand') : 'unmatched',
      claim_id: claimId,
      authorization_id: authorizationId,
      basis: isMatched ? `Chosen by ${context.user.name}` : '',
      reason: isMatched ? '' : 'The match was taken back.',
    })
    context.audit({
      entity: 'era_claim',
      entityId: id,
      before: { claimId: row.claimId },
      after: { claimId, authorizationId },
    })
    return {}
  },

  'era.setAside': async (context, { id, aside, reason }) => {
    const row = await getEraClaim(context.tx, id)
    if (row.state === 'posted') refuse(['It is posted. Take the posting back first.'])
    if (aside && reason.length < 3) refuse(['Say why it is set aside, such as “another office”.'])
    const back = row.claimId === null && row.authorizationId === null ? 'unmatched' : 'matched'
    await setEraClaim(context.tx, row, { state: aside ? 'set_aside' : back, reason: aside ? reason : '' })
    context.audit({ entity: 'era_claim', entityId: id, before: { state: row.state }, after: { aside }, reason })
    return {}
  },

  'era.post': async (context, { paymentId, claimIds, acknowledgeDifference }) => {
    const payment = await getPayment(context.tx, paymentId)
    const rows = await listToPost(context.tx, paymentId, claimIds)
    const decisions = decisionsOf(rows)
    const left: { id: string; number: string; reason: string }[] = []
    let posted = 0
    let paidCents = 0
    for (const [index, parts] of decisions.entries()) {
      await context.step(index, decisions.length)
      const result = await postDecision(context, payment, parts, acknowledgeDifference)
      if ('paidCents' in result) {
        posted += parts.length
        paidCents += result.paidCents
        continue
      }
      for (const { id, paymentId: _, state, claim } of parts) {
        left.push({ id, number: claim.claimId, reason: result.reason })
        if (state === 'matched')
          await setEraClaim(
            context.tx,
            { id, paymentId, state },
            { state: result.reason.includes('by hand') ? 'by_hand' : state, reason: result.reason },
          )
      }
    }
    context.audit({
      entity: 'era_payment',
      entityId: paymentId,
      after: { posted, left: left.length, acknowledgeDifference },
    })
    return { posted, paidCents, left }
  },

  'era.ledger': async ({ db }, { limit }) => ({
    rows: (await listLedger(db, limit)).map((row) => ({
      id: row.id,
      paymentId: row.era_payment_id,
      payer: row.payer_name,
      trace: row.trace,
      on: row.paid_on ?? row.received_on,
      reason: row.reason,
      words: findReason(row.reason),
      reference: row.reference,
      cents: row.cents,
      providerNpi: row.provider_npi,
      periodEnd: row.period_end,
      claimNumber: row.number ?? '',
      caseId: row.case_id,
    })),
  }),
} satisfies HandlersOf<keyof typeof eraRoutes>
