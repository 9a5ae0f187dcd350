// `npm run e2e:adopt`: builds and packs the app, then an office adopts it (test/e2e/adopt). Takes minutes; a nightly job, not the gate.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.ts'
import { pack } from './package.ts'

const out = resolve('.cache/adopt')
await buildAll()
await pack('dir', `${out}/app`)
const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
const run = spawnSync(
  process.execPath,
  [cli, 'test', '--config', 'test/e2e/adopt/playwright.config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, CLAIMWRIGHT_ADOPT: out } },
)
process.exit(run.status ?? 1)
