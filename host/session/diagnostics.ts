// What this installation is and how it is, for whoever helps. Counts, versions and states: no names, no folders.
import { statSync } from 'node:fs'
import { arch, release, totalmem, type } from 'node:os'
import { withCommas } from '#core/counts.ts'
import type { Diagnostics, Fact } from '#core/diagnostics.ts'
import { fileSize } from '#core/file-size.ts'
import { schemaVersion } from '#db/migrate.ts'
import { attachmentBytes, countRows, sqliteVersion } from './diagnostics-rows.ts'
import { maskedLog } from './masked-log.ts'
import type { Office } from './office.ts'
import { selfChecks } from './self-checks.ts'
import type { OpenVault } from './vault.ts'

const MOST_LINES = 100

/** @throws LOCKED */
export async function diagnose(office: Office, logDir: string | undefined): Promise<Diagnostics> {
  const { options, paths } = office
  const vault = office.need()
  const now = options.now()
  const backups = await office.listBackups()
  return {
    at: now,
    checks: await selfChecks(vault, paths, backups, now),
    versions: await versions(vault, options.appVersion),
    sizes: [
      ...(await contents(vault)),
      ...files(
        office,
        backups.backups.map(({ bytes }) => bytes),
      ),
    ],
    log: maskedLog(logDir, MOST_LINES),
  }
}

async function versions(vault: OpenVault, appVersion: string): Promise<Fact[]> {
  const { electron, chrome, node } = process.versions as Record<string, string | undefined>
  const known: [string, string | undefined][] = [
    ['Claimwright', appVersion],
    ['Electron', electron],
    ['Chromium', chrome],
    ['Node', node],
    ['SQLite', await vault.read(sqliteVersion)],
    ['Schema', String(schemaVersion(vault.sqlite))],
    ['System', `${type()} ${release()} ${arch()}`],
    ['Memory', fileSize(totalmem())],
  ]
  return known.flatMap(([name, value]) => (value ? { name, value } : []))
}

const COUNTED = [
  ['Patients', 'patient'],
  ['Cases', 'case_file'],
  ['Claims', 'claim'],
  ['Films and documents', 'attachment'],
  ['Entries of the trail', 'audit'],
] as const

async function contents(vault: OpenVault): Promise<Fact[]> {
  return vault.read(async (db) => {
    const facts: Fact[] = []
    for (const [name, table] of COUNTED) facts.push({ name, value: withCommas(await countRows(db, table)) })
    return [...facts, { name: 'Films and documents, size', value: fileSize(await attachmentBytes(db)) }]
  })
}

function files({ paths }: Office, backups: readonly number[]): Fact[] {
  const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return [
    { name: 'Database', value: fileSize(size(paths.database)) },
    { name: 'Not yet folded in', value: fileSize(size(`${paths.database}-wal`)) },
    { name: 'Backups', value: `${backups.length}, ${fileSize(backups.reduce((sum, bytes) => sum + bytes, 0))}` },
  ]
}
