// `npm run windows-smoke`: the smoke test of Windows, on Windows itself or, elsewhere, under Windows' Node in Wine.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [command, ...args] = process.platform === 'win32' ? [process.execPath] : ['../shared/windows-runtime/run']
const run = spawnSync(command, [...args, 'test/windows/smoke.ts'], { cwd: root, stdio: 'inherit' })
if (run.error) console.error(`${run.error.message}: Windows’ Node lies beside this folder, in ../shared.`)
process.exit(run.status ?? 1)
