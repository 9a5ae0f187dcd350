// Authorizations with their lines and history.
import type { Selectable } from 'kysely'
import {
  type Authorization,
  AUTHORIZATION_STATES,
  type AuthorizationDetails,
  type AuthorizationLine,
  type AuthorizationLineInput,
  type AuthorizationState,
} from '#core/authorization/schema.ts'
import type { ApprovalBasis } from '#core/authorization/stale.ts'
import type { AuthorizationId, CaseId, PlanId } from '#core/ids.ts'
import type { Reader, Writer } from '../reader.ts'
import type { AuthorizationLineTable, AuthorizationTable } from '../schema.ts'
import { afterCursor, pageByState } from './page.ts'
import { listTransitions, type TransitionRecord } from './transition.ts'
import { found, type Stamp, stampOf, updateVersioned } from './versioned.ts'

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

const OPEN = ['to_verify', 'drafting', 'submitted', 'info_requested', 'appealed']
const APPROVED = ['approved', 'approved_modified']

/** One page of authorizations; drafts first, then by the date sent. */
export async function pageAuthorizations(
  db: Db,
  input: {
    view: 'open' | 'expiring' | 'approved_not_called' | 'all'
    after: string | null
    limit: number
    expiringBy: string
  },
) {
  const states = { open: OPEN, expiring: APPROVED, approved_not_called: APPROVED, all: AUTHORIZATION_STATES }[
    input.view
  ]
  const { rows, next } = await pageByState(states, input.limit, async (state) => {
    let query = db
      .selectFrom('authorization as a')
      .innerJoin('case_file as c', 'c.id', 'a.case_id')
      .innerJoin('patient as p', 'p.id', 'c.patient_id')
      .leftJoin('coverage as v', 'v.id', 'a.coverage_id')
      .leftJoin('plan', 'plan.id', 'v.plan_id')
      .leftJoin('payer', 'payer.id', 'plan.payer_id')
      .select(['a.id', 'a.case_id', 'a.kind', 'a.state', 'a.sent_on', 'a.expected_on', 'a.valid_to', 'a.reference'])
      .select(['c.tooth', 'c.main_code', 'p.last_name', 'p.first_name', 'payer.name as payer_name'])
      .where('a.state', '=', state)
      .orderBy('a.sent_on')
      .orderBy('a.id')
      .limit(input.limit + 1)
    if (input.view === 'expiring') query = query.where('a.valid_to', '<=', input.expiringBy)
    if (input.view === 'approved_not_called')
      query = query.where('a.patient_called_on', 'is', null).where('a.booked_for', 'is', null)
    if (input.after !== null) query = query.where(afterCursor('a', input.after))
    return query.execute()
  })
  return {
    rows: rows.map((row) => ({
      id: row.id,
      caseId: row.case_id,
      patientName: `${row.last_name}, ${row.first_name}`,
      tooth: row.tooth,
      code: row.main_code,
      kind: row.kind,
      state: row.state,
      payerName: row.payer_name,
      sentOn: row.sent_on,
      expectedOn: row.expected_on,
      validTo: row.valid_to,
      reference: row.reference,
    })),
    next,
  }
}

/** How many are open, and how many of those are late or asked about. */
export async function countAuthorizations(db: Db, today: string): Promise<{ open: number; attention: number }> {
  const row = await db
    .selectFrom('authorization')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .select(({ fn, eb, or }) =>
      fn
        .countAll<number>()
        .filterWhere(or([eb('state', '=', 'info_requested'), eb('expected_on', '<', today)]))
        .as('attention'),
    )
    .where('state', 'in', OPEN)
    .executeTakeFirstOrThrow()
  return row
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
