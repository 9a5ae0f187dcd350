// Work that reads a whole database: for a large one in a thread of its own, so that nobody waits for it.
import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode, type ErrorDetails } from '#core/errors.ts'
import { writeBackup } from './backups.ts'
import { checkWhole } from './check.ts'
import { drill } from './drill.ts'

export const HEAVY = { backup: writeBackup, check: checkWhole, drill }
export type HeavyName = keyof typeof HEAVY
type OrderOf<Name extends HeavyName> = Parameters<(typeof HEAVY)[Name]>[0]
type ResultOf<Name extends HeavyName> = Awaited<ReturnType<(typeof HEAVY)[Name]>>

/** A smaller file is read faster than a thread begins. */
const SMALL_BYTES = 4 * 1024 * 1024
/** Beside this file, as it is or as it was bundled. */
const WORKER = import.meta.url.endsWith('.ts') ? './heavy-worker.ts' : './heavy-worker.cjs'

/** What the worker answers; an error of another kind ends it. */
export type Answer = { done: unknown } | { refused: { code: ErrorCode; message: string; details: ErrorDetails } }

/** The key stays the caller's. */
export function runHeavy<Name extends HeavyName>(
  name: Name,
  order: OrderOf<Name>,
  { small = SMALL_BYTES } = {},
): Promise<ResultOf<Name>> {
  const work = HEAVY[name] as unknown as (order: OrderOf<Name>) => Promise<ResultOf<Name>>
  const size = statSync(order.paths.database, { throwIfNoEntry: false })?.size ?? 0
  if (size < small) return Promise.resolve().then(() => work(order))
  return new Promise((resolve, reject) => {
    // A copy that goes over to the thread, which zeroes it.
    const key = Uint8Array.from(order.key)
    const given = { workerData: { name, order: { ...order, key } }, transferList: [key.buffer] }
    const worker = new Worker(new URL(WORKER, import.meta.url), given)
    worker.once('message', (answer: Answer) => {
      if ('done' in answer) resolve(answer.done as ResultOf<Name>)
      else reject(new AppError(answer.refused.code, answer.refused.message, answer.refused.details))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread ended.')))
  })
}
