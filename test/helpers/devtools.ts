// A page of an Electron that runs as for a person: asked over the developer tools' own protocol, from when it says it listens.
// Playwright holds the app back until it is attached, and manages no context of an Electron that is already there.
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface DevTools {
  /** @throws when the page refuses */
  ask: (method: string, params?: object) => Promise<unknown>
  /** The value of an expression, awaited. @throws what it throws */
  evaluate: <T>(expression: string) => Promise<T>
}

/** Attaches to the first page whose address begins so, of an Electron started with `--remote-debugging-port=0`. */
export async function attach(stderr: NodeJS.ReadableStream, address: string): Promise<DevTools> {
  const port = await portOf(stderr)
  stderr.resume()
  const socket = new WebSocket(await pageAt(port, address))
  await once(socket as unknown as EventTarget, 'open')
  const waiting = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>()
  socket.addEventListener('message', (event: MessageEvent) => {
    const answer = JSON.parse(String(event.data)) as { id: number; result?: unknown; error?: unknown }
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  socket.addEventListener('close', () => {
    for (const settle of waiting.values()) settle({ error: 'The page is gone' })
  })
  let last = 0
  const ask = async (method: string, params: object = {}) => {
    const id = (last += 1)
    const answered = new Promise<{ result?: unknown; error?: unknown }>((resolve) => waiting.set(id, resolve))
    socket.send(JSON.stringify({ id, method, params }))
    const { result, error } = await answered
    if (error) throw new Error(JSON.stringify(error))
    return result
  }
  const evaluate = async <T>(expression: string) => {
    const { result, exceptionDetails } = (await ask('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: T }; exceptionDetails?: unknown }
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
    return result.value
  }
  // An address is listed before its document is there.
  const isThere = `document.readyState === 'complete' && location.href.startsWith(${JSON.stringify(address)})`
  while (!(await evaluate(isThere).catch(() => false))) await aMoment()
  return { ask, evaluate }
}

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

const LOOK_EVERY_MS = 50
const LOOK_FOR_MS = 60_000
const aMoment = () => new Promise((done) => setTimeout(done, LOOK_EVERY_MS))

/** The address of the page for the developer tools, once it is open. */
async function pageAt(port: string, address: string): Promise<string> {
  for (const until = Date.now() + LOOK_FOR_MS; Date.now() < until;) {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`)
    const targets = (await response.json()) as { url: string; webSocketDebuggerUrl: string }[]
    const found = targets.find(({ url }) => url.startsWith(address))
    if (found) return found.webSocketDebuggerUrl
    await aMoment()
  }
  throw new Error(`No page at ${address}`)
}
