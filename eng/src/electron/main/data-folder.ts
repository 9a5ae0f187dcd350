// Where the office's data lies: one folder per PC on Windows, so that every Windows user opens the same cases.
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'

/** `--data DIR`, CLAIMWRIGHT_DATA, %ProgramData%\Claimwright when writable, else the user's own folder. Absolute. */
export function findDataFolder(argv: readonly string[]): string {
  const flag = argv.indexOf('--data')
  const given = (flag >= 0 ? argv[flag + 1] : undefined) ?? process.env['CLAIMWRIGHT_DATA']
  if (given) return resolve(given)
  const shared =
    process.platform === 'win32' && process.env['ProgramData'] ? join(process.env['ProgramData'], 'Claimwright') : null
  if (shared && isWritable(shared)) return shared
  return join(app.getPath('userData'), 'data')
}

/** Chromium's own profile lies beside the data, which makes one Claimwright per data folder; null on read-only media. */
export function findProfileFolder(dataDir: string): string | null {
  const folder = join(dataDir, 'shell')
  return isWritable(folder) ? folder : null
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
