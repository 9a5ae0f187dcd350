// `npm run doctor`: checks what Claimwright needs on this machine; every failure prints its cure.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(import.meta.url)
let failed = 0

/** Prints one line; a failure that is needed makes the command fail. */
function report(name, ok, fact, cure, needed = true) {
  console.log(`${ok ? 'ok  ' : needed ? 'FAIL' : 'warn'}  ${name}: ${fact}${ok ? '' : `\n      cure: ${cure}`}`)
  if (!ok && needed) failed += 1
}

const major = Number(process.versions.node.split('.')[0])
report(
  'Node',
  major >= 22,
  process.version,
  'run it as `npm run doctor` after `npm ci`, so that the project’s own Node 24 is used',
)
const npm = /npm\/(\d+)/.exec(process.env.npm_config_user_agent ?? '')
report('npm', npm === null || Number(npm[1]) >= 11, npm ? npm[1] : 'not started by npm', 'npm install -g npm@11', false)
report('packages', existsSync(join(root, 'node_modules', 'kysely')), 'node_modules', 'npm ci')

const platform = `${process.platform}-${process.arch}`
const prebuild = join(root, 'node_modules', 'better-sqlite3', 'prebuilds', `${platform}.node`)
report(
  'SQLite prebuild',
  existsSync(prebuild),
  `${platform}.node`,
  'npm ci; if your platform has no prebuild, install a C++ compiler and run `npm rebuild better-sqlite3`',
)
// In a child process: an addon that does not fit this Node crashes instead of throwing.
const probe = `const D=require('better-sqlite3');const d=new D(':memory:');d.pragma("cipher='sqlcipher'");console.log(d.prepare('select sqlite_version() v').get().v)`
const child = spawnSync(process.execPath, ['-e', probe], { cwd: root, encoding: 'utf8' })
report(
  'SQLite loads',
  child.status === 0,
  child.status === 0 ? child.stdout.trim() : `exit ${child.status ?? child.signal}`,
  'use Node 22 or newer (`npm run` does), then `npm ci`',
)

const name = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron'
const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(dirname(require.resolve('electron/package.json')), 'dist')
report(
  'Electron',
  existsSync(join(dist, name)),
  existsSync(join(dist, name)) ? dist : 'binary not here',
  '`npm start` downloads it, or set ELECTRON_OVERRIDE_DIST_PATH; without it the browser preview opens',
  false,
)

const data = process.env.CLAIMWRIGHT_DATA ?? join(homedir(), '.claimwright-preview')
const synced = /[\\/](OneDrive|Dropbox|Google Drive|iCloudDrive)/i.test(data) || /^(\\\\|\/\/)/.test(data)
let writable = true
try {
  mkdirSync(data, { recursive: true })
  accessSync(data, constants.W_OK)
} catch {
  writable = false
}
report(
  'data folder',
  writable && !synced,
  data,
  synced
    ? 'choose a folder on this PC’s own disk, not a share or a synced folder'
    : 'choose a folder you may write to (CLAIMWRIGHT_DATA)',
)
const stamp = join(root, 'dist', 'built.json')
report(
  'build',
  existsSync(stamp),
  existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')).version : 'not built',
  '`npm start` builds it',
  false,
)
process.exit(failed === 0 ? 0 : 1)
