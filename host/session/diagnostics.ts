// What this installation is and how it is, for whoever helps. Counts, versions and states: no names, no folders.
import { statSync } from 'node:fs'
import { arch, release, totalmem, type } from 'node:os'
import { withCommas } from '#core/counts.ts'
import type { Diagnostics, Fact } from '#core/diagnostics.ts'
import { fileSize } from '#core/file-size.ts'
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
    versions: versions(vault, options.appVersion),
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

function versions({ sqlite }: OpenVault, appVersion: string): Fact[] {
  const { electron, chrome, node } = process.versions as Record<string, string | undefined>
  const one = (sql: string) => String(sqlite.prepare(sql).pluck().get())
  const known: [string, string | undefined][] = [
    ['Claimwright', appVersion],
    ['Electron', electron],
    ['Chromium', chrome],
    ['Node', node],
    ['SQLite', one('SELECT sqlite_version()')],
    ['Schema', String(sqlite.pragma('user_version', { simple: true }))],
    ['System', `${type()} ${release()} ${arch()}`],
    ['Memory', fileSize(totalmem())],
  ]
  return known.flatMap(([name, value]) => (value ? { name, value } : []))
}

async function contents(vault: OpenVault): Promise<Fact[]> {
  const counted = [
    ['Patients', 'patient'],
    ['Cases', 'case_file'],
    ['Claims', 'claim'],
    ['Films and documents', 'attachment'],
    ['Entries of the trail', 'audit'],
  ] as const
  return vault.read(async (db) => {
    const facts: Fact[] = []
    for (const [name, table] of counted) {
      const { n } = await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      facts.push({ name, value: withCommas(n) })
    }
    const { bytes } = await db
      .selectFrom('attachment')
      .select(({ fn }) => fn.sum<number | null>('bytes').as('bytes'))
      .executeTakeFirstOrThrow()
    return [...facts, { name: 'Films and documents, size', value: fileSize(bytes ?? 0) }]
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
