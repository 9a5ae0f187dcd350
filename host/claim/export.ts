// Claims and requests into a claim file, and marked as sent with it.
import { toElectronic } from '#core/claim/electronic.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { clean, writeClaimFile } from '#core/x12/claim-file-write.ts'
import { takeStep } from '#host/authorization/step.ts'
import { openCase } from '#host/case/case-file.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { getOffice } from '#host/office/rows.ts'
import { readSettings } from '#host/office/settings.ts'
import { type Exportable, loadExportable } from './exportable.ts'
import { addClaimFile, nextControl } from './file-rows.ts'
import { takeClaimStep } from './step.ts'

export const claimFileName = (control: number) => `claims-${String(control).padStart(9, '0')}.837`

/** Marks as sent what was not: in the same command, so that no file exists of a claim that counts as unsent. */
async function markSent(context: CommandContext, one: Exportable, reason: string): Promise<void> {
  const common = { on: context.today, note: '', version: 0 }
  if (one.claim) {
    if (one.claim.state !== 'draft' && one.claim.state !== 'rejected') return
    const { id, version } = one.claim
    await takeClaimStep(context, { ...common, id, version, event: 'send', channel: 'electronic', reason })
  } else if (one.authorizationId) {
    const { authorizations } = await openCase(context, one.caseId)
    const request = authorizations.find(({ id }) => id === one.authorizationId)!
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
  const { clearinghouse } = await readSettings(context)
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

/** Writes one file of all of them and keeps it byte for byte. @throws REFUSED while something blocks it, NOT_FOUND */
export async function exportClaims(
  context: CommandContext,
  { ids, reason }: { ids: readonly string[]; reason: string },
) {
  const { tx } = context
  const all: Exportable[] = []
  for (const id of new Set(ids)) all.push(await loadExportable(context, id))
  refuseUnready(all)
  refuseOpen(all, reason)
  const { control, text, isTest } = await writeFile(context, all)
  for (const one of all) await markSent(context, one, reason)
  const fileId = context.newId<string>()
  const items = all.map(({ source, claim, authorizationId }) => ({
    number: source.number,
    claimId: claim?.id ?? null,
    authorizationId,
  }))
  const sha256 = await addClaimFile(tx, { id: fileId, control, isTest, text, items }, context)
  context.audit({ entity: 'claim_file', entityId: fileId, after: { control, sha256, ids }, reason })
  return { fileId, fileName: claimFileName(control), text, control, claims: all.length }
}
