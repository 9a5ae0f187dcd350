// A claim that the practice system sent: kept as sent, so that its answer is followed up and posted here.
import { fillClaim } from '#core/case/billing.ts'
import type { ImportedRow } from '#core/authorization-import/read-row.ts'
import type { CaseId, ClaimId, CoverageId, LineId } from '#core/ids.ts'
import { indexOf } from '#core/guide/facts.ts'
import { openCase } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { numberOf } from '#host/claim/draft.ts'
import { openClaim } from '#host/claim/open.ts'
import { addClaim } from '#host/claim/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { getOffice } from '#host/office/rows.ts'
import { keepExpectation } from '#host/remittance/expectation.ts'
import { BY_IMPORT } from './change.ts'

export interface SentClaim {
  caseId: CaseId
  coverage: { id: CoverageId } | null
  /** The first of its rows. */
  row: ImportedRow
  lines: readonly { lineId: LineId; row: ImportedRow }[]
}

/** @returns the claim, in its first version */
export async function writeSentClaim(
  context: CommandContext,
  { caseId, coverage, row, lines }: SentClaim,
): Promise<ClaimId> {
  const file = await openCase(context, caseId)
  const documentation = documentationIn(context, file)
  const coverageId = coverage?.id ?? null
  const { form } = fillClaim(file, documentation, await getOffice(context.db), coverageId, [])
  const { codes } = indexOf(documentation.guide)
  const id = context.newId<ClaimId>()
  const on = row.sentOn!
  const claim = {
    id,
    caseId,
    coverageId,
    authorizationId: null,
    number: numberOf(id),
    form: { ...form, authorizationNumber: row.reference || form.authorizationNumber },
    frequency: 'original',
    replacesId: null,
    payerClaimNumber: '',
    sent: { on, reason: BY_IMPORT },
  } as const
  const billed = lines.map(({ lineId, row: { code, tooth, area, feeCents, serviceDate } }) => ({
    lineId,
    serviceDate,
    area,
    tooth,
    surfaces: '',
    code,
    diagnosisPointers: '',
    quantity: 1,
    description: codes.get(code)?.label ?? '',
    feeCents,
  }))
  await file.write(context, ['claims', 'steps'], async (tx) => {
    await addClaim(tx, claim, billed, () => context.newId<string>(), context)
    const step = { caseId, entity: 'claim' as const, entityId: id, event: 'send' }
    await addTransition(context, { ...step, from: 'draft', to: 'sent', on, note: BY_IMPORT })
  })
  const sent = await openClaim(context, id)
  await keepExpectation(context, sent.file, sent.claim)
  return id
}
