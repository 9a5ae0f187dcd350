// `npm run e2e`: builds, then runs the journeys in the real Electron. `npm run screenshots` keeps their pictures in docs/screenshots.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
await buildAll()
const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
const isShooting = process.argv[2] === '--screenshots'
const run = spawnSync(
  process.execPath,
  [cli, 'test', '--config', 'test/e2e/playwright.config.ts', ...process.argv.slice(isShooting ? 3 : 2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CLAIMWRIGHT_SCREENSHOTS: isShooting ? '1' : '' } },
)
process.exit(run.status ?? 1)
