// Whose the open cases and tasks are.
import { sql } from 'kysely'
import type { UserId } from '#core/ids.ts'
import type { Reader } from '#db/reader.ts'
import type { CommandContext } from '#host/kernel/context.ts'

export async function openCasesOf(db: Reader, userId: UserId): Promise<string[]> {
  const rows = await db
    .selectFrom('case_file')
    .select('id')
    .where('assignee_id', '=', userId)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

export function handOverTasks({ tx, user, now }: CommandContext, from: UserId, to: UserId | null) {
  return tx
    .updateTable('task')
    .set({ assignee_id: to, version: sql`version + 1`, updated_by: user.id, updated_at: now })
    .where('assignee_id', '=', from)
    .where('done_at', 'is', null)
    .returning('case_id')
    .execute()
}

/** Open cases and tasks by whose they are. */
export async function openWorkCounts(db: Reader): Promise<Map<string, number>> {
  const cases = db.selectFrom('case_file').select('assignee_id as id').where('state', '=', 'open')
  const tasks = db
    .selectFrom('task as t')
    .innerJoin('case_file as c', 'c.id', 't.case_id')
    .select('t.assignee_id as id')
    .where('t.done_at', 'is', null)
    .where('c.state', '!=', 'voided')
  const rows = await db
    .selectFrom(cases.unionAll(tasks).as('work'))
    .select(['id', (eb) => eb.fn.countAll<number>().as('n')])
    .where('id', 'is not', null)
    .groupBy('id')
    .execute()
  return new Map(rows.map(({ id, n }) => [id!, n]))
}
