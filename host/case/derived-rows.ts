// What derives from cases as lists and clocks read it: only what differs from the rows that are there is written.
import type { Insertable } from 'kysely'
import type { CaseId } from '#core/ids.ts'
import type { Writer } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'
import type { CaseTable } from '#db/tables/case.ts'
import { insertRows } from '#host/kernel/insert-rows.ts'
import { groupBy, setQuery } from '#host/kernel/set-query.ts'
import { updateRow } from '#host/kernel/versioned.ts'

type DerivedTable = 'clock' | 'authorization_work'
type Rows<Name extends DerivedTable> = Insertable<Database[Name]>[]
/** Columns of a case that derive from everything else; they do not count as a change by a person. */
export type DerivedColumns = Pick<CaseTable, 'main_code' | 'status' | 'progress' | 'fee_cents'>

type OfCases<Row> = (tx: Writer, ids: readonly CaseId[]) => Promise<Row[]>
const presentIn: Record<DerivedTable, OfCases<{ case_id: CaseId }>> = {
  clock: setQuery((db, ids) => db.selectFrom('clock').selectAll().where('case_id', 'in', ids)),
  authorization_work: setQuery((db, ids) =>
    db.selectFrom('authorization_work').selectAll().where('case_id', 'in', ids),
  ),
}
const removeFrom: Record<DerivedTable, OfCases<unknown>> = {
  clock: setQuery((db, ids) => (db as Writer).deleteFrom('clock').where('case_id', 'in', ids)),
  authorization_work: setQuery((db, ids) =>
    (db as Writer).deleteFrom('authorization_work').where('case_id', 'in', ids),
  ),
}

/** The same rows, in whatever order of rows and columns. */
function isSame(present: readonly object[], wanted: readonly object[]): boolean {
  const columns = Object.keys(wanted[0] ?? {})
  const texts = (rows: readonly object[]) =>
    rows.map((row) => JSON.stringify(columns.map((column) => row[column as keyof object]))).sort()
  return present.length === wanted.length && texts(present).join('\n') === texts(wanted).join('\n')
}

/** Brings the rows of these cases to what is wanted. */
export async function rewriteRows<Name extends DerivedTable>(
  tx: Writer,
  table: Name,
  wanted: ReadonlyMap<CaseId, Rows<Name>>,
): Promise<void> {
  const ids = [...wanted.keys()]
  const rows = groupBy(ids, await presentIn[table](tx, ids), 'case_id', (row) => row)
  const changed = ids.filter((id) => !isSame(rows.get(id)!, wanted.get(id)!))
  await removeFrom[table](
    tx,
    changed.filter((id) => rows.get(id)!.length > 0),
  )
  const fresh: readonly Insertable<Database[Name]>[] = changed.flatMap((id) => wanted.get(id)!)
  await insertRows(tx, table, fresh)
}

/** Brings these columns of a case to what is wanted. @returns whether they differed */
export async function setDerived(
  tx: Writer,
  id: CaseId,
  present: DerivedColumns,
  wanted: DerivedColumns,
): Promise<boolean> {
  const differs = !isSame([present], [wanted])
  if (differs) await updateRow(tx, 'case_file', id, wanted)
  return differs
}
