// An export becomes an office again: checked as a whole first, laid into an empty folder, and derived anew.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { UserId } from '#core/ids.ts'
import { type BlobStore, openBlobStore } from '#db/blobs.ts'
import { subkey } from '#db/keyring.ts'
import { leavingTables, type LeavingTable } from '#db/leaving.ts'
import { knowsSchema, migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/open.ts'
import { piecesOf } from '#db/copies.ts'
import type { Writer } from '#db/reader.ts'
import { refreshCases } from '#host/case/refresh.ts'
import { sealAgain } from '#host/kernel/audit.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { Step } from '#host/kernel/step.ts'
import { indexPatients } from '#host/patient/rows.ts'
import type { Paths } from '../paths.ts'
import { type Present, recordTrail } from '../trail.ts'
import { bringingMark, markBringing } from './bringing-mark.ts'
import { checkFiles } from './checked-files.ts'
import { type ExportManifest, fileOfRow, jsonOf, readExport, type Row, textIn } from './format.ts'
import { countAnew, everyCase, everyPatient, rowInserter } from './leaving-rows.ts'

/** An export that was read through and is whole. */
export interface CheckedExport {
  folder: string
  manifest: ExportManifest
  /** Somebody of this name who was an owner: whoever brings it is them. */
  owner: UserId | null
}

/** @throws REFUSED naming what is missing or damaged, and for an export of a newer Claimwright */
export async function checkExport(
  { folder, user }: ParsedInputOf<'session.bring'>,
  step: Step,
): Promise<CheckedExport> {
  if (!isAbsolute(folder) || !existsSync(folder))
    refuse(['This folder does not exist. Plug in the drive, or choose another folder.'])
  const manifest = await readExport(folder)
  if (!knowsSchema(manifest.schema))
    refuse(['A newer Claimwright wrote this export. Update Claimwright, then bring it.'])
  await checkFiles(folder, manifest, step)
  const listed = new Set(manifest.files.map(({ path }) => path))
  for (const { name } of manifest.tables)
    if (!listed.has(jsonOf(name)))
      refuse([`${jsonOf(name)} is not in the manifest. Copy the export again from where it was written.`])
  let owner: UserId | null = null
  for (const row of rowsOf(folder, 'app_user'))
    if (row['role'] === 'owner' && textIn(row, 'name').toLowerCase() === user.name.toLowerCase())
      owner = row['id'] as UserId
  return { folder, manifest, owner }
}

/** The rows of a table, one after the other. */
function* rowsOf(folder: string, table: string): Generator<Row> {
  const read = (line: Buffer) => {
    const text = line.toString('utf8').replace(/,$/, '')
    return text === '[' || text === ']' || text === '' ? null : (JSON.parse(text) as Row)
  }
  let rest: Buffer[] = []
  for (const piece of piecesOf(join(folder, jsonOf(table)))) {
    let from = 0
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      const row = read(Buffer.concat([...rest, piece.subarray(from, at)]))
      if (row) yield row
      rest = []
      from = at + 1
    }
    // A piece holds only until the next one is read.
    rest.push(Buffer.from(piece.subarray(from)))
  }
}

/**
 * Writes database and films, with the tables as they were at the export’s time and every later migration.
 * @throws REFUSED for rows that do not fit; call `clearBrought` then
 */
export async function layExport(
  { folder, manifest }: CheckedExport,
  { paths, key, vaultId, step }: { paths: Paths; key: Buffer; vaultId: string; step: Step },
): Promise<void> {
  markBringing(paths, vaultId)
  const { sqlite } = openDatabase(paths.database, key, true)
  try {
    migrate(sqlite, { upTo: manifest.schema })
    sqlite.pragma('foreign_keys=OFF')
    sqlite.exec('BEGIN')
    const store = openBlobStore(paths.blobs)
    const total = manifest.tables.reduce((sum, { rows }) => sum + rows, 0)
    let done = 0
    const known = new Map(leavingTables(sqlite).map((table) => [table.name, table]))
    for (const { name, rows, columns } of manifest.tables) {
      const table = known.get(name)
      if (!table || [...table.columns].sort().join() !== [...columns].sort().join())
        refuse([`The table ${name} of this export is not one that Claimwright knows.`])
      const insert = inserterFor({ sqlite, table, folder, store, auditKey: subkey(key, 'audit') })
      let count = 0
      for (const row of rowsOf(folder, name)) {
        insert(row)
        count += 1
        await step((done += 1), total)
      }
      if (count !== rows) refuse([`${jsonOf(name)} holds ${count} rows; the manifest says ${rows}.`])
    }
    countAnew(sqlite)
    const broken = sqlite.pragma('foreign_key_check') as { table: string }[]
    if (broken.length > 0) refuse([`Rows of ${broken[0]!.table} name others that are not in the export.`])
    sqlite.exec('COMMIT')
    migrate(sqlite)
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    sqlite.close()
  }
}

interface Inserting {
  sqlite: Sqlite.Database
  table: LeavingTable
  folder: string
  store: BlobStore
  auditKey: Buffer
}

/** How a row of a table gets in; what stayed behind is made anew: keys of films, seals of the trail, sign-ins. */
function inserterFor({ sqlite, table, folder, store, auditKey }: Inserting): (row: Row) => void {
  const { name, columns } = table
  const hasFile = columns.includes('blob_id')
  const extra = hasFile ? ['blob_key'] : name === 'audit' ? ['prev_hash', 'hash'] : []
  const insert = rowInserter(sqlite, name, [...columns, ...extra])
  const seal = name === 'audit' ? sealAgain(auditKey) : null
  const keys = new Map<string, string>()
  const keyOf = (row: Row): string => {
    const blobId = textIn(row, 'blob_id')
    const place = join(folder, fileOfRow(row))
    const known = keys.get(blobId)
    // A film that was missing when the export was written is missing here too, as it was there.
    const key =
      known ?? (existsSync(place) ? store.put(blobId, readFileSync(place)).key : randomBytes(32).toString('base64'))
    keys.set(blobId, key)
    return key
  }
  return (row) => {
    const cells = columns.map((column) => {
      const cell = row[column]
      // Nobody has a password yet.
      if (name === 'app_user' && column === 'active') return 0
      return typeof cell === 'object' && cell !== null ? Buffer.from(cell.base64, 'base64') : cell
    })
    if (hasFile) cells.push(keyOf(row))
    if (seal) cells.push(...seal(row as never))
    insert(cells)
  }
}

/** What derives from patients and cases; and the row of the trail that says where everything before it came from. */
export async function deriveBrought(
  present: Present,
  tx: Writer,
  {
    manifest,
    context: base,
    step,
  }: { manifest: ExportManifest; context: Omit<CommandContext, 'tx' | 'db' | 'step'>; step: Step },
): Promise<void> {
  const context: CommandContext = { ...base, tx, db: tx, step }
  const patients = await everyPatient(tx)
  for (let from = 0; from < patients.length; from += 500) {
    await indexPatients(tx, patients.slice(from, from + 500))
    await step(from, patients.length)
  }
  await refreshCases(context, await everyCase(tx))
  const { exportedAt, appVersion, office } = manifest
  const entries = manifest.tables.find(({ name }) => name === 'audit')?.rows ?? 0
  await recordTrail(present, tx, base.now, ['session.bring', 'office', '1'], {
    exportedAt,
    appVersion,
    office,
    entries,
  })
}

/** What of a bringing that failed lies there; the folder held nothing before. */
export function clearBrought(paths: Paths): void {
  const { database, keyring, blobs, audit } = paths
  const files = ['', '-wal', '-shm', '-journal'].map((end) => `${database}${end}`)
  for (const file of [...files, keyring, `${keyring}.bak`, audit, bringingMark(paths)]) rmSync(file, { force: true })
  const store = openBlobStore(blobs)
  for (const blobId of store.list()) store.remove(blobId)
}
