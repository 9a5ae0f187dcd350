// Entry of the host process (Electron utilityProcess): answers requests over the parent port.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { seedDemo } from '#host/demo/demo.ts'
import { type LoneHost, openAlone } from '#host/alone.ts'

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

port.on('message', ({ data }) => void receive(data))

async function receive(data: unknown): Promise<void> {
  if (isStart(data)) {
    const { dataDir, assetsDir, appVersion, logDir } = data.start
    host = openAlone({
      dataDir,
      assetsDir,
      appVersion,
      seedDemo,
      log: (entry) => {
        try {
          appendFileSync(join(logDir, 'host.log'), `${new Date().toISOString()} ${JSON.stringify(entry)}\n`)
        } catch {
          // A disk that takes no log stops no answer.
        }
      },
    })
    host.on((event) => port.postMessage({ event }))
    port.postMessage({ ready: true })
  } else if (data === 'close') {
    await host?.close()
    port.postMessage({ closed: true })
  } else {
    const request = data as Request
    const reply = await host!.call(request.route, request.input)
    port.postMessage({ id: request.id, reply })
  }
}

function isStart(data: unknown): data is Start {
  return typeof data === 'object' && data !== null && 'start' in data
}
