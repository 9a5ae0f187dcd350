// The answers of clearinghouses and payers to our claim files: kept, and applied to the claims and requests they speak of.
import type { AnswerReason } from '#core/contract/claim.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { addBusinessDays, type IsoDate } from '#core/dates.ts'
import type { AuthorizationId, CaseId, ClaimId, TaskId } from '#core/ids.ts'
import { type ClaimAnswer, readAcknowledgements } from '#core/x12/acknowledgement.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { openCase } from '#host/case/case-file.ts'
import { finishWork } from '#host/case/finish.ts'
import { addTask } from '#host/case/task-rows.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'
import { refuseOther } from '#host/remittance/era/x12-kind.ts'
import {
  acknowledgementsWith,
  addAcknowledgement,
  answerItem,
  findFileByControl,
  getClaimFile,
  listFileItems,
  setFileState,
  writtenAt,
} from './file-rows.ts'
import { openClaim } from './open.ts'
import { updateClaim } from './rows.ts'
import { takeClaimStep } from './step.ts'
import { caseOf } from '#host/case/rows.ts'

type Item = Awaited<ReturnType<typeof listFileItems>>[number]

/** Reads a 999, TA1 or 277CA; one that was read before changes nothing. @throws REFUSED when it is another kind of file */
export async function readAnswers(context: CommandContext, text: string) {
  const { tx } = context
  const read = readAcknowledgements(text)
  if (read.warnings.some((one) => one.code === 'unknown_acknowledgement')) refuseOther(text, 'answer')
  const { isNew, sha256 } = await addAcknowledgement(tx, { id: context.newId<string>(), text }, context)
  const applied: Applied[] = []
  const unknown: string[] = []
  if (isNew) {
    for (const answer of read.files) await applyFile(context, answer, applied, unknown)
    for (const answer of read.claims) {
      const items = answer.claim === '' ? await unansweredOf(context, answer, applied) : await itemsOf(context, answer)
      if (items.length === 0) unknown.push(answer.claim || 'A whole batch')
      const reasons = answer.reasons.map(({ words, field }) => ({
        words: [words, answer.text].filter(Boolean).join('. '),
        field,
      }))
      for (const item of items) {
        if (item.claim_id && answer.payerClaimNumber)
          await keepPayerNumber(context, item.claim_id, answer.payerClaimNumber)
        applied.push(await applyAnswer(context, item, answer.isAccepted, reasons, answer.on))
      }
    }
  }
  context.audit({
    entity: 'acknowledgement',
    entityId: sha256,
    after: { applied: applied.length, unknown: unknown.length },
  })
  return { ...read, isRepeated: !isNew, applied, unknown }
}

async function fileOfBatch({ tx }: CommandContext, batch: string) {
  const control = /^B(\d{9})$/i.exec(batch.trim())?.[1]
  return control ? findFileByControl(tx, Number(control)) : undefined
}
/** The export that an answer speaks of: of the file it names, else the latest one. */
async function itemsOf(context: CommandContext, { claim, batch }: { claim: string; batch: string }): Promise<Item[]> {
  const items = await listFileItems(context.tx, { number: claim.toUpperCase() })
  const file = await fileOfBatch(context, batch)
  const named = items.find((item) => item.claim_file_id === file?.id) ?? items[0]
  return named ? [named] : []
}
/** A corrected claim carries the number of the claim it replaces (REF F8): its own must not take that place. */
async function keepPayerNumber(context: CommandContext, id: ClaimId, number: string): Promise<void> {
  const { file, claim } = await openClaim(context, id)
  if (claim.frequency === 'original' || claim.payerClaimNumber === '')
    await file.write(context, ['claims'], (tx) => updateClaim(tx, id, null, { payer_claim_number: number }, context))
}

/** Whether the payer gave a claim of ours this number of its own when it acknowledged it. */
export async function isAcknowledged({ db }: QueryContext, claim: string, number: string): Promise<boolean> {
  const bodies = await acknowledgementsWith(db, [claim, number])
  const answers = bodies.flatMap((body) => readAcknowledgements(body).claims)
  return answers.some((one) => one.claim.toUpperCase() === claim && one.payerClaimNumber === number)
}

/** The claims of a batch that the answer does not name one by one. */
async function unansweredOf(
  context: CommandContext,
  { batch, provider }: Pick<ClaimAnswer, 'batch' | 'provider'>,
  applied: readonly Applied[],
): Promise<Item[]> {
  const file = await fileOfBatch(context, batch)
  if (!file) return []
  const named = new Set(applied.map((one) => one.number))
  const meant = provider === null ? null : await claimsOfProvider(context, file.id, provider)
  const items = await listFileItems(context.tx, { fileId: file.id })
  return items.filter((item) => !named.has(item.number) && (meant === null || meant.has(item.number)))
}
/** Numbers of the claims that this provider bills in a file as it went out; all of them where nobody else bills in it. */
async function claimsOfProvider({ tx }: CommandContext, fileId: string, provider: string): Promise<Set<string>> {
  const claims = readClaimFile((await getClaimFile(tx, fileId)).body).file?.claims ?? []
  const isAlone = new Set(claims.map((claim) => claim.billing.npi)).size === 1
  const its = isAlone
    ? claims
    : claims.filter(({ billing }) => provider !== '' && [billing.npi, billing.taxId].includes(provider))
  return new Set(its.map((claim) => claim.number))
}

type Applied = OutputOf<'ack.read'>['applied'][number]

async function applyFile(
  context: CommandContext,
  answer: ReturnType<typeof readAcknowledgements>['files'][number],
  applied: Applied[],
  unknown: string[],
): Promise<void> {
  const isOurs = answer.isDental && /^\d+$/.test(answer.control)
  const file = isOurs ? await findFileByControl(context.tx, Number(answer.control)) : undefined
  if (!file) {
    unknown.push(`File ${answer.control}`)
    return
  }
  // An interchange that arrived (TA1) does not undo what a 999 refused in it.
  if (!answer.isAccepted || file.state !== 'rejected')
    await setFileState(context.tx, file.id, answer.isAccepted ? 'accepted' : 'rejected')
  const items = await listFileItems(context.tx, { fileId: file.id })
  // A TA1 or an accepted 999 says nothing about single claims: the 277CA does.
  if (answer.isAccepted) return
  const named = new Set(answer.problems.map((problem) => problem.claim.toUpperCase()).filter(Boolean))
  for (const item of items) {
    const mine = answer.problems.filter(
      (problem) => problem.claim === '' || problem.claim.toUpperCase() === item.number,
    )
    const reasons = mine.map(({ segmentId, element, value, words }) => ({
      words: `${[segmentId && `Segment ${segmentId}`, element && `element ${element}`].filter(Boolean).join(', ')}${segmentId ? ': ' : ''}${words}${value ? ` (${value})` : ''}`,
      field: '',
    }))
    const isNamed = named.size === 0 || named.has(item.number)
    const why = isNamed
      ? reasons
      : [{ words: 'The whole file was rejected because of another claim: send it again', field: '' }]
    applied.push(
      await applyAnswer(
        context,
        item,
        false,
        why.length > 0 ? why : [{ words: 'The whole file was rejected', field: '' }],
        null,
      ),
    )
  }
}

/** Keeps the answer; a refused claim returns to the claims to send, a refused request becomes a task. */
async function applyAnswer(
  context: CommandContext,
  item: Item,
  isAccepted: boolean,
  reasons: AnswerReason[],
  saidOn: IsoDate | null,
): Promise<Applied> {
  const { tx, today } = context
  const on = saidOn !== null && saidOn <= today ? saidOn : today
  // Answers are read in any order: one that only says “arrived” must not hide why the same export was refused.
  if (!isAccepted || item.answer !== 'rejected') await answerItem(tx, item, { isAccepted, on, reasons })
  const said = { item, isAccepted, reasons, on }
  const caseId = item.claim_id
    ? await applyToClaim(context, item.claim_id, said)
    : item.authorization_id
      ? await applyToRequest(context, item.authorization_id, said)
      : null
  return { claimId: item.claim_id, caseId, number: item.number, isAccepted, reasons, on }
}
interface Said {
  item: Item
  isAccepted: boolean
  reasons: readonly AnswerReason[]
  on: IsoDate
}
const wordsOf = ({ reasons }: Said) =>
  reasons
    .map((reason) => reason.words)
    .join('; ')
    .slice(0, 450)
const verdictOf = ({ isAccepted }: Said) => `${isAccepted ? 'accepted' : 'rejected'} by the clearinghouse or payer`

async function applyToClaim(context: CommandContext, id: ClaimId, said: Said): Promise<CaseId> {
  const { isAccepted, reasons, on, item } = said
  const { file, claim } = await openClaim(context, id)
  if (!isAccepted && claim.state === 'sent') {
    const exportedAt = await writtenAt(context.tx, item.claim_file_id)
    // Mended and sent again after this export: an answer to it that comes late refuses nothing of what is under way.
    if (!claim.history.some((step) => step.event === 'send' && step.at > exportedAt)) {
      const day = claim.sentOn !== null && on < claim.sentOn ? claim.sentOn : on
      const step = { id, version: claim.version, event: 'reject' as const, on: day, channel: null }
      await takeClaimStep(context, { ...step, reason: '', note: wordsOf(said) })
      return file.id
    }
  }
  await finishWork(context, file, {
    event: { kind: 'claim', on, text: `Claim ${claim.number}: ${verdictOf(said)}` },
    audit: { entity: 'claim', entityId: id, after: { isAccepted, reasons } },
  })
  return file.id
}

async function applyToRequest(context: CommandContext, id: AuthorizationId, said: Said): Promise<CaseId> {
  const { isAccepted, reasons, on, item } = said
  const file = await openCase(context, await caseOf(context.db, 'authorization', id))
  if (!isAccepted) {
    const { holidays } = await readSettings(context)
    const task = {
      caseId: file.id,
      title: 'Request rejected by the clearinghouse: correct it and send it again',
      dueOn: addBusinessDays(context.today, 1, holidays),
      assigneeId: file.record.assigneeId,
      kind: 'resubmit',
      note: wordsOf(said),
    } as const
    await file.write(context, ['tasks'], (tx) => addTask(tx, context.newId<TaskId>(), task, context))
  }
  await finishWork(context, file, {
    event: { kind: 'authorization', on, text: `Request ${item.number}: ${verdictOf(said)}` },
    audit: { entity: 'authorization', entityId: id, after: { isAccepted, reasons } },
  })
  return file.id
}
