// Claims with their form, lines and history.
import type { IsoDate } from '#core/dates.ts'
import type { Selectable } from 'kysely'
import { Claim, type ClaimForm, ClaimLine, ClaimLineInput } from '#core/claim/schema.ts'
import type { AuthorizationId, CaseId, ClaimId } from '#core/ids.ts'
import { sumCents } from '#core/money.ts'
import { ExpectedTerms } from '#core/remittance/expected.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { ClaimTable } from '#db/tables/money.ts'
import type { KeptExpectation, StoredClaim } from '#core/case/contents.ts'
import type { StepRecord } from '#host/case/transition-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow, insertRows } from '#host/kernel/insert-rows.ts'
import { groupBy, groupedQuery, setQuery } from '#host/kernel/set-query.ts'
import { type Stamp, stampOf, updateVersioned, updaterOf } from '#host/kernel/versioned.ts'

const ClaimRow = Claim.omit({ form: true, lines: true, findings: true, history: true })
function toClaim(row: Selectable<ClaimTable>, lines: ClaimLine[], history: Claim['history']): StoredClaim {
  return { ...recordOf(ClaimRow, row), form: JSON.parse(row.form_json) as ClaimForm, lines, history }
}

const claimRows = setQuery((db, ids: CaseId[]) =>
  db
    .selectFrom('claim as k')
    .leftJoin('expectation as e', 'e.claim_id', 'k.id')
    .selectAll('k')
    .select(['e.terms_json', 'e.plan_cents', 'e.source'])
    .where('k.case_id', 'in', ids)
    .orderBy('k.created_at', 'desc')
    .orderBy('k.id', 'desc'),
)
const linesByClaim = groupedQuery(
  'claim_id',
  (db, ids: ClaimId[]) => db.selectFrom('claim_line').selectAll().where('claim_id', 'in', ids).orderBy('seq'),
  (row) => recordOf(ClaimLine, row),
)
/** Claims of the cases, the newest first, each with what was kept of its expected payment. */
export async function claimsByCase(
  db: Reader,
  ids: readonly CaseId[],
  histories: ReadonlyMap<string, StepRecord[]>,
): Promise<Map<CaseId, { claim: StoredClaim; expectation: KeptExpectation | null }[]>> {
  const rows = await claimRows(db, ids)
  const lines = await linesByClaim(
    db,
    rows.map((row) => row.id),
  )
  return groupBy(ids, rows, 'case_id', (row) => ({
    claim: toClaim(row, lines.get(row.id)!, (histories.get(row.id) ?? []).map(shortStep)),
    expectation:
      row.terms_json === null
        ? null
        : {
            terms: ExpectedTerms.parse(JSON.parse(row.terms_json)),
            planCents: row.plan_cents,
            source: row.source ?? '',
          },
  }))
}
const shortStep = ({ event, on, at, user, note }: StepRecord) => ({ event, on, at, user, note })

/** Fee × quantity over the lines, and the form's other fees (items 29b, 31, 31a → 32). */
function totalOf(form: ClaimForm, lines: readonly ClaimLineInput[]): number {
  return sumCents(lines.map((line) => line.feeCents * line.quantity)) + form.otherFeesCents
}

export async function addClaim(
  tx: Writer,
  claim: Pick<Claim, 'id' | 'caseId' | 'coverageId' | 'authorizationId' | 'number' | 'form' | 'frequency'> & {
    replacesId: ClaimId | null
    payerClaimNumber: string
    /** One that was sent already, outside of this program. */
    sent?: { on: IsoDate; reason: string }
  },
  lines: readonly ClaimLineInput[],
  newId: () => string,
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'claim', {
    id: claim.id,
    case_id: claim.caseId,
    coverage_id: claim.coverageId,
    authorization_id: claim.authorizationId,
    number: claim.number,
    state: claim.sent ? 'sent' : 'draft',
    form_json: JSON.stringify(claim.form),
    total_cents: totalOf(claim.form, lines),
    sent_on: claim.sent?.on ?? null,
    channel: null,
    send_reason: claim.sent?.reason ?? '',
    frequency: claim.frequency,
    replaces_id: claim.replacesId,
    payer_claim_number: claim.payerClaimNumber,
    created_at: stamp.now,
    ...stampOf(stamp),
  })
  await replaceClaimLines(tx, claim.id, lines, newId)
}

async function replaceClaimLines(
  tx: Writer,
  id: ClaimId,
  lines: readonly (ClaimLineInput & { id?: string | undefined })[],
  newId: () => string,
): Promise<void> {
  await tx.deleteFrom('claim_line').where('claim_id', '=', id).execute()
  await insertRows(
    tx,
    'claim_line',
    lines.map((line, index) => ({
      id: line.id ?? newId(),
      claim_id: id,
      seq: index + 1,
      ...columnsOf(ClaimLineInput, line),
    })),
  )
}

/** Replaces the form and lines of a draft in the version the person saw. */
export async function updateClaimForm(
  tx: Writer,
  { id, version, form, lines, authorizationId }: ClaimContent,
  context: Stamp & Pick<CommandContext, 'newId'>,
): Promise<void> {
  await updateVersioned(
    tx,
    'claim',
    id,
    version,
    { form_json: JSON.stringify(form), total_cents: totalOf(form, lines), authorization_id: authorizationId },
    context,
  )
  await replaceClaimLines(tx, id, lines, () => context.newId<string>())
}
interface ClaimContent {
  id: ClaimId
  version: number
  form: ClaimForm
  lines: readonly (ClaimLineInput & { id?: string | undefined })[]
  authorizationId: AuthorizationId | null
}

export const updateClaim = updaterOf('claim')
