// Starts the host (the process that owns the database), passes requests, restarts it after a crash and a lock, closes it in order.
import { app, utilityProcess, type UtilityProcess } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'
import { PinBox, type PinKeeper } from '#core/pin.ts'
import type { Reply } from '#core/errors.ts'

export interface HostStart {
  dataDir: string
  assetsDir: string
  appVersion: string
  logDir: string
}
interface Listeners {
  event: (event: HostEvent) => void
  /** The process ended by itself; `again` is false when it was not started anew. */
  stopped: (again: boolean) => void
}
/** The host asks for what must outlive it: the PINs of today. */
interface PinQuestion {
  id: number
  verb: keyof PinKeeper
  given: unknown[]
}
type Answer =
  | { pins: PinQuestion }
  | { id: number; reply: Reply<unknown> }
  | { event: HostEvent }
  | { ready: true }
  /** Locked and closed; it may end. */
  | { spent: true }
  /** Whether it still may, now that nobody asks it anything. */
  | { retires: boolean }
  | { closed: true }

/** More crashes than this within a minute: starting again would only loop. */
const MOST_CRASHES = 3
export const STOPPED_MESSAGE = 'The data process stopped and was started again. Sign in; saved work is kept.'
export const GONE_MESSAGE =
  'The data process keeps stopping. Close Claimwright and start it again; if it happens again, restart this computer. Saved work is kept.'

/** Midnight takes the PINs of the day with it; this is how often it is looked. */
const PINS_EVERY_MS = 60_000

export class HostProcess {
  readonly #pins = new PinBox()
  readonly #entry: string
  readonly #start: HostStart
  readonly #listeners: Listeners
  readonly #waiting = new Map<number, (reply: Reply<unknown>) => void>()
  #child: UtilityProcess | null = null
  /** It has locked and closed, and goes once nobody waits for its answer. */
  #isSpent = false
  #ready: Promise<void> = Promise.resolve()
  #next = 1
  #closing = false
  #crashes: number[] = []

  constructor(entry: string, start: HostStart, listeners: Listeners) {
    this.#entry = entry
    this.#start = start
    this.#listeners = listeners
    this.#launch()
    this.#watchMidnight()
  }

  #watchMidnight(): void {
    let day = new Date().toDateString()
    setInterval(() => {
      const today = new Date().toDateString()
      if (today !== day) void this.#pins.clear()
      day = today
    }, PINS_EVERY_MS).unref()
  }

  async #answerPins(child: UtilityProcess, { id, verb, given }: PinQuestion): Promise<void> {
    const keeper = this.#pins as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>
    child.postMessage({ pins: id, answer: await keeper[verb]!(...given) })
  }

  #launch(): void {
    const child = utilityProcess.fork(this.#entry, [], {
      serviceName: 'Claimwright data',
      stdio: app.isPackaged ? 'ignore' : 'inherit',
    })
    this.#child = child
    this.#isSpent = false
    this.#ready = new Promise((resolve) => {
      child.on('message', (answer: Answer) => {
        if ('ready' in answer) resolve()
        else if ('event' in answer) this.#listeners.event(answer.event)
        else if ('pins' in answer) void this.#answerPins(child, answer.pins)
        else if ('id' in answer) this.#settle(answer.id, answer.reply)
        else if ('spent' in answer) {
          this.#isSpent = true
          this.#retire()
        }
      })
      child.once('exit', () => {
        // Who waits for a process that ended before it was ready is answered too.
        resolve()
        if (this.#child === child) this.#gone()
      })
    })
    child.postMessage({ start: this.#start })
  }

  #settle(id: number, reply: Reply<unknown>): void {
    this.#waiting.get(id)?.(reply)
    this.#waiting.delete(id)
    this.#retire()
  }

  /**
   * What passed through a process lies in its memory until it ends: after a lock a fresh one takes its place. Who asks
   * meanwhile waits for it; somebody who was quick and signed in stays with the old one.
   */
  #retire(): void {
    const child = this.#child
    if (!this.#isSpent || !child || this.#waiting.size > 0 || this.#closing) return
    this.#isSpent = false
    this.#ready = new Promise((resolve) => {
      child.once('exit', () => resolve())
      const hear = (answer: Answer) => {
        if (!('retires' in answer)) return
        child.off('message', hear)
        if (!answer.retires || this.#closing) return resolve()
        this.#launch()
        void this.#ready.then(resolve)
        child.kill()
      }
      child.on('message', hear)
      child.postMessage('retire')
    })
  }

  #gone(): void {
    this.#child = null
    const now = Date.now()
    this.#crashes = [...this.#crashes.filter((at) => now - at < 60_000), now]
    const again = !this.#closing && this.#crashes.length <= MOST_CRASHES
    if (again) this.#launch()
    for (const id of this.#waiting.keys()) this.#settle(id, refusal(again))
    if (this.#closing) return
    this.#listeners.event({ type: 'locked', reason: 'system' })
    this.#listeners.stopped(again)
  }

  /** The host's answer; a readable failure when the process is gone. Never rejects. */
  async call(route: string, input: unknown): Promise<Reply<unknown>> {
    await this.#ready
    const child = this.#child
    if (!child) return refusal(false)
    const id = this.#next++
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      child.postMessage({ id, route, input })
    })
  }

  /**
   * Waits for the closing backup and for the file to be closed, as long as that takes: a large office on a slow disk is
   * not cut off. A process that ended by itself is not waited for.
   */
  async close(): Promise<void> {
    this.#closing = true
    const child = this.#child
    if (!child) return
    await new Promise<void>((resolve) => {
      child.on('message', (answer: Answer) => {
        if ('closed' in answer) resolve()
      })
      child.once('exit', () => resolve())
      child.postMessage('close')
    })
    child.kill()
  }

  /** Ends it in the middle of whatever it does: only when a person wants that. */
  stop(): void {
    this.#closing = true
    this.#child?.kill()
  }
}

function refusal(again: boolean): Reply<never> {
  return {
    ok: false,
    error: { code: 'INTERNAL', message: again ? STOPPED_MESSAGE : GONE_MESSAGE, details: {} },
  }
}
