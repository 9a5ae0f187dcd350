// EOBs by hand: preview, post, take back; reasons in plain words.
import { randomUUID } from 'node:crypto'
import { transition } from '#core/claim/lifecycle.ts'
import type { TaskInput } from '#core/case/schema.ts'
import type { claimRoutes } from '#core/contract/claim.ts'
import { addBusinessDays, formatDate, type IsoDate } from '#core/dates.ts'
import type { ClaimId, RemittanceId, TaskId } from '#core/ids.ts'
import { formatMoney } from '#core/money.ts'
import { decideRemittance, isDecision, shortfallOf } from '#core/remittance/outcome.ts'
import type { NextAction, Remittance, RemittanceInput, RemittanceLine } from '#core/remittance/schema.ts'
import { explain, searchReasons } from '#core/remittance/tables.ts'
import { listAppeals } from '#host/appeal/rows.ts'
import { getCase } from '#host/case/rows.ts'
import { getClaim, listClaims, type StoredClaim, updateClaim } from '#host/claim/rows.ts'
import { listPayerCodes, setPayerCode } from './payer-code-rows.ts'
import { releasePosted } from './era-rows.ts'
import { addRemittance, getRemittance, listRemittances, reverseRemittance } from './rows.ts'
import { addTask, listTasks, updateTask } from '#host/case/task-rows.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { viewAppeals } from '#host/appeal/appeals.ts'
import { loadDecisions } from './decisions.ts'
import { finishWork, invalid, refuse } from '#host/case/finish.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { expectedPlanCents, flagsOf } from './expectation.ts'
import { doubtAbout } from './posting-check.ts'
import { deadlineFor, levelsAfter, payerOf, viewRemittance, windowsFor, windowsOf } from './remittances.ts'
import { readSettings } from '#host/office/settings.ts'

type Routes = 'remittance.forCase' | 'remittance.preview' | 'remittance.post' | 'remittance.reverse' | ReasonRoutes
type ReasonRoutes = 'reason.list' | 'reason.explain' | 'reason.own' | 'reason.map'

/** Own design: a follow-up is due within a working week when the letter names no day. */
const FOLLOW_UP_BUSINESS_DAYS = 5

const TASK_OF: Record<NextAction, TaskInput['kind']> = {
  FIX: 'resubmit',
  INFO: 'send_information',
  APP: 'appeal',
  BILL: 'call_patient',
  WO: 'post_payment',
  VER: 'call_payer',
  COB: 'resubmit',
  POST: 'post_payment',
  WAIT: 'call_payer',
}
const OUTCOME_WORDS: Record<Remittance['outcome'], string> = {
  paid: 'paid',
  partly_paid: 'partly paid',
  patient_only: 'patient share only',
  denied: 'denied',
  info_requested: 'information requested',
  pended: 'under review',
  repeated: 'duplicate, no new decision',
  reversed: 'taken back',
  predetermined: 'estimate only',
}

function checkDates(input: RemittanceInput, today: IsoDate): void {
  if (input.eobDate > today) invalid('remittance.eobDate', 'The EOB date lies in the future.')
  if (input.receivedOn > today) invalid('remittance.receivedOn', 'The day received lies in the future.')
  if (input.receivedOn < input.eobDate)
    invalid('remittance.receivedOn', 'The EOB cannot be received before its own date.')
  if (input.informationDueOn !== null && input.informationDueOn < input.eobDate)
    invalid('remittance.informationDueOn', 'Information cannot be due before the date of the EOB.')
}

function checkClaim(claim: StoredClaim, input: RemittanceInput): void {
  if (claim.state === 'draft') refuse(['This claim has not been sent. Mark it as sent, then post the EOB.'])
  if (claim.state === 'rejected') refuse(['This claim was rejected. Send it again before posting an EOB.'])
  if (claim.state === 'closed' || claim.state === 'void') refuse([`This claim is ${claim.state}. Open it again first.`])
  const ids = new Set(claim.lines.map((line) => line.id))
  for (const [index, line] of input.lines.entries())
    if (line.claimLineId !== null && !ids.has(line.claimLineId))
      invalid(`remittance.lines.${index}.claimLineId`, 'This line does not belong to the claim.')
}

async function addFollowUp(context: CommandContext, remittance: Remittance, claim: StoredClaim): Promise<void> {
  const { tx, today, newId } = context
  const { holidays } = await readSettings(tx)
  const assigneeId = (await getCase(tx, claim.caseId)).assignee_id
  const deadline = deadlineFor(remittance, await payerOf(tx, claim.coverageId))
  const soon = addBusinessDays(today, FOLLOW_UP_BUSINESS_DAYS, holidays)
  const origin = originOf(remittance.eobDate)
  const add = (task: Pick<TaskInput, 'title' | 'dueOn' | 'kind' | 'note'>) =>
    addTask(
      tx,
      newId<TaskId>(),
      { caseId: claim.caseId, assigneeId, ...task, note: `${origin}. ${task.note}` },
      context,
    )
  for (const line of remittance.lines) {
    const step = line.advice[0]
    if (line.outcome === 'info_requested') {
      const due = remittance.informationDueOn
      const note = due ? 'The date stands on the EOB.' : 'The EOB names no date: our own reminder.'
      await add({
        title: requestTitle(line),
        dueOn: due ?? soon,
        kind: 'send_information',
        note: `${note} ${step?.why ?? ''}`,
      })
    } else if ((line.outcome === 'denied' || line.outcome === 'partly_paid') && step) {
      const dueOn = deadline.on < soon && deadline.on >= today ? deadline.on : soon
      const note = `${step.why}. Appeal until ${formatDate(deadline.on)} (${deadline.source}).`
      await add({
        title: `${nameOf(line)}: ${step.text.toLowerCase()}`,
        dueOn,
        kind: TASK_OF[step.action],
        note: note.slice(0, 450),
      })
    }
  }
  if (
    remittance.shortfallCents !== null &&
    remittance.outcome !== 'denied' &&
    remittance.outcome !== 'info_requested'
  ) {
    const title = `Paid ${formatMoney(remittance.shortfallCents)} less than expected: ask the payer why`
    await add({
      title,
      dueOn: soon,
      kind: 'call_payer',
      note: `Expected ${formatMoney(remittance.expectedPlanCents ?? 0)}.`,
    })
  }
}
const nameOf = ({ code, tooth }: Pick<RemittanceLine, 'code' | 'tooth'>) => `${code}${tooth ? ` #${tooth}` : ''}`
const requestTitle = (line: RemittanceLine) => `${nameOf(line)}: send what the payer asks for`

/** Papers that an earlier EOB of the plan asked for are no longer waited for once the service is decided. */
async function endRequests(context: CommandContext, claim: StoredClaim, id: RemittanceId): Promise<void> {
  const { tx, now, assets } = context
  const open = (await listTasks(tx, claim.caseId)).filter(
    ({ kind, doneAt }) => kind === 'send_information' && doneAt === null,
  )
  if (open.length === 0) return
  const { decisions } = await loadDecisions(tx, assets.reasons, await getCase(tx, claim.caseId))
  const at = decisions.findIndex((one) => one.id === id)
  const decided = decisions[at]!.lines.filter((line) => isDecision(line) && line.billedCents >= 0)
  const services = decided.map((line) => line.service)
  const ended = decisions.slice(0, at).flatMap(({ coverageId, eobDate, lines }) => {
    const asking = coverageId === claim.coverageId ? lines.filter((line) => line.outcome === 'info_requested') : []
    return asking
      .filter((line) => services.includes(line.service))
      .map((line) => ({ title: requestTitle(line), origin: originOf(eobDate) }))
  })
  for (const task of open)
    if (ended.some(({ title, origin }) => task.title === title && task.note.startsWith(origin)))
      await updateTask(tx, task.id, null, { done_at: now }, context)
}

/** How the tasks that an EOB leaves begin their note. */
export const originOf = (eobDate: IsoDate) => `EOB of ${formatDate(eobDate)}`

/** Posts an EOB on its claim: the decision, its follow-up, the case’s history. @throws REFUSED, INVALID_INPUT */
export async function postRemittance(
  context: CommandContext,
  claim: StoredClaim,
  input: RemittanceInput,
  acknowledgeDifference: boolean,
): Promise<{ id: RemittanceId; paidCents: number }> {
  const { tx, today } = context
  checkDates(input, today)
  checkClaim(claim, input)
  const tables = context.assets.reasons
  const decided = decideRemittance(tables, input, () => context.newId<string>())
  // With adjustments at the claim only the whole can add up.
  const isWhole = input.adjustments.length > 0 && decided.differenceCents === 0
  const unbalanced = isWhole ? [] : decided.lines.filter((line) => line.differenceCents !== 0)
  if (unbalanced.length > 0 && !acknowledgeDifference)
    refuse(
      unbalanced.map(
        (line) =>
          `${line.code}: billed minus adjustments minus paid leaves ${formatMoney(line.differenceCents)}. Check the amounts, or confirm the difference.`,
      ),
    )
  if (unbalanced.length === 0 && decided.differenceCents !== 0 && !acknowledgeDifference)
    refuse([
      `The EOB leaves ${formatMoney(decided.differenceCents)} unexplained. Check the amounts, or confirm the difference.`,
    ])
  const id = context.newId<RemittanceId>()
  const expected = await expectedPlanCents(tx, claim)
  const { lines, outcome, paidCents } = decided
  await addRemittance(
    tx,
    { id, caseId: claim.caseId, input, lines, outcome, paidCents, expectedPlanCents: expected },
    context,
  )
  await adjudicate(context, claim, input)
  const stored = await getRemittance(tx, id)
  const windows = await windowsFor(tx, stored, claim, today)
  await endRequests(context, claim, id)
  await addFollowUp(context, viewRemittance(tables, stored, windows), claim)
  const early = claim.sentOn !== null && input.eobDate < claim.sentOn
  const warning = early ? `; its date lies before the claim was sent on ${formatDate(claim.sentOn!)}` : ''
  const difference = decided.differenceCents === 0 ? '' : `; ${formatMoney(decided.differenceCents)} unexplained`
  await finishWork(context, claim.caseId, {
    event: {
      kind: 'remittance',
      on: input.receivedOn,
      text: `${originOf(input.eobDate)} posted: ${OUTCOME_WORDS[outcome]}, paid ${formatMoney(paidCents)}${difference}${warning}`,
    },
    audit: {
      entity: 'remittance',
      entityId: id,
      after: { ...input, outcome, shortfall: shortfallOf(expected, paidCents) },
    },
  })
  return { id, paidCents }
}

export const remittanceHandlers = {
  'remittance.forCase': async (context, { caseId }) => {
    const { db, today } = context
    const tables = context.assets.reasons
    const stored = await listRemittances(db, { caseId })
    const appeals = await listAppeals(db, { caseId })
    const claims = await listClaims(db, { caseId })
    const claimOf = ({ claimId }: { claimId: ClaimId }) => claims.find((one) => one.id === claimId)!
    const remittances = []
    for (const one of stored) {
      const claim = claimOf(one)
      const payer = await payerOf(db, claim.coverageId)
      const remittance = viewRemittance(tables, one, windowsOf(one, claim, payer, appeals, today))
      remittances.push({ ...remittance, flags: await flagsOf(db, claim, remittance) })
    }
    const latest = remittances[0]
    const payer = latest ? await payerOf(db, claimOf(latest).coverageId) : null
    return {
      remittances,
      appeals: await viewAppeals(context, await getCase(db, caseId), appeals, remittances),
      levels: latest ? levelsAfter(latest, payer, appeals) : [],
    }
  },
  'remittance.preview': async ({ db, assets, today }, input) => {
    const claim = await getClaim(db, input.claimId)
    const tables = assets.reasons
    const windows = await windowsFor(db, input, claim, today)
    const decided = decideRemittance(tables, input, () => randomUUID(), windows)
    return { ...decided, doubt: await doubtAbout(db, tables, claim, input, decided) }
  },

  'remittance.post': async (context, { remittance: input, acknowledgeDifference }) => {
    const claim = await getClaim(context.tx, input.claimId)
    const tables = context.assets.reasons
    const decided = decideRemittance(tables, input, () => '')
    const doubt = acknowledgeDifference ? null : await doubtAbout(context.tx, tables, claim, input, decided)
    if (doubt !== null) refuse([`${doubt} Check the EOB, or confirm it as printed.`])
    const { id } = await postRemittance(context, claim, input, acknowledgeDifference)
    return { id }
  },

  'remittance.reverse': async (context, { id, reason }) => {
    const { tx, now } = context
    const stored = await getRemittance(tx, id)
    if (stored.reversedAt !== null) refuse(['This EOB was taken back already.'])
    const claim = await getClaim(tx, stored.claimId)
    if (claim.state === 'closed') refuse(['This claim is closed. Open it again first.'])
    await reverseRemittance(tx, id, reason, context)
    await releasePosted(tx, id)
    const left = await listRemittances(tx, { claimId: claim.id })
    if (left.length === 0 && claim.state === 'adjudicated')
      await moveClaim(context, claim, 'reopen', context.today, reason)
    // Its follow-up would chase a decision that was never made.
    const origin = originOf(stored.eobDate)
    for (const task of await listTasks(tx, claim.caseId))
      if (task.doneAt === null && task.note.startsWith(origin))
        await updateTask(tx, task.id, null, { done_at: now }, context)
    await finishWork(context, claim.caseId, {
      event: { kind: 'remittance', text: `${origin} taken back: ${reason}` },
      audit: { entity: 'remittance', entityId: id, before: stored, reason },
    })
    return {}
  },

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
    return {}
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
} satisfies HandlersOf<Routes & keyof typeof claimRoutes>

async function adjudicate(context: CommandContext, claim: StoredClaim, input: RemittanceInput): Promise<void> {
  if (claim.payerClaimNumber === '' && input.payerClaimNumber !== '')
    await updateClaim(context.tx, claim.id, null, { payer_claim_number: input.payerClaimNumber }, context)
  if (claim.state === 'sent') await moveClaim(context, claim, 'adjudicate', input.receivedOn, '')
}

/** A step of the claim that a remittance brings about. */
export async function moveClaim(
  context: CommandContext,
  claim: StoredClaim,
  event: 'adjudicate' | 'reopen' | 'close',
  on: IsoDate,
  note: string,
): Promise<void> {
  const next = transition(claim.state, event)
  if (!next.allowed) refuse(next.reasons)
  await updateClaim(context.tx, claim.id, null, { state: next.to }, context)
  const row = { id: context.newId<string>(), caseId: claim.caseId, entity: 'claim' as const, entityId: claim.id }
  await addTransition(context.tx, { ...row, event, from: claim.state, to: next.to, on, note }, context)
}
