// Remittance files: preview, keep, match, post.
import { findReason } from '#core/remittance/provider-reasons.ts'
import type { eraRoutes } from '#core/contract/era.ts'
import { readWholeEra } from '#core/x12/era-read.ts'
import {
  countEra,
  findPayment,
  getEraClaim,
  getPayment,
  listLedger,
  listToPost,
  pageEraClaims,
  pagePayments,
  setEraClaim,
  sumClaims,
} from '#db/repos/era.ts'
import { getAuthorization } from '#db/repos/authorization.ts'
import { getClaim } from '#db/repos/claim.ts'
import { refuse } from '../case-work.ts'
import type { HandlersOf } from '../context.ts'
import { identityOf, importEra } from '../era/import.ts'
import { candidatesOf, evidenceOf, matchOf, searchOurs } from '../era/match.ts'
import { postEraClaim } from '../era/post.ts'
import { openSource, sha256Of, textOf } from '../era/source.ts'
import { refuseOther } from '../x12-kind.ts'

export const eraHandlers = {
  'era.preview': async ({ db }, input) => {
    const source = openSource(input)
    const sha256 = sha256Of(source)
    const { payments, warnings } = readWholeEra([...textOf(source.pieces())].join(''))
    if (payments.length === 0) refuseOther(source, 'remittance')
    const seen = []
    for (const [index, payment] of payments.entries()) {
      const before = await findPayment(db, identityOf(payment, sha256, index + 1))
      const claims = []
      for (const claim of payment.claims) {
        const { state: _state, reason: _reason, ...match } = await matchOf(db, claim)
        claims.push({ ...claim, match })
      }
      seen.push({ ...payment, claims, importedOn: before?.received_on ?? null })
    }
    return { payments: seen, warnings }
  },

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
    return { rows: rows.map(({ seq: _, ...row }) => row), next }
  },

  'era.candidates': async ({ db }, { id, text }) => {
    const { claim } = await getEraClaim(db, id)
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
      evidence: evidenceOf(claim, one),
    }))
    const fitting = (evidence: readonly { fits: boolean }[]) => evidence.filter((one) => one.fits).length
    return { candidates: candidates.sort((a, b) => fitting(b.evidence) - fitting(a.evidence)).slice(0, 20) }
  },

  'era.match': async (context, { id, claimId, authorizationId }) => {
    const { tx } = context
    const row = await getEraClaim(tx, id)
    if (row.state === 'posted') refuse(['It is posted. Take the posting back first.'])
    if (claimId !== null) await getClaim(tx, claimId)
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
    const left: { id: string; number: string; reason: string }[] = []
    let posted = 0
    let paidCents = 0
    for (const [index, row] of rows.entries()) {
      await context.step(index, rows.length)
      const result = await postEraClaim(context, payment, row, acknowledgeDifference)
      if ('reason' in result) {
        left.push({ id: row.id, number: row.claim.claimId, reason: result.reason })
        const state = row.state === 'matched' && result.reason.includes('by hand') ? 'by_hand' : row.state
        await setEraClaim(context.tx, row, { state, reason: result.reason })
      } else {
        posted += 1
        paidCents += result.paidCents
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
