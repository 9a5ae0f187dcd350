// A thread of its own for the backup of a large office: nobody waits for a list meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import { translateOpenError } from '#db/open.ts'
import { type BackupOrder, writeBackup } from './backups.ts'

const order = workerData as BackupOrder
try {
  parentPort!.postMessage({ made: writeBackup(order) })
} catch (error) {
  const told = translateOpenError(error)
  if (!(told instanceof AppError)) throw error
  parentPort!.postMessage({ refused: { code: told.code, message: told.message, details: told.details } })
} finally {
  order.key.fill(0)
}
