// State changes of authorizations, claims and appeals: who, when, on which date, with which note. Append-only.
import type { CaseId, UserId } from '#core/ids.ts'
import type { Reader } from '#db/reader.ts'
import type { TransitionTable } from '#db/tables/authorization.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { setQuery } from '#host/kernel/set-query.ts'

export interface StepRecord {
  event: string
  from: string
  to: string
  on: string
  at: string
  user: string
  userId: UserId
  note: string
  /** What the step changed, as it was before; null when it cannot be undone. */
  before: unknown
}

export async function addTransition(
  context: CommandContext,
  row: {
    caseId: CaseId
    entity: TransitionTable['entity']
    entityId: string
    event: string
    from: string
    to: string
    on: string
    note: string
    /** What the transition changed, as it was before; null when it cannot be undone. */
    before?: unknown
  },
): Promise<void> {
  await insertRow(context.tx, 'transition', {
    id: context.newId<string>(),
    case_id: row.caseId,
    entity: row.entity,
    entity_id: row.entityId,
    event: row.event,
    from_state: row.from,
    to_state: row.to,
    on_date: row.on,
    note: row.note,
    user_id: context.user.id,
    at: context.now,
    before_json: row.before === undefined ? null : JSON.stringify(row.before),
  })
}

const stepRows = setQuery((db, ids: CaseId[]) =>
  db
    .selectFrom('transition as t')
    .leftJoin('app_user', 'app_user.id', 't.user_id')
    .selectAll('t')
    .select('app_user.name')
    .where('case_id', 'in', ids)
    .orderBy('t.at')
    .orderBy('t.id'),
)
/** The steps of all authorizations, claims and appeals of each case by the id of the entity, oldest first. */
export async function historiesOf(db: Reader, ids: readonly CaseId[]): Promise<Map<CaseId, Map<string, StepRecord[]>>> {
  const histories = new Map(ids.map((id) => [id, new Map<string, StepRecord[]>()]))
  for (const row of await stepRows(db, ids)) {
    const ofCase = histories.get(row.case_id)!
    const own = ofCase.get(row.entity_id) ?? []
    ofCase.set(row.entity_id, own)
    own.push({
      event: row.event,
      from: row.from_state,
      to: row.to_state,
      on: row.on_date,
      at: row.at,
      user: row.name ?? '',
      userId: row.user_id,
      note: row.note,
      before: row.before_json === null ? null : (JSON.parse(row.before_json) as unknown),
    })
  }
  return histories
}
