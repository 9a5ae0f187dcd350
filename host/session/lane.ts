// One connection and those who wait for it, served one after the other.
import type { AppError } from '#core/errors.ts'
import { bestEffort } from '#db/files.ts'
import type { OpenDatabase } from '#db/open.ts'

export class Lane {
  #open: () => OpenDatabase
  #opened: OpenDatabase
  #over: AppError | null = null
  #tail: Promise<unknown> = Promise.resolve()

  /** @param open opens it; once now, and anew after a disk error */
  constructor(open: () => OpenDatabase) {
    this.#open = open
    this.#opened = open()
  }

  get sqlite(): OpenDatabase['sqlite'] {
    return this.#opened.sqlite
  }

  get db(): OpenDatabase['db'] {
    return this.#opened.db
  }

  get isOver(): boolean {
    return this.#over !== null
  }

  /** Runs `work` while nothing else uses the connection. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const unlessOver = () => {
      if (this.#over) throw this.#over
      return work()
    }
    const run = this.#tail.then(unlessOver)
    this.#tail = run.catch(() => undefined)
    return run
  }

  /** For work under way that met a disk error: nothing that the connection holds can be trusted. Closed, then opened anew. */
  drop(): void {
    bestEffort(() => this.sqlite.close())
  }

  reopen(): void {
    this.#opened = this.#open()
  }

  /** From here on nobody is served; `error` tells why. */
  end(error: AppError): void {
    this.#over ??= error
  }

  /** Ends it and closes the connection after the work under way. */
  close(error: AppError): Promise<void> {
    const closing = this.#tail.then(() => {
      this.end(error)
      this.sqlite.close()
    })
    this.#tail = closing.catch(() => undefined)
    return closing
  }
}
