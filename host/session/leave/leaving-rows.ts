// Rows of whole tables, out of one database and into another, in the order of their keys.
import type Sqlite from 'better-sqlite3'
import type { CaseId, PatientId } from '#core/ids.ts'
import type { LeavingTable } from '#db/leaving.ts'
import type { Writer } from '#db/reader.ts'
import type { Cell, Row } from './format.ts'

const quoted = (names: readonly string[]) => names.map((column) => `"${column}"`).join(', ')

export const rowCount = (sqlite: Sqlite.Database, table: string) =>
  sqlite.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number

/** The same office gives the same rows in the same order. One after the other: no table stands in memory. */
export function* eachRow(sqlite: Sqlite.Database, { name, columns, key }: LeavingTable): Generator<Row> {
  const rows = sqlite.prepare(`SELECT ${quoted(columns)} FROM "${name}" ORDER BY ${quoted(key)}`).iterate()
  const cellOf = (cell: string | number | null | Buffer): Cell =>
    Buffer.isBuffer(cell) ? { base64: cell.toString('base64') } : cell
  for (const row of rows as Iterable<Record<string, string | number | null | Buffer>>)
    yield Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, cellOf(cell)]))
}

export function namesOfPeople(sqlite: Sqlite.Database): ReadonlyMap<string, string> {
  return new Map(sqlite.prepare('SELECT id, name FROM app_user').raw().all() as [string, string][])
}

interface StoredFile {
  blobId: string
  key: string
  media: string
}

/** Films, and files of packets that were sent. */
export function storedFiles(sqlite: Sqlite.Database): StoredFile[] {
  return sqlite
    .prepare(
      `SELECT blob_id AS blobId, blob_key AS key, media_type AS media FROM attachment
       UNION SELECT blob_id, blob_key, media FROM packet_file ORDER BY blobId`,
    )
    .all() as StoredFile[]
}

/** @returns inserts one row, its cells in the order of `columns` */
export function rowInserter(sqlite: Sqlite.Database, table: string, columns: readonly string[]) {
  const blanks = columns.map(() => '?').join(', ')
  const statement = sqlite.prepare(`INSERT INTO "${table}" (${quoted(columns)}) VALUES (${blanks})`)
  return (cells: readonly (string | number | null | Buffer | undefined)[]) => void statement.run(cells)
}

/** Triggers counted every row that was inserted; of patients only those on file count. */
export function countAnew(sqlite: Sqlite.Database): void {
  sqlite.exec(`DELETE FROM tally;
    INSERT INTO tally SELECT 'patient', '', count(*) FROM patient WHERE standing = 'active' HAVING count(*) > 0;
    INSERT INTO tally SELECT 'case', state || ':' || progress, count(*) FROM case_file GROUP BY state, progress`)
}

export async function everyPatient(tx: Writer): Promise<PatientId[]> {
  return (await tx.selectFrom('patient').select('id').orderBy('id').execute()).map(({ id }) => id)
}

export async function everyCase(tx: Writer): Promise<CaseId[]> {
  return (await tx.selectFrom('case_file').select('id').orderBy('id').execute()).map(({ id }) => id)
}
