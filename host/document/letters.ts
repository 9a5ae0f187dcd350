// Letters that leave the office, built from the case as it stands; each says what in it still stands open.
import { isApproved } from '#core/authorization/lifecycle.ts'
import type { Authorization } from '#core/authorization/schema.ts'
import { outdatedLetter } from '#core/appeal/letter-draft.ts'
import type { Appeal } from '#core/appeal/schema.ts'
import { letterSource } from '#core/appeal/source.ts'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import { enclosuresOf } from '#core/case/billing.ts'
import { coverageOf, type StoredClaim } from '#core/case/contents.ts'
import type { Documentation } from '#core/case/documentation.ts'
import { outdatedNarrative } from '#core/case/narrative-draft.ts'
import { rejectedIn } from '#core/case/evidence.ts'
import type { Attachment } from '#core/case/schema.ts'
import type { Document } from '#core/document/document.ts'
import {
  appealLetter,
  authorizationAppeal,
  authorizationRequest,
  type LetterContext,
  narrativeSheet,
  patientEstimate,
} from '#core/document/letters.ts'
import { outdatedPlaces } from '#core/document/outdated.ts'
import type { OpenPlace } from '#core/document/outgoing.ts'
import { claimSummary } from '#core/document/sheets.ts'
import { indexOf } from '#core/guide/facts.ts'
import type { CoverageId } from '#core/ids.ts'
import { viewRemittance } from '#core/remittance/view.ts'
import { type CaseFile, guideOf } from '#host/case/case-file.ts'
import { firstSendingOf } from '#host/claim/first-sending.ts'
import { claimIn } from '#host/claim/open.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import { getOffice } from '#host/office/rows.ts'

/** Why a file must not be enclosed as what it is called. */
export const notHolding = (file: Attachment): string =>
  `${attachmentTitle(file)}: the checklist does not take it. Correct its kind, date or tooth, or leave it out.`

type Context = Pick<QueryContext, 'db' | 'today' | 'assets'>

/** Stops what has a blank or a service at $0.00 from leaving, until somebody says why. @throws REFUSED */
export function checkOutgoing(open: readonly OpenPlace[] = [], reason: string): void {
  if (open.length > 0 && reason === '')
    refuse([...open.map((place) => place.words), 'To let it go anyway, give a reason.'])
}

async function letterContext(context: Context, file: CaseFile, coverageId: CoverageId | null): Promise<LetterContext> {
  const { db, today } = context
  const { provider, patient } = file
  const guide = guideOf(context, file)
  const plan = coverageOf(file, coverageId)
  return {
    office: await getOffice(db),
    provider,
    patient,
    coverage: plan?.coverage ?? null,
    payer: plan?.payer ?? null,
    today,
    labelOf: (code) => indexOf(guide).codes.get(code)?.label ?? '',
  }
}

/** What goes with a request; with the appeal of its denial also the denial itself. */
export function enclosuresFor(file: CaseFile, documentation: Documentation, { state }: Authorization): Attachment[] {
  const asked = documentation.filesFor('authorization')
  if (!isContested(state)) return asked
  return [...asked, ...file.attachments.filter((one) => one.kind === 'denial_letter' && !asked.includes(one))]
}

const isContested = (state: Authorization['state']) => state === 'denied' || state === 'appealed'

/** The request letter with its enclosures; once it is denied, the appeal. */
export async function authorizationDocument(
  context: Context,
  file: CaseFile,
  documentation: Documentation,
  authorization: Authorization,
): Promise<Document> {
  const narrative = file.narrative?.text ?? ''
  const letter = await letterContext(context, file, authorization.coverageId)
  const content = {
    authorization,
    narrative,
    visits: file.visits,
    attachments: enclosuresFor(file, documentation, authorization),
    progress: documentation.textBasis(),
  }
  if (isContested(authorization.state)) return authorizationAppeal(letter, { ...content, notes: file.notes })
  const request = authorizationRequest(letter, content)
  const outdated = authorization.sentOn === null ? outdatedNarrative(file, documentation, narrative) : []
  return { ...request, open: [...(request.open ?? []), ...outdatedPlaces(outdated)] }
}

/** What the patient is told of the decision; there is none before the plan has decided. */
export async function estimateDocument(
  context: Context,
  file: CaseFile,
  authorization: Authorization,
): Promise<Document> {
  if (!isApproved(authorization.state) && authorization.state !== 'used')
    refuse(['The plan has approved nothing yet. Record its decision first.'])
  return patientEstimate(await letterContext(context, file, authorization.coverageId), authorization)
}

/** The claim by item number, with what it encloses. */
export async function claimDocument(
  { db, today }: Context,
  documentation: Documentation,
  claim: StoredClaim,
): Promise<Document> {
  const enclosures = claim.form.enclosures ? enclosuresOf(documentation) : []
  return claimSummary(await getOffice(db), today, claim, enclosures)
}

/** The appeal letter with its numbered enclosures. */
export async function appealDocument(
  context: Context,
  file: CaseFile,
  documentation: Documentation,
  appeal: Appeal,
): Promise<Document> {
  const { remittanceId } = appeal
  const claim = claimIn(file, appeal.claimId)
  const rejected = rejectedIn(documentation.itemsOf('appeal'))
  const inOrder = <Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]) =>
    ids.flatMap((one) => rows.find((row) => row.id === one) ?? [])
  const enclosures = inOrder(appeal.letter.enclosureIds, file.attachments)
  const astray = enclosures.filter((one) => rejected.has(one.id))
  const eob = file.remittances.find((one) => one.id === remittanceId)
  const letter = appealLetter(await letterContext(context, file, claim.coverageId), {
    appeal,
    claim,
    eobDate: remittanceId === null ? null : found(eob, 'remittance', remittanceId).eobDate,
    notes: inOrder(appeal.letter.noteIds, file.notes),
    enclosures,
  })
  const places = astray.map((one) => ({ line: null, words: notHolding(one) }))
  const isSent = appeal.sentOn !== null
  const outdated = isSent ? [] : outdatedLetter(appeal.letter, await sourceOf(context, file, documentation, appeal))
  return { ...letter, open: [...(letter.open ?? []), ...places, ...outdatedPlaces(outdated)] }
}

/** What the letter would be drafted from today. */
async function sourceOf(context: Context, file: CaseFile, documentation: Documentation, appeal: Appeal) {
  const { level, claimId, remittanceId } = appeal
  const claim = claimIn(file, claimId)
  const { reasons } = context.assets
  const eob = file.remittances.find((one) => one.id === remittanceId)
  const decision = eob ? viewRemittance(reasons, eob) : null
  const first = await firstSendingOf(context, file, claim, remittanceId)
  return letterSource(file, reasons, { claim, decision, documentation, level, first })
}

/** The saved narrative on its own sheet. */
export async function narrativeDocument(
  context: Context,
  file: CaseFile,
  documentation: Documentation,
): Promise<Document> {
  const { narrative, record } = file
  if (!narrative?.text.trim()) refuse(['There is no saved narrative yet. Write and save it first.'])
  const sheet = narrativeSheet(await letterContext(context, file, record.coverageId), narrative.text)
  const outdated = outdatedNarrative(file, documentation, narrative.text)
  return { ...sheet, open: [...(sheet.open ?? []), ...outdatedPlaces(outdated)] }
}
