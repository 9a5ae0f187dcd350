// A claim before it is sent: filled from the case, typed over, filled again.
import { type Filled, fillClaim } from '#core/case/billing.ts'
import { postedOf, type StoredClaim } from '#core/case/contents.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { formatDate } from '#core/dates.ts'
import type { ClaimId, CoverageId } from '#core/ids.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { checkCoverage } from '#host/case/own-coverage.ts'
import { finishWork } from '#host/case/finish.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { getOffice } from '#host/office/rows.ts'
import { forgetTerms } from '#host/remittance/expectation.ts'
import { claimIn, openClaim } from './open.ts'
import { addClaim, updateClaim, updateClaimForm } from './rows.ts'
import { caseOf } from '#host/case/rows.ts'

/** Form and lines of a claim, for one of its own. */
const sentAs = ({ form, lines }: StoredClaim) => ({ form, lines: lines.map(({ id: _, ...line }) => line) })

/** Unique within the office and within CLM01's 20 characters (x12.md). */
export const numberOf = (id: ClaimId) => `CW${id.replaceAll('-', '').slice(-12).toUpperCase()}`

function refuseUnlessOpen(claim: StoredClaim): void {
  if (claim.state === 'draft' || claim.state === 'rejected') return
  const sent = claim.sentOn ? ` It was sent on ${formatDate(claim.sentOn)}` : ' It is void'
  refuse([`This claim is kept as it was.${sent}. Make a corrected claim instead.`])
}

/** The payer's number of a claim as its decision names it: a corrected claim carries that of the claim before (REF F8). */
function payerNumberOf(file: CaseFile, claim: StoredClaim): string {
  const decided = postedOf(file).filter((one) => one.claimId === claim.id)
  return decided.find((one) => one.payerClaimNumber !== '')?.payerClaimNumber ?? claim.payerClaimNumber
}

async function fill(
  context: CommandContext,
  file: CaseFile,
  coverageId: CoverageId | null,
  except: readonly ClaimId[],
): Promise<Filled> {
  return fillClaim(file, documentationIn(context, file), await getOffice(context.db), coverageId, except)
}

/** The claim that is to be corrected or taken back. @throws NOT_FOUND, INVALID_INPUT, REFUSED */
async function replacedBy(
  context: CommandContext,
  file: CaseFile,
  { replacesId, voids }: ParsedInputOf<'claim.create'>,
): Promise<StoredClaim | null> {
  if (replacesId === null) {
    if (voids) invalid('replacesId', 'Choose the claim to void.')
    return null
  }
  if ((await caseOf(context.db, 'claim', replacesId)) !== file.id)
    invalid('replacesId', 'That claim belongs to another case.')
  const replaced = claimIn(file, replacesId)
  if (replaced.state === 'draft' || replaced.state === 'void')
    refuse([`Only a claim that was sent can be ${voids ? 'voided' : 'corrected'}.`])
  return replaced
}

/** A draft filled from the case, or one that corrects or takes back a claim that was sent. @throws REFUSED, INVALID_INPUT */
export async function draftClaim(context: CommandContext, input: ParsedInputOf<'claim.create'>): Promise<ClaimId> {
  const { replacesId, voids } = input
  const file = await openCase(context, input.caseId)
  checkCoverage(file, input.coverageId)
  const replaced = await replacedBy(context, file, input)
  const coverageId = input.coverageId ?? replaced?.coverageId ?? file.record.coverageId
  const existing = file.claims
  if (!replaced && existing.some((one) => one.state === 'draft' && one.coverageId === coverageId))
    refuse(['There is a draft for this coverage already. Continue that one or void it.'])
  if (
    replaced &&
    voids &&
    existing.some((one) => one.replacesId === replaced.id && one.frequency === 'void' && one.state !== 'void')
  )
    refuse([`Claim ${replaced.number} is being voided already.`])
  const earlier = replaced ? existing.map((one) => one.id) : []
  const filled = await fill(context, file, coverageId, earlier)
  // What is taken back is what was sent, not what the case says by now.
  const { form, lines } = replaced && voids ? sentAs(replaced) : filled
  const live = existing.find((one) => one.state !== 'void' && one.coverageId === coverageId)
  if (!replaced && lines.length === 0 && live)
    refuse([`Every service done is on claim ${live.number} already. Correct that claim, or date the next visit.`])
  const id = context.newId<ClaimId>()
  const claim = {
    id,
    caseId: file.id,
    coverageId,
    authorizationId: filled.authorization?.id ?? null,
    number: numberOf(id),
    form,
    frequency: replaced ? (voids ? 'void' : 'replacement') : 'original',
    replacesId,
    payerClaimNumber: replaced ? payerNumberOf(file, replaced) : '',
  } as const
  await file.write(context, ['claims'], (tx) => addClaim(tx, claim, lines, () => context.newId<string>(), context))
  const correction = voids ? 'Void' : 'Corrected claim'
  const text = replaced ? `${correction} for ${replaced.number} drafted` : 'Claim drafted'
  await finishWork(context, file, {
    event: { kind: 'claim', text },
    audit: { entity: 'claim', entityId: id, after: { coverageId, replacesId, voids, lines } },
  })
  return id
}

/** Form and lines as a person typed them. @throws REFUSED once it is sent, CONFLICT */
export async function editClaim(
  context: CommandContext,
  { id, version, form, lines, payerClaimNumber }: ParsedInputOf<'claim.update'>,
): Promise<void> {
  const { file, claim: before } = await openClaim(context, id)
  refuseUnlessOpen(before)
  await file.write(context, ['claims'], async (tx) => {
    await updateClaimForm(tx, { id, version, form, lines, authorizationId: before.authorizationId }, context)
    if (payerClaimNumber !== undefined && before.frequency !== 'original')
      await updateClaim(tx, id, null, { payer_claim_number: payerClaimNumber }, context)
  })
  await forgetTerms(context, file, before, lines)
  await finishWork(context, file, {
    audit: { entity: 'claim', entityId: id, before, after: { form, lines, payerClaimNumber } },
  })
}

/** Form and lines from the case anew: what was typed is replaced. @throws REFUSED once it is sent, CONFLICT */
export async function refillClaim(
  context: CommandContext,
  { id, version }: ParsedInputOf<'claim.refill'>,
): Promise<void> {
  const { file, claim: before } = await openClaim(context, id)
  refuseUnlessOpen(before)
  const except = before.replacesId === null ? [id] : file.claims.map((one) => one.id)
  const { form, lines, authorization } = await fill(context, file, before.coverageId, except)
  const content = { id, version, form, lines, authorizationId: authorization?.id ?? null }
  await file.write(context, ['claims'], (tx) => updateClaimForm(tx, content, context))
  await forgetTerms(context, file, before, lines)
  await finishWork(context, file, {
    event: { kind: 'claim', text: `Claim ${before.number} filled again from the case` },
    audit: { entity: 'claim', entityId: id, before, after: { form, lines } },
  })
}
