// Authorizations with their lines and history.
import type { Selectable } from 'kysely'
import {
  type Authorization,
  type AuthorizationDetails,
  type AuthorizationLine,
  type AuthorizationLineInput,
  type AuthorizationState,
  type ChangesAnswer,
} from '#core/authorization/schema.ts'
import type { ApprovalBasis } from '#core/authorization/stale.ts'
import type { AuthorizationId, CaseId, PlanId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { AuthorizationLineTable, AuthorizationTable } from '#db/tables/authorization.ts'
import { listTransitions, type TransitionRecord } from '#host/case/transition-rows.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

type Db = Reader | Writer

function toLine(row: Selectable<AuthorizationLineTable>): AuthorizationLine {
  return {
    id: row.id,
    lineId: row.line_id,
    code: row.code,
    tooth: row.tooth,
    quantity: row.quantity,
    feeCents: row.fee_cents,
    approvedCode: row.approved_code,
    approvedTooth: row.approved_tooth,
    approvedQuantity: row.approved_quantity,
    approvedCents: row.approved_cents,
    patientCents: row.patient_cents,
  }
}
function toAuthorization(
  row: Selectable<AuthorizationTable> & { payer_name: string | null },
  lines: AuthorizationLine[],
  history: TransitionRecord[],
): Authorization {
  return {
    id: row.id,
    caseId: row.case_id,
    coverageId: row.coverage_id,
    kind: row.kind,
    state: row.state as AuthorizationState,
    channel: row.channel as Authorization['channel'],
    reference: row.reference,
    contact: row.contact,
    sentOn: row.sent_on,
    expectedOn: row.expected_on,
    expectedBasis: row.expected_basis,
    infoDueOn: row.info_due_on,
    decidedOn: row.decided_on,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    validBasis: row.valid_basis,
    changesAnswer: row.changes_answer,
    changesAnsweredOn: row.changes_answered_on,
    patientCalledOn: row.patient_called_on,
    bookedFor: row.booked_for,
    note: row.note,
    payerName: row.payer_name,
    lines,
    history: history as Authorization['history'],
    version: row.version,
  }
}

/** Authorizations of a case or one by id, the newest first. */
export async function listAuthorizations(
  db: Db,
  where: { caseId: CaseId } | { id: AuthorizationId },
): Promise<Authorization[]> {
  let query = db
    .selectFrom('authorization as a')
    .leftJoin('coverage as v', 'v.id', 'a.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .selectAll('a')
    .select('payer.name as payer_name')
    .orderBy('a.created_at', 'desc')
    .orderBy('a.id', 'desc')
  query = 'id' in where ? query.where('a.id', '=', where.id) : query.where('a.case_id', '=', where.caseId)
  const rows = await query.execute()
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const lines = await db
    .selectFrom('authorization_line')
    .selectAll()
    .where('authorization_id', 'in', ids)
    .orderBy('seq')
    .execute()
  const histories = await listTransitions(db, ids)
  return rows.map((row) =>
    toAuthorization(
      row,
      lines.filter((line) => line.authorization_id === row.id).map(toLine),
      histories.get(row.id) ?? [],
    ),
  )
}
/** @throws NOT_FOUND */
export async function getAuthorization(db: Db, id: AuthorizationId): Promise<Authorization> {
  return found((await listAuthorizations(db, { id }))[0], 'authorization', id)
}

export async function addAuthorization(
  tx: Writer,
  row: Pick<Authorization, 'id' | 'caseId' | 'kind' | 'coverageId' | 'state'>,
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('authorization')
    .values({
      id: row.id,
      case_id: row.caseId,
      coverage_id: row.coverageId,
      kind: row.kind,
      state: row.state,
      channel: null,
      reference: '',
      contact: '',
      sent_on: null,
      expected_on: null,
      expected_basis: '',
      info_due_on: null,
      decided_on: null,
      valid_from: null,
      valid_to: null,
      valid_basis: '',
      patient_called_on: null,
      booked_for: null,
      note: '',
      approval_json: null,
      stale_json: null,
      stale_since: null,
      changes_answer: null,
      changes_answered_on: null,
      created_at: stamp.now,
      ...stampOf(stamp),
    })
    .execute()
}

export interface AuthorizationChanges {
  details?: Partial<AuthorizationDetails>
  state?: AuthorizationState
  sentOn?: string | null
  decidedOn?: string | null
  expectedBasis?: string
  validBasis?: string
  changesAnswer?: ChangesAnswer | null
  changesAnsweredOn?: string | null
}
/** Changes an authorization in the version the person saw; fields that are not given stay. */
export async function updateAuthorization(
  tx: Writer,
  id: AuthorizationId,
  version: number,
  { details = {}, ...changes }: AuthorizationChanges,
  stamp: Stamp,
): Promise<void> {
  const columns = {
    kind: details.kind,
    coverage_id: details.coverageId,
    channel: details.channel,
    reference: details.reference,
    contact: details.contact,
    expected_on: details.expectedOn,
    info_due_on: details.infoDueOn,
    valid_from: details.validFrom,
    valid_to: details.validTo,
    patient_called_on: details.patientCalledOn,
    booked_for: details.bookedFor,
    note: details.note,
    state: changes.state,
    sent_on: changes.sentOn,
    decided_on: changes.decidedOn,
    expected_basis: changes.expectedBasis,
    valid_basis: changes.validBasis,
    changes_answer: changes.changesAnswer,
    changes_answered_on: changes.changesAnsweredOn,
  }
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
  await updateVersioned(tx, 'authorization', id, version, given, stamp)
}

/** Keeps what an approval rests on. */
export async function setApproval(tx: Writer, id: AuthorizationId, basis: ApprovalBasis): Promise<void> {
  await tx
    .updateTable('authorization')
    .set({ approval_json: JSON.stringify(basis), stale_json: null, stale_since: null })
    .where('id', '=', id)
    .execute()
}

export async function replaceAuthorizationLines(
  tx: Writer,
  id: AuthorizationId,
  lines: readonly (AuthorizationLineInput & { id?: string | undefined })[],
  newId: () => string,
): Promise<void> {
  await tx.deleteFrom('authorization_line').where('authorization_id', '=', id).execute()
  if (lines.length === 0) return
  await tx
    .insertInto('authorization_line')
    .values(
      lines.map((line, index) => ({
        id: line.id ?? newId(),
        authorization_id: id,
        seq: index + 1,
        line_id: line.lineId,
        code: line.code,
        tooth: line.tooth,
        quantity: line.quantity,
        fee_cents: line.feeCents,
        approved_code: line.approvedCode,
        approved_tooth: line.approvedTooth,
        approved_quantity: line.approvedQuantity,
        approved_cents: line.approvedCents,
        patient_cents: line.patientCents,
      })),
    )
    .execute()
}

/** The stored columns and lines of an authorization, as a transition found them. */
export interface AuthorizationSnapshot {
  row: Record<string, unknown>
  lines: Selectable<AuthorizationLineTable>[]
}

/** Identity and stamp, which undo leaves alone. */
const NOT_UNDONE = ['id', 'case_id', 'created_at', 'version', 'updated_by', 'updated_at']

/** What undo puts back. */
export async function snapshotAuthorization(db: Db, id: AuthorizationId): Promise<AuthorizationSnapshot> {
  const stored = await db.selectFrom('authorization').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const row = Object.fromEntries(Object.entries(stored).filter(([column]) => !NOT_UNDONE.includes(column)))
  const lines = await db
    .selectFrom('authorization_line')
    .selectAll()
    .where('authorization_id', '=', id)
    .orderBy('seq')
    .execute()
  return { row, lines }
}

/** Puts an authorization back as it was. @throws CONFLICT when it is no longer in the version the person saw */
export async function restoreAuthorization(
  tx: Writer,
  id: AuthorizationId,
  version: number,
  { row, lines }: AuthorizationSnapshot,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'authorization', id, version, row, stamp)
  await tx.deleteFrom('authorization_line').where('authorization_id', '=', id).execute()
  if (lines.length > 0) await tx.insertInto('authorization_line').values(lines).execute()
}

/** The case of the same plan that last recorded whether one of the codes needs an authorization. */
export async function findNeedElsewhere(
  db: Db,
  planId: PlanId,
  codes: readonly string[],
  exceptCase: CaseId,
): Promise<{ id: string; caseId: CaseId } | undefined> {
  if (codes.length === 0) return undefined
  return db
    .selectFrom('benefit_check')
    .select(['id', 'case_id as caseId'])
    .where('plan_id', '=', planId)
    .where('kind', '=', 'authorization_need')
    .where('code', 'in', codes)
    .where('answer', '!=', 'unknown')
    .where('case_id', '!=', exceptCase)
    .orderBy('checked_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Open cases with an approval under the plan. */
export async function casesApprovedUnder(db: Db, planId: PlanId): Promise<CaseId[]> {
  const rows = await db
    .selectFrom('authorization_work as w')
    .innerJoin('authorization as a', 'a.id', 'w.authorization_id')
    .innerJoin('coverage as v', 'v.id', 'a.coverage_id')
    .select('w.case_id')
    .distinct()
    .where('w.state', 'in', ['approved', 'approved_modified'])
    .where('v.plan_id', '=', planId)
    .execute()
  return rows.map((row) => row.case_id)
}
