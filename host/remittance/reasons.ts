// The reason and remark tables of this installation, read once per folder.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ReasonTables, readTables } from '#core/remittance/tables.ts'

const known = new Map<string, ReasonTables>()

/** CARC and RARC tables of `assetsDir`/codes. */
export function loadReasons(assetsDir: string): ReasonTables {
  let tables = known.get(assetsDir)
  if (!tables) {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(assetsDir, 'codes', name), 'utf8'))
    tables = readTables(read('carc.json'), read('rarc.json'))
    known.set(assetsDir, tables)
  }
  return tables
}
