// Claim files out, their answers in.
import { toElectronic } from '#core/claim/electronic.ts'
import type { claimFileRoutes } from '#core/contract/claim-file.ts'
import { addBusinessDays, type IsoDate } from '#core/dates.ts'
import type { CaseId, ClaimId, TaskId } from '#core/ids.ts'
import { type ClaimAnswer, readAcknowledgements } from '#core/x12/acknowledgement.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { clean, writeClaimFile } from '#core/x12/claim-file-write.ts'
import { getAuthorization } from '#host/authorization/rows.ts'
import { getCase } from '#host/case/rows.ts'
import { getClaim, type StoredClaim, updateClaim } from './rows.ts'
import {
  addAcknowledgement,
  addClaimFile,
  answerItem,
  type AnswerReason,
  findFileByControl,
  getClaimFile,
  listClaimFiles,
  listFileItems,
  nextControl,
  setFileState,
} from './file-rows.ts'
import { getOffice } from '#host/office/rows.ts'
import { addTask } from '#host/case/task-rows.ts'
import { sha256Of } from '#db/sha256.ts'
import { finishWork, refuse } from '#host/case/finish.ts'
import { type Exportable, loadExportable } from './claim-file.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { openSource } from '#host/remittance/era/source.ts'
import { readSettings } from '#host/office/settings.ts'
import { refuseOther } from '#host/remittance/era/x12-kind.ts'
import { takeStep } from '#host/authorization/routes.ts'
import { takeClaimStep } from './routes.ts'

type Item = Awaited<ReturnType<typeof listFileItems>>[number]

const fileNameOf = (control: number) => `claims-${String(control).padStart(9, '0')}.837`

/** Marks as sent what was not: in the same command, so that no file exists of a claim that counts as unsent. */
async function markSent(context: CommandContext, one: Exportable, reason: string): Promise<void> {
  const common = { on: context.today, note: '', version: 0 }
  if (one.claim) {
    if (one.claim.state !== 'draft' && one.claim.state !== 'rejected') return
    const { id, version } = one.claim
    await takeClaimStep(context, { ...common, id, version, event: 'send', channel: 'electronic', reason })
  } else if (one.authorizationId) {
    const request = await getAuthorization(context.tx, one.authorizationId)
    if (request.state !== 'drafting') return
    await takeStep(context, {
      ...common,
      id: request.id,
      version: request.version,
      event: 'submit',
      gapReason: reason,
      details: { channel: 'electronic' },
    })
  }
}

function refuseUnready(all: readonly Exportable[]): void {
  const reasons = all.flatMap(({ source, findings, claim }) => {
    const blocking = findings.filter((finding) => finding.severity === 'block').map((finding) => finding.message)
    if (claim && (claim.state === 'adjudicated' || claim.state === 'closed' || claim.state === 'void'))
      blocking.unshift('It is decided or void already. Make a corrected claim instead.')
    return blocking.map((message) => `${source.number}: ${message}`)
  })
  if (reasons.length > 0) refuse(reasons)
}

/** Marking as sent asks for a reason too, but what was sent before is not marked again. */
function refuseOpen(all: readonly Exportable[], reason: string): void {
  const open = all.flatMap((one) => one.open.map((place) => `${one.source.number}: ${place.message}`))
  if (open.length > 0 && reason === '') refuse([...open, 'To export it anyway, give a reason.'])
}

async function writeFile(context: CommandContext, all: readonly Exportable[]) {
  const { tx, now, today } = context
  const office = await getOffice(tx)
  const { clearinghouse } = await readSettings(tx)
  const [first] = all
  const phone = office.phone.replace(/\D/g, '').slice(-10)
  if (phone === '') refuse(['The office has no phone number: enter it in Settings.'])
  const control = await nextControl(tx)
  const text = writeClaimFile({
    submitter: {
      name: clean(office.name, 60),
      id: clean(clearinghouse.submitterId, 15) || office.taxId.replace(/\D/g, '') || 'OFFICE',
      contact: clean(clearinghouse.contact, 60) || 'BILLING DESK',
      phone,
    },
    receiver: {
      name: clean(clearinghouse.name, 60) || clean(first!.source.form.payerName, 60),
      id: clean(clearinghouse.receiverId, 15) || clean(first!.source.form.payerCode, 15),
    },
    isTest: clearinghouse.isTest,
    on: today,
    time: now.slice(11, 16).replace(':', ''),
    control,
    claims: all.map((one) => toElectronic(one.source)),
  })
  const { problems } = readClaimFile(text)
  if (problems.length > 0)
    refuse([
      'The file would not be valid:',
      ...problems.slice(0, 10).map(({ segment, message }) => `Segment ${segment}: ${message}`),
    ])
  return { control, text, isTest: clearinghouse.isTest }
}

export const claimFileHandlers = {
  'claim.checkExport': async (context, { ids }) => {
    const claims = []
    for (const id of ids) {
      const { caseId, source, findings } = await loadExportable(context.db, id, context)
      const totalCents = source.lines.reduce((sum, line) => sum + line.feeCents * line.quantity, 0)
      const isPredetermination = source.form.transaction === 'predetermination'
      const { lastName, firstName } = source.form.patient
      const patientName = `${lastName}, ${firstName}`
      claims.push({ id, caseId, number: source.number, patientName, isPredetermination, totalCents, findings })
    }
    return { claims }
  },

  'claim.export': async (context, { ids, reason }) => {
    const { tx } = context
    const all: Exportable[] = []
    for (const id of new Set(ids)) all.push(await loadExportable(tx, id, context))
    refuseUnready(all)
    refuseOpen(all, reason)
    const { control, text, isTest } = await writeFile(context, all)
    for (const one of all) await markSent(context, one, reason)
    const fileId = context.newId<string>()
    const sha256 = sha256Of(text)
    const items = all.map(({ source, claim, authorizationId }) => ({
      number: source.number,
      claimId: claim?.id ?? null,
      authorizationId,
    }))
    await addClaimFile(tx, { id: fileId, control, isTest, text, sha256, items }, context)
    context.audit({ entity: 'claim_file', entityId: fileId, after: { control, sha256, ids }, reason })
    return { fileId, fileName: fileNameOf(control), text, control, claims: all.length }
  },

  'claim.files': async ({ db }, { limit }) => ({
    files: (await listClaimFiles(db, limit)).map((row) => ({
      id: row.id,
      control: row.control,
      writtenAt: row.written_at,
      writtenBy: row.name ?? '',
      isTest: row.is_test === 1,
      state: row.state,
      claims: row.claims,
      accepted: row.accepted,
      rejected: row.rejected,
    })),
  }),

  'claim.exportedFile': async ({ db }, { fileId }) => {
    const { control, body } = await getClaimFile(db, fileId)
    return { fileId, fileName: fileNameOf(control), text: body, control }
  },

  'ack.read': async (context, { text }) => {
    const { tx } = context
    const read = readAcknowledgements(text)
    if (read.warnings.some((one) => one.code === 'unknown_acknowledgement')) refuseOther(openSource({ text }), 'answer')
    const sha256 = sha256Of(text)
    const isNew = await addAcknowledgement(tx, { id: context.newId<string>(), sha256, text }, context)
    const applied: Applied[] = []
    const unknown: string[] = []
    if (isNew) {
      for (const answer of read.files) await applyFile(context, answer, applied, unknown)
      for (const answer of read.claims) {
        const items =
          answer.claim === '' ? await unansweredOf(context, answer, applied) : await itemsOf(context, answer)
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
  },
} satisfies HandlersOf<keyof typeof claimFileRoutes>

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
  const claim = await getClaim(context.tx, id)
  if (claim.frequency === 'original' || claim.payerClaimNumber === '')
    await updateClaim(context.tx, id, null, { payer_claim_number: number }, context)
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

interface Applied {
  claimId: ClaimId | null
  caseId: CaseId | null
  number: string
  isAccepted: boolean
  reasons: AnswerReason[]
  on: IsoDate | null
}

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

/** Mended and sent again after this export: an answer to it that comes late refuses nothing of what is under way. */
async function isSentSince({ tx }: CommandContext, claim: StoredClaim, item: Item): Promise<boolean> {
  const file = await tx
    .selectFrom('claim_file')
    .select('written_at')
    .where('id', '=', item.claim_file_id)
    .executeTakeFirstOrThrow()
  return claim.history.some((step) => step.event === 'send' && step.at > file.written_at)
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
  const words = reasons
    .map((reason) => reason.words)
    .join('; ')
    .slice(0, 450)
  let caseId: CaseId | null = null
  if (item.claim_id) {
    const claim = await getClaim(tx, item.claim_id)
    caseId = claim.caseId
    if (!isAccepted && claim.state === 'sent' && !(await isSentSince(context, claim, item))) {
      const day = claim.sentOn !== null && on < claim.sentOn ? claim.sentOn : on
      const step = { id: claim.id, version: claim.version, event: 'reject' as const, on: day, channel: null }
      await takeClaimStep(context, { ...step, reason: '', note: words })
    } else
      await finishWork(context, claim.caseId, {
        event: {
          kind: 'claim',
          on,
          text: `Claim ${claim.number}: ${isAccepted ? 'accepted' : 'rejected'} by the clearinghouse or payer`,
        },
        audit: { entity: 'claim', entityId: claim.id, after: { isAccepted, reasons } },
      })
  } else if (item.authorization_id) {
    const request = await getAuthorization(tx, item.authorization_id)
    caseId = request.caseId
    if (!isAccepted) {
      const { holidays } = await readSettings(tx)
      await addTask(
        tx,
        context.newId<TaskId>(),
        {
          caseId,
          title: 'Request rejected by the clearinghouse: mend it and send it again',
          dueOn: addBusinessDays(today, 1, holidays),
          assigneeId: (await getCase(tx, caseId)).assignee_id,
          kind: 'resubmit',
          note: words,
        },
        context,
      )
    }
    await finishWork(context, caseId, {
      event: {
        kind: 'authorization',
        on,
        text: `Request ${item.number}: ${isAccepted ? 'accepted' : 'rejected'} by the clearinghouse or payer`,
      },
      audit: { entity: 'authorization', entityId: request.id, after: { isAccepted, reasons } },
    })
  }
  return { claimId: item.claim_id, caseId, number: item.number, isAccepted, reasons, on }
}
