// Authorizations with their lines and history.
import type { Insertable, Selectable } from 'kysely'
import type * as z from 'zod'
import {
  Authorization,
  AuthorizationDetails,
  AuthorizationLine,
  AuthorizationLineInput,
} from '#core/authorization/schema.ts'
import { standing } from '#core/authorization/lifecycle.ts'
import { ApprovalBasis } from '#core/authorization/stale.ts'
import type { Approval } from '#core/case/contents.ts'
import type { AuthorizationId, CaseId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { AuthorizationLineTable, AuthorizationTable } from '#db/tables/authorization.ts'
import type { StepRecord } from '#host/case/transition-rows.ts'
import { localDate } from '#host/kernel/clock.ts'
import { columnsOf, recordOf } from '#host/kernel/columns.ts'
import { insertRow, insertRows } from '#host/kernel/insert-rows.ts'
import { groupBy, groupedQuery, setQuery } from '#host/kernel/set-query.ts'
import { type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

const AuthorizationRow = Authorization.omit({ lines: true, history: true })
function toAuthorization(
  row: Selectable<AuthorizationTable> & { payer_name: string | null },
  lines: AuthorizationLine[],
  steps: readonly StepRecord[],
): Authorization {
  return {
    ...recordOf(AuthorizationRow, row),
    lines,
    history: steps.map(({ userId: _, before: _before, ...step }) => step) as Authorization['history'],
  }
}

const requestRows = setQuery((db, ids: CaseId[]) =>
  db
    .selectFrom('authorization as a')
    .leftJoin('coverage as v', 'v.id', 'a.coverage_id')
    .leftJoin('plan', 'plan.id', 'v.plan_id')
    .leftJoin('payer', 'payer.id', 'plan.payer_id')
    .selectAll('a')
    .select('payer.name as payer_name')
    .where('a.case_id', 'in', ids)
    .orderBy('a.created_at', 'desc')
    .orderBy('a.id', 'desc'),
)
const linesByRequest = groupedQuery(
  'authorization_id',
  (db, ids: AuthorizationId[]) =>
    db.selectFrom('authorization_line').selectAll().where('authorization_id', 'in', ids).orderBy('seq'),
  (row) => recordOf(AuthorizationLine, row),
)
/** Authorizations of the cases, the newest first, and what is kept beside each. */
export async function authorizationsByCase(
  db: Reader,
  ids: readonly CaseId[],
  histories: ReadonlyMap<string, StepRecord[]>,
): Promise<Map<CaseId, { authorization: Authorization; approval: Approval }[]>> {
  const rows = await requestRows(db, ids)
  const lines = await linesByRequest(
    db,
    rows.map((row) => row.id),
  )
  return groupBy(ids, rows, 'case_id', (row) => {
    const steps = histories.get(row.id) ?? []
    return { authorization: toAuthorization(row, lines.get(row.id)!, steps), approval: toApproval(row, steps) }
  })
}
function toApproval(row: Selectable<AuthorizationTable>, steps: readonly StepRecord[]): Approval {
  return {
    createdOn: localDate(row.created_at),
    basis: row.approval_json === null ? null : ApprovalBasis.parse(JSON.parse(row.approval_json)),
    stale:
      row.stale_since && row.stale_json
        ? { since: row.stale_since, reasons: JSON.parse(row.stale_json) as string[] }
        : null,
    lastStep: standing(steps).at(-1) ?? null,
  }
}

/** @param known what is known of it besides, where it was not begun here */
export const requestColumns = (
  row: Pick<Authorization, 'id' | 'caseId' | 'kind' | 'coverageId' | 'state'>,
  stamp: Stamp,
  known: Partial<Insertable<AuthorizationTable>> = {},
) => ({
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
  appeal_days: null,
  patient_called_on: null,
  booked_for: null,
  note: '',
  approval_json: null,
  stale_json: null,
  stale_since: null,
  changes_answer: null,
  changes_answered_on: null,
  created_at: stamp.now,
  ...known,
  ...stampOf(stamp),
})

export async function addAuthorization(tx: Writer, ...request: Parameters<typeof requestColumns>): Promise<void> {
  await insertRow(tx, 'authorization', requestColumns(...request))
}

/** What changes in the life of a request. */
export const Changeable = AuthorizationRow.omit({ id: true, caseId: true, payerName: true, version: true }).partial()
export interface AuthorizationChanges extends Omit<z.infer<typeof Changeable>, keyof AuthorizationDetails> {
  details?: Partial<AuthorizationDetails>
}
/** Changes an authorization in the version the person saw; fields that are not given stay. */
export async function updateAuthorization(
  tx: Writer,
  id: AuthorizationId,
  version: number,
  { details = {}, ...changes }: AuthorizationChanges,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'authorization', id, version, columnsOf(Changeable, { ...details, ...changes }), stamp)
}

/** Keeps what an approval rests on. */
export async function setApproval(tx: Writer, id: AuthorizationId, basis: ApprovalBasis): Promise<void> {
  await tx
    .updateTable('authorization')
    .set({ approval_json: JSON.stringify(basis), stale_json: null, stale_since: null })
    .where('id', '=', id)
    .execute()
}

/** Keeps what has changed since an approval, and the day it was noticed; null: nothing. */
export async function keepStale(tx: Writer, id: AuthorizationId, stale: Approval['stale']): Promise<void> {
  await tx
    .updateTable('authorization')
    .set({ stale_json: stale && JSON.stringify(stale.reasons), stale_since: stale?.since ?? null })
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
  await addAuthorizationLines(tx, id, lines, newId)
}
/** The lines of a request that has none. */
export async function addAuthorizationLines(
  tx: Writer,
  id: AuthorizationId,
  lines: readonly (AuthorizationLineInput & { id?: string | undefined })[],
  newId: () => string,
): Promise<void> {
  await insertRows(
    tx,
    'authorization_line',
    lines.map((line, index) => ({
      id: line.id ?? newId(),
      authorization_id: id,
      seq: index + 1,
      ...columnsOf(AuthorizationLineInput, line),
    })),
  )
}

/** The stored columns and lines of an authorization, as a transition found them. */
export interface AuthorizationSnapshot {
  row: Record<string, unknown>
  lines: Selectable<AuthorizationLineTable>[]
  /** The claim of a remittance file whose posting took the step: undo releases it. */
  eraClaimId?: string
}

/** Identity and stamp, which undo leaves alone. */
const NOT_UNDONE = ['id', 'case_id', 'created_at', 'version', 'updated_by', 'updated_at']

/** What undo puts back. */
export async function snapshotAuthorization(db: Reader, id: AuthorizationId): Promise<AuthorizationSnapshot> {
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
  await insertRows(tx, 'authorization_line', lines)
}
