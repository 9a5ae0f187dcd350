// The README's first command opens the app, with Chromium's own sandbox where the person is not root.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, expect, test } from '@playwright/test'

// Bug: nothing ran `npm start`, and the journeys switch the sandbox off: a folder or a right that it misses was never noticed.
test('npm start opens the window and ends with it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimwright-start-'))
  const started = spawn(process.execPath, ['scripts/start.mjs', '--data', dataDir, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const ended = once(started, 'exit')
  const browser = await chromium.connectOverCDP(await address(started.stderr))
  const page = browser.contexts().flatMap((context) => context.pages())[0]!
  await expect(page.getByRole('button', { name: 'Explore with a demo practice' })).toBeVisible()
  await page.close()
  expect((await ended)[0]).toBe(0)
})

/** Where Chromium says that it listens. */
async function address(stderr: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    const listening = /DevTools listening on (ws:\S+)/.exec(line)
    if (listening) return listening[1]!
    said.push(line)
  }
  throw new Error(said.join('\n'))
}
