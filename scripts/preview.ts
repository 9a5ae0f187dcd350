// Opens the browser preview on the development data folder and prints its address.
import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seedDemo } from '#host/demo/demo.ts'
import { openAlone } from '#host/alone.ts'
import { startPreview } from './preview-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const flag = process.argv.indexOf('--data')
const dataDir =
  (flag >= 0 ? process.argv[flag + 1] : undefined) ??
  process.env['CLAIMWRIGHT_DATA'] ??
  join(homedir(), '.claimwright-preview')
const host = openAlone({ dataDir, assetsDir: join(root, 'dist', 'assets'), appVersion: 'preview', seedDemo })
const preview = await startPreview(host, join(root, 'dist', 'renderer'))
console.log(`Claimwright browser preview: ${preview.url}`)
console.log('The address works on this computer only, while this command runs. Ctrl+C ends it.')
const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
if (hasDisplay) {
  const [command, ...args] = { win32: ['cmd', '/c', 'start', ''], darwin: ['open'] }[process.platform as string] ?? [
    'xdg-open',
  ]
  spawn(command!, [...args, preview.url], { stdio: 'ignore', detached: true }).on('error', () => undefined)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void preview.close().then(() => process.exit(0)))
