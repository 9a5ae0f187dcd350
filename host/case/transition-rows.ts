// State changes of authorizations, claims and appeals: who, when, on which date, with which note. Append-only.
import { standing } from '#core/authorization/lifecycle.ts'
import type { CaseId, UserId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { TransitionTable } from '#db/tables/authorization.ts'
import type { Stamp } from '#host/kernel/versioned.ts'

type Db = Reader | Writer

export interface TransitionRecord {
  event: string
  from: string
  to: string
  on: string
  at: string
  user: string
  note: string
}

export async function addTransition(
  tx: Writer,
  row: {
    id: string
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
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('transition')
    .values({
      id: row.id,
      case_id: row.caseId,
      entity: row.entity,
      entity_id: row.entityId,
      event: row.event,
      from_state: row.from,
      to_state: row.to,
      on_date: row.on,
      note: row.note,
      user_id: stamp.user.id,
      at: stamp.now,
      before_json: row.before === undefined ? null : JSON.stringify(row.before),
    })
    .execute()
}

/** The histories of several entities, oldest first. */
export async function listTransitions(db: Db, entityIds: readonly string[]): Promise<Map<string, TransitionRecord[]>> {
  const histories = new Map<string, TransitionRecord[]>(entityIds.map((id) => [id, []]))
  if (entityIds.length === 0) return histories
  const rows = await db
    .selectFrom('transition as t')
    .leftJoin('app_user', 'app_user.id', 't.user_id')
    .selectAll('t')
    .select('app_user.name')
    .where('entity_id', 'in', entityIds)
    .orderBy('t.at')
    .orderBy('t.id')
    .execute()
  for (const row of rows)
    histories.get(row.entity_id)?.push({
      event: row.event,
      from: row.from_state,
      to: row.to_state,
      on: row.on_date,
      at: row.at,
      user: row.name ?? '',
      note: row.note,
    })
  return histories
}

/** The last step of an entity that no undo took back, with who recorded it and what was before. */
export async function lastStanding(
  db: Db,
  entityId: string,
): Promise<{ event: string; from: string; userId: UserId; before: unknown } | undefined> {
  const rows = await db
    .selectFrom('transition')
    .select(['event', 'from_state', 'user_id', 'before_json'])
    .where('entity_id', '=', entityId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const last = standing(rows).at(-1)
  return (
    last && {
      event: last.event,
      from: last.from_state,
      userId: last.user_id,
      before: last.before_json === null ? null : (JSON.parse(last.before_json) as unknown),
    }
  )
}
