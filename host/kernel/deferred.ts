// Work that can wait a moment, but not longer than somebody needs it.

/** Begins after `ms`, or at once when `now` is asked. Work that failed is tried anew by the next who asks. */
export class Deferred {
  /** Resolves when the work is over, however it began and ended. */
  readonly done: Promise<void>
  readonly #work: () => Promise<void>
  readonly #timer: ReturnType<typeof setTimeout>
  #finish: () => void = () => undefined
  #running: Promise<void> | null = null

  constructor(ms: number, work: () => Promise<void>) {
    this.#work = work
    this.done = new Promise((resolve) => {
      this.#finish = resolve
    })
    this.#timer = setTimeout(() => void this.now().catch(() => undefined), ms)
  }

  now(): Promise<void> {
    clearTimeout(this.#timer)
    this.#running ??= this.#work().then(this.#finish, (error: unknown) => {
      this.#running = null
      this.#finish()
      throw error
    })
    return this.#running
  }
}
