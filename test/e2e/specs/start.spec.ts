// The README's first command opens the app, with Chromium's own sandbox where the person is not root.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { attach } from '#test/helpers/devtools.ts'

// Bugs: nothing ran `npm start`, and the journeys switch the sandbox off, so what it misses was never noticed; a page that closed itself left
// the app running for ever without a window.
test('npm start opens the window and ends with it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimwright-start-'))
  const started = spawn(process.execPath, ['scripts/start.mjs', '--data', dataDir, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const ended = once(started, 'exit')
  const page = await attach(started.stderr, 'app://claimwright/')
  await expect.poll(() => page.evaluate('document.body.innerText')).toContain('Explore with a demo practice')
  void page.ask('Runtime.evaluate', { expression: 'window.close()' }).catch(() => undefined)
  expect((await ended)[0]).toBe(0)
})
