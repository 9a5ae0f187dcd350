// `npm start`: builds when something changed, opens Electron, or the browser preview where Electron or a display is missing.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(import.meta.url)
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
/** How long the electron package may try to fetch its binary before the preview opens instead. */
const DOWNLOAD_LIMIT_MS = 180_000

if (!existsSync(join(root, 'node_modules'))) fail('Run `npm ci` first.')
if (!existsSync(node)) fail('The project’s own Node is missing: run `npm ci` again and let it run install scripts.')
// Before the build, which lets Electron compile the host.
const electron = findElectron()
if (needsBuild()) {
  console.log('Building…')
  const built = spawnSync(node, [join(root, 'scripts', 'build.ts')], { cwd: root, stdio: 'inherit' })
  if (built.status !== 0) fail('The build failed; see above.')
}

const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
if (electron && display) openElectron(electron)
else {
  if (!electron) {
    console.log(
      'Electron’s binary is not here and could not be downloaded; point ELECTRON_OVERRIDE_DIST_PATH at an unpacked Electron. Opening the browser preview instead.',
    )
  } else console.log('There is no display. Opening the browser preview instead.')
  spawn(node, [join(root, 'scripts', 'preview.ts'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).on(
    'exit',
    (code) => process.exit(code ?? 0),
  )
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** True when a source is newer than the last build. */
function needsBuild() {
  const stamp = join(root, 'dist', 'built.json')
  if (!existsSync(stamp)) return true
  const built = statSync(stamp).mtimeMs
  const newer = (folder) =>
    readdirSync(folder, { withFileTypes: true }).some((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? newer(path) : statSync(path).mtimeMs > built
    })
  return (
    ['core', 'db', 'host', 'electron', 'renderer', 'assets'].some((folder) => newer(join(root, folder))) ||
    statSync(join(root, 'package-lock.json')).mtimeMs > built
  )
}

/** The executable, downloaded on the first start where that is possible; null otherwise. */
function findElectron() {
  const name = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron'
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return existsSync(join(override, name)) ? join(override, name) : null
  const folder = dirname(require.resolve('electron/package.json'))
  const local = join(folder, 'dist', name)
  if (existsSync(local)) return local
  console.log('Downloading Electron (first start only)…')
  spawnSync(node, [join(folder, 'install.js')], { cwd: root, stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS })
  const recorded = join(folder, 'path.txt')
  const found = existsSync(recorded) ? join(folder, 'dist', readFileSync(recorded, 'utf8')) : local
  return existsSync(found) ? found : null
}

function openElectron(executable) {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (asRoot) console.log('Running as root: Electron’s sandbox is off for this development start only (--no-sandbox).')
  const child = spawn(executable, [...(asRoot ? ['--no-sandbox'] : []), root, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  child.on('exit', (code) => process.exit(code ?? 0))
}
