// `npm run e2e`: builds, then runs the journeys in the real Electron.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
await buildAll()
const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
const run = spawnSync(
  process.execPath,
  [cli, 'test', '--config', 'test/e2e/playwright.config.ts', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
process.exit(run.status ?? 1)
