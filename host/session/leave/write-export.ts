// Writes all that the office entered into a new folder: each table as CSV and JSON, films as files, a README, and the manifest.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { CSV_MARK, csvLine, type CsvValue } from '#core/csv.ts'
import { AppError } from '#core/errors.ts'
import { formatMoney } from '#core/money.ts'
import { trailSentence } from '#core/trail-words.ts'
import { openBlobStore } from '#db/blobs.ts'
import { renameRetrying, syncFolder } from '#db/files.ts'
import { leavingTables, type LeavingTable } from '#db/leaving.ts'
import { schemaVersion } from '#db/migrate.ts'
import { openReader } from '#db/open.ts'
import type { Step } from '#host/kernel/step.ts'
import type { Paths } from '../paths.ts'
import { checkFiles, openListed } from './checked-files.ts'
import {
  type Cell,
  csvOf,
  type ExportManifest,
  fileOf,
  fileOfRow,
  jsonOf,
  type ListedFile,
  MANIFEST,
  README,
  type Row,
  textIn,
} from './format.ts'
import { eachRow, namesOfPeople, rowCount, storedFiles } from './leaving-rows.ts'
import { readme } from './readme.ts'

interface ExportOrder {
  paths: Paths
  key: Buffer
  /** Where the new folder lies. */
  to: string
  now: string
  today: string
  appVersion: string
  office: string
  step: Step
}
interface Exported {
  /** The name of the new folder. */
  name: string
  tables: number
  rows: number
  files: number
  /** Films that are whole nowhere here. */
  missing: number
}

/** What is being written. */
interface Writing {
  folder: string
  sqlite: Sqlite.Database
  files: ListedFile[]
  missing: string[]
  /** Counts on by one and lets others be heard. */
  heard: () => Promise<void>
}

/** As the office is at one moment; the folder has its name once all of it was read back. Whatever ends it leaves nothing. */
export async function writeExport({
  paths,
  key,
  to,
  now,
  today,
  appVersion,
  office,
  step,
}: ExportOrder): Promise<Exported> {
  const name = freeName(to, `claimwright-export-${today}`)
  const folder = join(to, `${name}.part`)
  const { sqlite } = openReader(paths.database, key)
  try {
    sqlite.exec('BEGIN')
    for (const part of ['', 'csv', 'json', 'files']) mkdirSync(join(folder, part), { mode: 0o700 })
    const tables = leavingTables(sqlite).map((table) => ({ ...table, rows: rowCount(sqlite, table.name) }))
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    let done = 0
    const writing: Writing = { folder, sqlite, files: [], missing: [], heard: () => step((done += 1), rows) }
    for (const table of tables) await writeTable(writing, table)
    await writeFiles(writing, paths.blobs)
    const manifest: ExportManifest = {
      format: 'claimwright-export',
      version: 1,
      schema: schemaVersion(sqlite),
      appVersion,
      exportedAt: now,
      office,
      tables: tables.map(({ name: table, rows: count, columns }) => ({
        name: table,
        rows: count,
        columns: [...columns],
      })),
      missing: writing.missing,
      files: [],
    }
    const text = openListed(folder, README)
    text.write(readme(manifest, tables))
    manifest.files = [...writing.files, text.end()]
    await checkFiles(folder, manifest, step)
    writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flag: 'wx' })
    syncFolder(folder)
    renameRetrying(folder, join(to, name))
    syncFolder(to)
    const { missing } = manifest
    const films = manifest.files.filter(({ path }) => path.startsWith('files/')).length
    return { name, tables: tables.length, rows, files: films, missing: missing.length }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  } finally {
    sqlite.close()
  }
}

function freeName(to: string, name: string): string {
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}-${count}`
    if (!existsSync(join(to, free)) && !existsSync(join(to, `${free}.part`))) return free
  }
}

async function writeTable({ folder, sqlite, files, heard }: Writing, table: LeavingTable): Promise<void> {
  const csv = openListed(folder, csvOf(table.name))
  const json = openListed(folder, jsonOf(table.name))
  try {
    const said = spoken(sqlite, table)
    csv.write(CSV_MARK + csvLine([...headOf(table.columns), ...said.head]))
    let between = '[\n'
    for (const row of eachRow(sqlite, table)) {
      csv.write(csvLine([...cellsOf(row), ...said.cells(row)]))
      json.write(between + JSON.stringify(row))
      between = ',\n'
      await heard()
    }
    json.write(between === '[\n' ? '[\n]\n' : '\n]\n')
    files.push(csv.end(), json.end())
  } catch (error) {
    for (const file of [csv, json]) file.close()
    throw error
  }
}

const isMoney = (column: string) => /(^|_)cents$/.test(column)

const headOf = (columns: readonly string[]) =>
  columns.flatMap((column) => (isMoney(column) ? [column, column.replace(/cents$/, 'reads')] : [column]))

/** Money stands twice: as whole cents, and as it reads. */
function cellsOf(row: Row): CsvValue[] {
  return Object.entries(row).flatMap(([column, cell]) => {
    const value = plainOf(cell)
    return isMoney(column) ? [value, typeof value === 'number' ? formatMoney(value) : null] : [value]
  })
}

const plainOf = (cell: Cell | undefined): CsvValue =>
  typeof cell === 'object' && cell !== null ? cell.base64 : (cell ?? null)

/** What the CSV of some tables says beside their columns. */
function spoken(sqlite: Sqlite.Database, { name, columns }: LeavingTable) {
  if (name === 'audit') {
    const people = namesOfPeople(sqlite)
    const cells = (row: Row): CsvValue[] => {
      const user = people.get(textIn(row, 'user_id')) ?? ''
      return [
        user,
        trailSentence({ user, action: textIn(row, 'action'), about: '', after: textIn(row, 'after_json') || null }),
      ]
    }
    return { head: ['person', 'in_words'], cells }
  }
  if (columns.includes('blob_id')) {
    return { head: ['file'], cells: (row: Row): CsvValue[] => [fileOfRow(row)] }
  }
  return { head: [], cells: (): CsvValue[] => [] }
}

/** Films and sent packets. What is damaged or missing here is named in the manifest and keeps nobody. */
async function writeFiles({ folder, sqlite, files, missing, heard }: Writing, blobs: string): Promise<void> {
  const store = openBlobStore(blobs)
  const written = new Set<string>()
  for (const { blobId, key, media } of storedFiles(sqlite)) {
    const path = fileOf(blobId, media)
    if (written.has(path)) continue
    written.add(path)
    let content: Buffer
    try {
      content = store.get(blobId, key)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      missing.push(path)
      continue
    }
    const file = openListed(folder, path)
    file.write(content)
    files.push(file.end())
    await heard()
  }
}
