// Entry of the host process (Electron utilityProcess): answers requests over the parent port.
import type { PinKeeper } from '#core/pin.ts'
import { seedDemo } from '#host/demo/demo.ts'
import { type LoneHost, openAlone } from '#host/alone.ts'
import { openLog } from './main/log.ts'

interface Port {
  on(event: 'message', listener: (message: { data: unknown }) => void): void
  postMessage(message: unknown): void
}
interface Request {
  id: number
  route: string
  input: unknown
}
interface Start {
  start: { dataDir: string; assetsDir: string; appVersion: string; logDir: string }
}

const port = (process as unknown as { parentPort: Port }).parentPort
let host: LoneHost | null = null
let nextQuestion = 1
const asked = new Map<number, (answer: unknown) => void>()

/** Main keeps the PINs of today: this process ends before they do. */
function ofMain<Verb extends keyof PinKeeper>(verb: Verb): PinKeeper[Verb] {
  const ask = (...given: unknown[]) =>
    new Promise<unknown>((answer) => {
      const id = nextQuestion++
      asked.set(id, answer)
      port.postMessage({ pins: { id, verb, given } })
    })
  return ask as unknown as PinKeeper[Verb]
}
const pins: PinKeeper = {
  keep: ofMain('keep'),
  use: ofMain('use'),
  drop: ofMain('drop'),
  clear: ofMain('clear'),
  people: ofMain('people'),
}

port.on('message', ({ data }) => void receive(data))

async function receive(data: unknown): Promise<void> {
  if (isStart(data)) {
    const { dataDir, assetsDir, appVersion, logDir } = data.start
    const log = openLog(logDir, 'host')
    host = openAlone({
      dataDir,
      assetsDir,
      appVersion,
      seedDemo,
      pins,
      logDir,
      log: ({ event, ...facts }) => log(event, facts),
    })
    const { spent } = host
    host.on((event) => {
      port.postMessage({ event })
      if (event.type === 'locked') void spent().then((isSpent) => isSpent && port.postMessage({ spent: true }))
    })
    port.postMessage({ ready: true })
  } else if (isPinAnswer(data)) {
    asked.get(data.pins)?.(data.answer)
    asked.delete(data.pins)
  } else if (data === 'retire') {
    port.postMessage({ retires: await host!.spent() })
  } else if (data === 'close') {
    await host?.close()
    port.postMessage({ closed: true })
  } else {
    const request = data as Request
    const reply = await host!.call(request.route, request.input)
    port.postMessage({ id: request.id, reply })
  }
}

function isPinAnswer(data: unknown): data is { pins: number; answer: unknown } {
  return typeof data === 'object' && data !== null && 'pins' in data
}

function isStart(data: unknown): data is Start {
  return typeof data === 'object' && data !== null && 'start' in data
}
