// The Claim step: filled from the case, checked, sent, kept as sent.
import { isApproved } from '#core/authorization/lifecycle.ts'
import { readinessOf } from '#core/case/readiness.ts'
import { EVENT_LABELS, eventsFrom, transition } from '#core/claim/lifecycle.ts'
import { checkElectronic } from '#core/claim/electronic.ts'
import type { ClaimEvent, ClaimFinding, ClaimState } from '#core/claim/schema.ts'
import type { claimRoutes } from '#core/contract/claim.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import type { ClaimId } from '#core/ids.ts'
import { formatMoney } from '#core/money.ts'
import { getAuthorization, updateAuthorization } from '#host/authorization/rows.ts'
import { getCase } from '#host/case/rows.ts'
import { addClaim, getClaim, listClaims, type StoredClaim, updateClaim, updateClaimForm } from './rows.ts'
import { countClaims, pageClaims } from './list-rows.ts'
import { listAnswers } from './file-rows.ts'
import { listRemittances } from '#host/remittance/rows.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { finishWork, invalid, refuse } from '#host/case/finish.ts'
import { enclosuresOf, fillClaim, findingsOf } from './claims.ts'
import { loadExportable } from './claim-file.ts'
import type { CommandContext, HandlersOf, QueryContext } from '#host/kernel/context.ts'
import { loadDocumentation } from '#host/case/documentation.ts'
import { expectationOf, forgetTerms, keepExpectation, setTerms } from '#host/remittance/expectation.ts'

type TransitionInput = ParsedInputOf<'claim.transition'>
type Routes =
  | 'claim.forCase'
  | 'claim.create'
  | 'claim.update'
  | 'claim.refill'
  | 'claim.validate'
  | 'claim.transition'
  | 'claim.list'
  | 'claim.expected'
  | 'claim.setExpected'

/** Posting the EOB adjudicates; by hand it would leave a decision without its lines. */
const offered = (state: ClaimState): ClaimEvent[] => eventsFrom(state).filter((event) => event !== 'adjudicate')

/** Form and lines of a claim, for one of its own. */
const sentAs = ({ form, lines }: StoredClaim) => ({ form, lines: lines.map(({ id: _, ...line }) => line) })

/** Unique within the office and within CLM01's 20 characters (x12.md). */
const numberOf = (id: ClaimId) => `CW${id.replaceAll('-', '').slice(-12).toUpperCase()}`

function refuseUnlessOpen(claim: StoredClaim): void {
  if (claim.state === 'draft' || claim.state === 'rejected') return
  const sent = claim.sentOn ? ` It was sent on ${formatDate(claim.sentOn)}` : ' It is void'
  refuse([`This claim is kept as it was.${sent}. Make a corrected claim instead.`])
}

/** What the claim is sent in spite of: kept with the reason, the user and the date. @throws REFUSED, INVALID_INPUT */
async function checkSend(context: CommandContext, claim: StoredClaim, input: TransitionInput): Promise<string[]> {
  const { on, reason } = input
  const latest = claim.lines
    .flatMap((line) => line.serviceDate ?? [])
    .sort()
    .at(-1)
  if (latest && on < latest) invalid('on', `A claim cannot be sent before its last service on ${formatDate(latest)}.`)
  const findings = await findingsOf(context.tx, claim, context)
  const blocking = findings.filter((finding) => finding.severity === 'block')
  if (blocking.length > 0) refuse(blocking.map((finding) => finding.message))
  const record = await getCase(context.tx, claim.caseId)
  const documentation = await loadDocumentation(context.tx, record, context)
  const readiness = readinessOf('claim', documentation.itemsOf('claim'), documentation.visits)
  const reasons = [
    ...findings.filter((finding) => finding.severity === 'warn').map((finding) => finding.message),
    ...(readiness.ready ? [] : [`${readiness.sentence}.`]),
  ]
  if (reasons.length > 0 && reason === '') refuse([...reasons, 'To send it anyway, give a reason.'])
  return reasons
}

function checkDay({ sentOn }: StoredClaim, { event, on }: TransitionInput, today: IsoDate): void {
  if (on > today) invalid('on', 'This date lies in the future.')
  if (event === 'reject' && sentOn && on < sentOn)
    invalid('on', `It cannot be rejected before it was sent on ${formatDate(sentOn)}.`)
}

async function addStep(
  context: CommandContext,
  row: { claim: StoredClaim; event: string; to: ClaimState; on: IsoDate; note: string },
): Promise<void> {
  const { claim, event, to, on, note } = row
  await addTransition(
    context.tx,
    {
      id: context.newId<string>(),
      caseId: claim.caseId,
      entity: 'claim',
      entityId: claim.id,
      event,
      from: claim.state,
      to,
      on,
      note,
    },
    context,
  )
}

/** The approval is spent once the last service of a finished treatment is billed under it. */
async function useAuthorization(context: CommandContext, claim: StoredClaim, on: IsoDate): Promise<void> {
  const { tx } = context
  const record = await getCase(tx, claim.caseId)
  if (claim.authorizationId === null || record.treatment !== 'done') return
  const authorization = await getAuthorization(tx, claim.authorizationId)
  if (!isApproved(authorization.state)) return
  await updateAuthorization(tx, authorization.id, authorization.version, { state: 'used' }, context)
  await addTransition(
    tx,
    {
      id: context.newId<string>(),
      caseId: claim.caseId,
      entity: 'authorization',
      entityId: authorization.id,
      event: 'use',
      from: authorization.state,
      to: 'used',
      on,
      note: `Claim ${claim.number}`,
    },
    context,
  )
}

const sentBy = (channel: TransitionInput['channel']) =>
  channel === null || channel === 'other' ? '' : channel === 'electronic' ? ' electronically' : ` by ${channel}`

/** One step of a claim with everything that follows from it. @throws REFUSED, INVALID_INPUT, CONFLICT */
export async function takeClaimStep(context: CommandContext, input: TransitionInput): Promise<void> {
  const { tx } = context
  const { id, version, event, on, channel, reason, note } = input
  const claim = await getClaim(tx, id)
  const next = transition(claim.state, event)
  if (!next.allowed) refuse(next.reasons)
  checkDay(claim, input, context.today)
  const inSpiteOf = event === 'send' ? await checkSend(context, claim, input) : []
  const sent = event === 'send' ? { sent_on: on, channel, send_reason: reason } : {}
  await updateClaim(tx, id, version, { state: next.to, ...sent }, context)
  const remark = [note, reason].filter(Boolean).join('. ')
  const kept = inSpiteOf.length > 0 ? `${remark}. In spite of: ${inSpiteOf.join(' ')}` : remark
  await addStep(context, { claim, event, to: next.to, on, note: kept })
  if (event === 'send') {
    await useAuthorization(context, claim, on)
    await keepExpectation(context, claim)
  }
  const label = event === 'send' ? `sent${sentBy(channel)}, ${formatMoney(claim.totalCents)}` : EVENT_LABELS[event]
  await finishWork(context, claim.caseId, {
    event: { kind: 'claim', on, text: [`Claim ${claim.number}: ${label}`, remark].filter(Boolean).join('. ') },
    audit: {
      entity: 'claim',
      entityId: id,
      before: { state: claim.state },
      after: { state: next.to, on, channel, inSpiteOf },
      reason,
    },
  })
}

/** What only an electronic claim lacks: good to know beside what stops every claim. */
async function electronicFindings(context: QueryContext, claim: StoredClaim): Promise<ClaimFinding[]> {
  if (claim.state !== 'draft' && claim.state !== 'rejected') return []
  const { source } = await loadExportable(context.db, claim.id, context)
  const known = new Set((await findingsOf(context.db, claim, context)).map((finding) => finding.field))
  return checkElectronic(source)
    .filter((finding) => !known.has(finding.field))
    .map((finding) => ({ ...finding, severity: 'info', message: `For an electronic claim: ${finding.message}` }))
}

/** The payer's number of a claim as its decision names it: a corrected claim carries that of the claim before (REF F8). */
async function payerNumberOf(db: CommandContext['tx'], claim: StoredClaim): Promise<string> {
  const decided = await listRemittances(db, { claimId: claim.id })
  return decided.find((one) => one.payerClaimNumber !== '')?.payerClaimNumber ?? claim.payerClaimNumber
}

export const claimHandlers = {
  'claim.forCase': async (context, { caseId }) => {
    const { db } = context
    const documentation = await loadDocumentation(db, await getCase(db, caseId), context)
    const enclosures = enclosuresOf(documentation)
    const claims = []
    for (const claim of await listClaims(db, { caseId }))
      claims.push({
        ...claim,
        findings: [...(await findingsOf(db, claim, context)), ...(await electronicFindings(context, claim))],
        events: offered(claim.state),
        enclosures: claim.form.enclosures ? enclosures : [],
        answers: await listAnswers(db, claim.id),
      })
    return { claims }
  },

  'claim.create': async (context, { caseId, coverageId: asked, replacesId, voids }) => {
    const { tx } = context
    const record = await getCase(tx, caseId)
    const replaced = replacesId === null ? null : await getClaim(tx, replacesId)
    if (replaced && replaced.caseId !== caseId) invalid('replacesId', 'That claim belongs to another case.')
    if (replaced && (replaced.state === 'draft' || replaced.state === 'void'))
      refuse([`Only a claim that was sent can be ${voids ? 'taken back' : 'corrected'}.`])
    if (voids && !replaced) invalid('replacesId', 'Choose the claim to take back.')
    const coverageId = asked ?? replaced?.coverageId ?? record.coverage_id
    const existing = await listClaims(tx, { caseId })
    if (!replaced && existing.some((one) => one.state === 'draft' && one.coverageId === coverageId))
      refuse(['There is a draft for this coverage already. Continue that one or void it.'])
    if (
      replaced &&
      voids &&
      existing.some((one) => one.replacesId === replaced.id && one.frequency === 'void' && one.state !== 'void')
    )
      refuse([`Claim ${replaced.number} is being taken back already.`])
    const earlier = replaced ? existing.map((one) => one.id) : []
    const filled = await fillClaim(tx, record, coverageId, context, earlier)
    // What is taken back is what was sent, not what the case says by now.
    const { form, lines } = replaced && voids ? sentAs(replaced) : filled
    const { authorization } = filled
    const live = existing.find((one) => one.state !== 'void' && one.coverageId === coverageId)
    if (!replaced && lines.length === 0 && live)
      refuse([`Every service done is on claim ${live.number} already. Correct that claim, or date the next visit.`])
    const id = context.newId<ClaimId>()
    await addClaim(
      tx,
      {
        id,
        caseId,
        coverageId,
        authorizationId: authorization?.id ?? null,
        number: numberOf(id),
        form,
        frequency: replaced ? (voids ? 'void' : 'replacement') : 'original',
        replacesId,
        payerClaimNumber: replaced ? await payerNumberOf(tx, replaced) : '',
      },
      lines,
      () => context.newId<string>(),
      context,
    )
    const correction = voids ? 'Void' : 'Corrected claim'
    const text = replaced ? `${correction} for ${replaced.number} drafted` : 'Claim drafted'
    await finishWork(context, caseId, {
      event: { kind: 'claim', text },
      audit: { entity: 'claim', entityId: id, after: { coverageId, replacesId, voids, lines } },
    })
    return { id }
  },

  'claim.update': async (context, { id, version, form, lines, payerClaimNumber }) => {
    const before = await getClaim(context.tx, id)
    refuseUnlessOpen(before)
    const newId = () => context.newId<string>()
    await updateClaimForm(context.tx, id, version, form, lines, before.authorizationId, newId, context)
    await forgetTerms(context.tx, before, lines)
    if (payerClaimNumber !== undefined && before.frequency !== 'original')
      await updateClaim(context.tx, id, null, { payer_claim_number: payerClaimNumber }, context)
    await finishWork(context, before.caseId, {
      audit: { entity: 'claim', entityId: id, before, after: { form, lines, payerClaimNumber } },
    })
    return {}
  },

  'claim.refill': async (context, { id, version }) => {
    const { tx } = context
    const before = await getClaim(tx, id)
    refuseUnlessOpen(before)
    const record = await getCase(tx, before.caseId)
    const others = (await listClaims(tx, { caseId: record.id })).map((one) => one.id)
    const except = before.replacesId === null ? [id] : others
    const { form, lines, authorization } = await fillClaim(tx, record, before.coverageId, context, except)
    const newId = () => context.newId<string>()
    await updateClaimForm(tx, id, version, form, lines, authorization?.id ?? null, newId, context)
    await forgetTerms(tx, before, lines)
    await finishWork(context, record.id, {
      event: { kind: 'claim', text: `Claim ${before.number} filled again from the case` },
      audit: { entity: 'claim', entityId: id, before, after: { form, lines } },
    })
    return {}
  },

  'claim.validate': async (context, { id }) => ({
    findings: await findingsOf(context.db, await getClaim(context.db, id), context),
  }),

  'claim.transition': async (context, input) => {
    if (input.event === 'adjudicate') refuse(['Post the EOB: that records the decision with its lines.'])
    await takeClaimStep(context, input)
    return {}
  },

  'claim.expected': async ({ db, today }, { id }) => expectationOf(db, await getClaim(db, id), today),
  'claim.setExpected': async (context, { id, terms, source }) => {
    const { tx } = context
    const claim = await getClaim(tx, id)
    if (terms.lines.length !== claim.lines.length) refuse(['The claim has changed. Look at its lines again.'])
    const before = await expectationOf(tx, claim, context.today)
    const planCents = await setTerms(context, claim, terms, source || `Entered by ${context.user.name}`)
    context.audit({
      entity: 'claim',
      entityId: id,
      before: { expected: before.expected?.totals?.planCents },
      after: { planCents },
    })
    return {}
  },
  'claim.list': async ({ db, today }, input) => ({
    ...(await pageClaims(db, input, today)),
    counts: await countClaims(db, today),
  }),
} satisfies HandlersOf<Routes & keyof typeof claimRoutes>
