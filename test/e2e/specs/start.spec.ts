// The README's first command opens the app, with Chromium's own sandbox where the person is not root.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from '@playwright/test'

// Bugs: nothing ran `npm start`, and the journeys switch the sandbox off, so what it misses was never noticed; a page that closed itself left
// the app running for ever without a window.
test('npm start opens the window and ends with it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimwright-start-'))
  const started = spawn(process.execPath, ['scripts/start.mjs', '--data', dataDir, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const ended = once(started, 'exit')
  const port = await portOf(started.stderr)
  started.stderr.resume()
  const page = await connect(await pageAt(port))
  await expect
    .poll(() => page.ask('Runtime.evaluate', { expression: 'document.body.innerText' }))
    .toContain('Explore with a demo practice')
  void page.ask('Runtime.evaluate', { expression: 'window.close()' })
  expect((await ended)[0]).toBe(0)
})

/** Where Chromium says that it listens. */
async function portOf(stderr: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    const listening = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)
    if (listening) return listening[1]!
    said.push(line)
  }
  throw new Error(said.join('\n'))
}

/** The address of the window's page for the developer tools, once it is open. */
async function pageAt(port: string): Promise<string> {
  let address: string | undefined
  await expect(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`)
    const targets = (await response.json()) as { url: string; webSocketDebuggerUrl: string }[]
    address = targets.find((target) => target.url.startsWith('app://claimwright/'))?.webSocketDebuggerUrl
    expect(address).toBeDefined()
  }).toPass()
  return address!
}

/** Electron manages no contexts of a browser, which Playwright's own connection asks for: so by hand. */
async function connect(address: string) {
  const socket = new WebSocket(address)
  await once(socket as unknown as EventTarget, 'open')
  let id = 0
  return {
    /** @returns the answer as text */
    async ask(method: string, params = {}): Promise<string> {
      const answer = once(socket as unknown as EventTarget, 'message')
      socket.send(JSON.stringify({ id: (id += 1), method, params }))
      return String(((await answer)[0] as MessageEvent).data)
    },
  }
}
