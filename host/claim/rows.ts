// Claims with their form, lines and history.
import type { Selectable } from 'kysely'
import { type Claim, type ClaimForm, type ClaimLine, type ClaimLineInput, type ClaimState } from '#core/claim/schema.ts'
import type { AuthorizationId, CaseId, ClaimId } from '#core/ids.ts'
import { sumCents } from '#core/money.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { ClaimLineTable, ClaimTable } from '#db/tables/money.ts'
import { listTransitions } from '#host/case/transition-rows.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

type Db = Reader | Writer
/** A claim without what is computed from its form: findings. */
export type StoredClaim = Omit<Claim, 'findings'>

function toLine(row: Selectable<ClaimLineTable>): ClaimLine {
  return {
    id: row.id,
    lineId: row.line_id,
    serviceDate: row.service_date,
    area: row.area as ClaimLine['area'],
    tooth: row.tooth,
    surfaces: row.surfaces,
    code: row.code,
    diagnosisPointers: row.diagnosis_pointers,
    quantity: row.quantity,
    description: row.description,
    feeCents: row.fee_cents,
  }
}
function toClaim(row: Selectable<ClaimTable>, lines: ClaimLine[], history: Claim['history']): StoredClaim {
  return {
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    state: row.state as ClaimState,
    coverageId: row.coverage_id,
    authorizationId: row.authorization_id,
    form: JSON.parse(row.form_json) as ClaimForm,
    lines,
    totalCents: row.total_cents,
    sentOn: row.sent_on,
    channel: row.channel as Claim['channel'],
    sendReason: row.send_reason,
    frequency: row.frequency,
    replacesId: row.replaces_id,
    payerClaimNumber: row.payer_claim_number,
    history,
    version: row.version,
  }
}

/** Claims of a case or one by id, the newest first. */
export async function listClaims(db: Db, where: { caseId: CaseId } | { id: ClaimId }): Promise<StoredClaim[]> {
  let query = db.selectFrom('claim').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
  query = 'id' in where ? query.where('id', '=', where.id) : query.where('case_id', '=', where.caseId)
  const rows = await query.execute()
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const lines = await db.selectFrom('claim_line').selectAll().where('claim_id', 'in', ids).orderBy('seq').execute()
  const histories = await listTransitions(db, ids)
  return rows.map((row) =>
    toClaim(
      row,
      lines.filter((line) => line.claim_id === row.id).map(toLine),
      (histories.get(row.id) ?? []).map(({ event, on, at, user, note }) => ({ event, on, at, user, note })),
    ),
  )
}
/** @throws NOT_FOUND */
export async function getClaim(db: Db, id: ClaimId): Promise<StoredClaim> {
  return found((await listClaims(db, { id }))[0], 'claim', id)
}

/** Fee × quantity over the lines, and the form's other fees (items 29b, 31, 31a → 32). */
export function totalOf(form: ClaimForm, lines: readonly ClaimLineInput[]): number {
  return sumCents(lines.map((line) => line.feeCents * line.quantity)) + form.otherFeesCents
}

export async function addClaim(
  tx: Writer,
  claim: Pick<Claim, 'id' | 'caseId' | 'coverageId' | 'authorizationId' | 'number' | 'form' | 'frequency'> & {
    replacesId: ClaimId | null
    payerClaimNumber: string
  },
  lines: readonly ClaimLineInput[],
  newId: () => string,
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('claim')
    .values({
      id: claim.id,
      case_id: claim.caseId,
      coverage_id: claim.coverageId,
      authorization_id: claim.authorizationId,
      number: claim.number,
      state: 'draft',
      form_json: JSON.stringify(claim.form),
      total_cents: totalOf(claim.form, lines),
      sent_on: null,
      channel: null,
      send_reason: '',
      frequency: claim.frequency,
      replaces_id: claim.replacesId,
      payer_claim_number: claim.payerClaimNumber,
      created_at: stamp.now,
      ...stampOf(stamp),
    })
    .execute()
  await replaceClaimLines(tx, claim.id, lines, newId)
}

export async function replaceClaimLines(
  tx: Writer,
  id: ClaimId,
  lines: readonly (ClaimLineInput & { id?: string | undefined })[],
  newId: () => string,
): Promise<void> {
  await tx.deleteFrom('claim_line').where('claim_id', '=', id).execute()
  if (lines.length === 0) return
  await tx
    .insertInto('claim_line')
    .values(
      lines.map((line, index) => ({
        id: line.id ?? newId(),
        claim_id: id,
        seq: index + 1,
        line_id: line.lineId,
        service_date: line.serviceDate,
        area: line.area,
        tooth: line.tooth,
        surfaces: line.surfaces,
        code: line.code,
        diagnosis_pointers: line.diagnosisPointers,
        quantity: line.quantity,
        description: line.description,
        fee_cents: line.feeCents,
      })),
    )
    .execute()
}

/** Replaces the form and lines of a draft in the version the person saw. */
export async function updateClaimForm(
  tx: Writer,
  id: ClaimId,
  version: number,
  form: ClaimForm,
  lines: readonly (ClaimLineInput & { id?: string | undefined })[],
  authorizationId: AuthorizationId | null,
  newId: () => string,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(
    tx,
    'claim',
    id,
    version,
    { form_json: JSON.stringify(form), total_cents: totalOf(form, lines), authorization_id: authorizationId },
    stamp,
  )
  await replaceClaimLines(tx, id, lines, newId)
}

export async function updateClaim(
  tx: Writer,
  id: ClaimId,
  version: number | null,
  changes: Partial<
    Pick<Selectable<ClaimTable>, 'state' | 'sent_on' | 'channel' | 'send_reason' | 'payer_claim_number'>
  >,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'claim', id, version, changes, stamp)
}
