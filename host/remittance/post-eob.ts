// Posting an EOB on its claim.
import { payerOf, type StoredClaim, type StoredRemittance } from '#core/case/contents.ts'
import { decisionsOf, withDecision } from '#core/case/decisions.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import type { RemittanceId, TaskId } from '#core/ids.ts'
import { type Cents, formatMoney } from '#core/money.ts'
import { expectedPlanCents } from '#core/remittance/expectation.ts'
import { endedByDecision, followUpOf, originOf } from '#core/remittance/follow-up.ts'
import { viewInCase } from '#core/remittance/in-case.ts'
import { shortfallAfter } from '#core/remittance/measured.ts'
import { decideRemittance, unevenLines } from '#core/remittance/outcome.ts'
import { doubtAbout } from '#core/remittance/posting-check.ts'
import type { Remittance, RemittanceInput } from '#core/remittance/schema.ts'
import { deadlineFor, viewRemittance } from '#core/remittance/view.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { finishWork } from '#host/case/finish.ts'
import { addTask } from '#host/case/task-rows.ts'
import { endTasks } from '#host/case/tasks.ts'
import { openClaim } from '#host/claim/open.ts'
import { updateClaim } from '#host/claim/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { refuseClosedDay } from '#host/office/closed-months.ts'
import { readSettings } from '#host/office/settings.ts'
import { moveClaim } from './move-claim.ts'
import { doubtAboutItsCheck } from './check.ts'
import { addRemittance } from './rows.ts'

const OUTCOME_WORDS: Record<Remittance['outcome'], string> = {
  paid: 'paid',
  partly_paid: 'partly paid',
  patient_only: 'patient share only',
  denied: 'denied',
  other_payer: 'another payer comes first',
  info_requested: 'information requested',
  pended: 'under review',
  repeated: 'duplicate, no new decision',
  reversed: 'reversed by the payer',
  predetermined: 'estimate only',
}

function checkDates(input: RemittanceInput, today: IsoDate): void {
  if (input.eobDate > today) invalid('remittance.eobDate', 'The EOB date is in the future.')
  if (input.receivedOn > today) invalid('remittance.receivedOn', 'The day received is in the future.')
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

type Decided = ReturnType<typeof decideRemittance>

/** Refuses an EOB that does not add up, until somebody confirms the difference. */
function checkBalance(input: RemittanceInput, decided: Decided): void {
  const unbalanced = unevenLines(input, decided.lines)
  if (unbalanced.length > 0)
    refuse(
      unbalanced.map(
        (line) =>
          `${line.code}: billed minus adjustments minus paid leaves ${formatMoney(line.differenceCents)}. Check the amounts, or confirm the difference.`,
      ),
    )
  if (decided.differenceCents !== 0)
    refuse([
      `The EOB leaves ${formatMoney(decided.differenceCents)} unexplained. Check the amounts, or confirm the difference.`,
    ])
}

/** Posts an EOB that somebody typed; one that a person should look at first needs to be confirmed. @throws REFUSED */
export async function postRemittance(
  context: CommandContext,
  { remittance: input, acknowledgeDifference }: ParsedInputOf<'remittance.post'>,
): Promise<{ id: RemittanceId }> {
  const { file, claim } = await openClaim(context, input.claimId)
  const tables = context.assets.reasons
  const decided = decideRemittance(tables, input, () => '')
  const doubt = acknowledgeDifference
    ? null
    : (doubtAbout(file, tables, claim, input, decided) ?? (await doubtAboutItsCheck(context, input, decided.paidCents)))
  if (doubt !== null) refuse([`${doubt} Check the EOB, or confirm it as printed.`])
  const { id } = await postEob(context, file, claim, { input, acknowledgeDifference })
  return { id }
}

/** Posts an EOB on its claim: the decision, its follow-up, the case’s history. @throws REFUSED, INVALID_INPUT */
export async function postEob(
  context: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  { input, acknowledgeDifference }: { input: RemittanceInput; acknowledgeDifference: boolean },
): Promise<{ id: RemittanceId; paidCents: Cents }> {
  checkDates(input, context.today)
  await refuseClosedDay(context, input.receivedOn, 'remittance.receivedOn')
  checkClaim(claim, input)
  const decided = decideRemittance(context.assets.reasons, input, () => context.newId<string>())
  if (!acknowledgeDifference) checkBalance(input, decided)
  const id = context.newId<RemittanceId>()
  const expected = expectedPlanCents(file, claim)
  const { lines, outcome, paidCents } = decided
  const follow = await followUp(context, file, claim, {
    ...input,
    id,
    caseId: claim.caseId,
    lines: input.lines.map((line, at) => ({ ...line, id: lines[at]!.id })),
    outcome,
    expectedPlanCents: expected,
    reversedAt: null,
    reversalReason: '',
    enteredBy: context.user.name,
    enteredAt: context.now,
  })
  await file.write(context, ['remittances'], (tx) =>
    addRemittance(
      tx,
      { id, caseId: claim.caseId, input, lines, outcome, paidCents, expectedPlanCents: expected },
      context,
    ),
  )
  await adjudicate(context, file, claim, input)
  await keepTasks(context, file, follow)
  const early = claim.sentOn !== null && input.eobDate < claim.sentOn
  const warning = early ? `; its date is before the claim was sent on ${formatDate(claim.sentOn!)}` : ''
  const difference = decided.differenceCents === 0 ? '' : `; ${formatMoney(decided.differenceCents)} unexplained`
  await finishWork(context, file, {
    event: {
      kind: 'remittance',
      on: input.receivedOn,
      text: `${originOf(input.eobDate)} posted: ${OUTCOME_WORDS[outcome]}, paid ${formatMoney(paidCents)}${difference}${warning}`,
    },
    audit: {
      entity: 'remittance',
      entityId: id,
      after: { ...input, outcome, shortfall: follow.shortfallCents },
    },
  })
  return { id, paidCents }
}

/** What this EOB, about to be kept, leaves to do, and which tasks of earlier ones it ends. */
async function followUp(context: CommandContext, file: CaseFile, claim: StoredClaim, eob: StoredRemittance) {
  const { today, assets } = context
  const { holidays } = await readSettings(context)
  const plain = viewRemittance(assets.reasons, eob)
  const decided = withDecision(decisionsOf(file, assets.reasons), plain)
  const remittance = viewInCase(file, assets.reasons, decided, { eob: plain, claim, today })
  const deadline = deadlineFor(remittance, payerOf(file, claim.coverageId))
  const shortfallCents = shortfallAfter(decided, claim, remittance)
  return {
    id: eob.id,
    shortfallCents,
    assigneeId: file.record.assigneeId,
    ended: endedByDecision(file.tasks, decided, claim.coverageId, eob.id),
    left: followUpOf({ ...remittance, shortfallCents }, deadline, { today, holidays }),
  }
}

async function keepTasks(
  context: CommandContext,
  file: CaseFile,
  { id, assigneeId, ended, left }: Awaited<ReturnType<typeof followUp>>,
): Promise<void> {
  await endTasks(context, file, ended)
  if (left.length === 0) return
  await file.write(context, ['tasks'], async (tx) => {
    for (const task of left)
      await addTask(tx, context.newId<TaskId>(), { caseId: file.id, assigneeId, ...task }, context, id)
  })
}

async function adjudicate(
  context: CommandContext,
  file: CaseFile,
  claim: StoredClaim,
  { payerClaimNumber, receivedOn }: RemittanceInput,
): Promise<void> {
  // A corrected claim carries the number of the claim it replaces (REF F8): its own must not take that place.
  const isFirst = claim.frequency === 'original' && claim.payerClaimNumber === '' && payerClaimNumber !== ''
  const known = isFirst ? { payer_claim_number: payerClaimNumber } : {}
  if (claim.state === 'sent')
    await moveClaim(context, file, claim, { event: 'adjudicate', on: receivedOn, note: '' }, known)
  else if (isFirst) await file.write(context, ['claims'], (tx) => updateClaim(tx, claim.id, null, known, context))
}
