// Starts the host (the process that owns the database), passes requests, restarts it after a crash, closes it in order.
import { utilityProcess, type UtilityProcess } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'
import type { Reply } from '#core/errors.ts'

export interface HostStart {
  dataDir: string
  assetsDir: string
  appVersion: string
  logDir: string
}
type Answer = { id: number; reply: Reply<unknown> } | { event: HostEvent } | { ready: true } | { closed: true }

const STOPPED: Reply<never> = {
  ok: false,
  error: {
    code: 'INTERNAL',
    message: 'The data process stopped and was started again. Sign in; saved work is kept.',
    details: {},
  },
}

export class HostProcess {
  readonly #entry: string
  readonly #start: HostStart
  readonly #onEvent: (event: HostEvent) => void
  readonly #waiting = new Map<number, (reply: Reply<unknown>) => void>()
  #child: UtilityProcess | null = null
  #ready: Promise<void> = Promise.resolve()
  #next = 1
  #closing = false
  #crashes: number[] = []

  constructor(entry: string, start: HostStart, onEvent: (event: HostEvent) => void) {
    this.#entry = entry
    this.#start = start
    this.#onEvent = onEvent
    this.#launch()
  }

  #launch(): void {
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Claimwright data', stdio: 'ignore' })
    this.#child = child
    this.#ready = new Promise((resolve) => {
      child.on('message', (answer: Answer) => {
        if ('ready' in answer) resolve()
        else if ('event' in answer) this.#onEvent(answer.event)
        else if ('id' in answer) this.#settle(answer.id, answer.reply)
      })
    })
    child.once('exit', () => this.#gone())
    child.postMessage({ start: this.#start })
  }

  #settle(id: number, reply: Reply<unknown>): void {
    this.#waiting.get(id)?.(reply)
    this.#waiting.delete(id)
  }

  #gone(): void {
    this.#child = null
    for (const id of this.#waiting.keys()) this.#settle(id, STOPPED)
    if (this.#closing) return
    const now = Date.now()
    this.#crashes = [...this.#crashes.filter((at) => now - at < 60_000), now]
    // Three crashes a minute: starting again would only loop.
    if (this.#crashes.length > 3) return
    this.#launch()
    this.#onEvent({ type: 'locked', reason: 'system' })
  }

  async call(route: string, input: unknown): Promise<Reply<unknown>> {
    await this.#ready
    const child = this.#child
    if (!child) return STOPPED
    const id = this.#next++
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      child.postMessage({ id, route, input })
    })
  }

  /** Waits at most `ms` for the closing backup and the file to be closed. */
  async close(ms: number): Promise<void> {
    const child = this.#child
    if (!child || this.#closing) return
    this.#closing = true
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      const finish = () => {
        clearTimeout(timer)
        resolve()
      }
      child.on('message', (answer: Answer) => {
        if ('closed' in answer) finish()
      })
      child.once('exit', finish)
      child.postMessage('close')
    })
    child.kill()
  }
}
