// `npm run e2e:adopt`: builds and packs the app, then an office adopts it (test/e2e/adopt). Takes minutes; a nightly job, not the gate.
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What an installed copy is updated to. */
const NEXT = '0.3.0'

const out = resolve('.cache/adopt')
mkdirSync(out, { recursive: true })
// Makers of its own: the journey signs with a key that no released copy knows.
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const keys = { private: join(out, 'makers.pem'), public: join(out, 'makers.pub.pem') }
writeFileSync(keys.private, privateKey.export({ type: 'pkcs8', format: 'pem' }))
writeFileSync(keys.public, publicKey.export({ type: 'spki', format: 'pem' }))
process.env['CLAIMWRIGHT_UPDATE_KEY'] = keys.public
const { buildAll } = await import('./build.ts')
const { pack } = await import('./package.ts')
await buildAll()
await pack('dir', join(out, 'app'))
await pack('dir', join(out, 'next'), NEXT)
const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
const run = spawnSync(
  process.execPath,
  [cli, 'test', '--config', 'test/e2e/adopt/playwright.config.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, CLAIMWRIGHT_ADOPT: out } },
)
process.exit(run.status ?? 1)
