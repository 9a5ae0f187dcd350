// `npm run e2e`: builds, then runs the journeys in the real Electron; with `--all-sizes` lists at every size, in light and dark.
// `npm run screenshots` keeps their pictures in docs/screenshots.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
await buildAll()
const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
const OWN = ['--screenshots', '--all-sizes']
const [shooting, sizing] = OWN.map((flag) => (process.argv.includes(flag) ? '1' : ''))
const run = spawnSync(
  process.execPath,
  [
    cli,
    'test',
    '--config',
    'test/e2e/playwright.config.ts',
    ...process.argv.slice(2).filter((one) => !OWN.includes(one)),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CLAIMWRIGHT_SCREENSHOTS: shooting, CLAIMWRIGHT_ALL_SIZES: sizing },
  },
)
process.exit(run.status ?? 1)
