// A thread of its own for what reads all of a large office: nobody waits for a list meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import { translateOpenError } from '#db/open.ts'
import { type Answer, HEAVY, type HeavyName } from './heavy.ts'
import type { Order } from './order.ts'

void run(workerData as { name: HeavyName; order: Order })

async function run({ name, order }: { name: HeavyName; order: Order }): Promise<void> {
  const answer = (given: Answer) => parentPort!.postMessage(given)
  try {
    answer({ done: await HEAVY[name](order as never) })
  } catch (error) {
    const told = translateOpenError(error)
    if (!(told instanceof AppError)) throw error
    answer({ refused: { code: told.code, message: told.message, details: told.details } })
  } finally {
    order.key.fill(0)
  }
}
