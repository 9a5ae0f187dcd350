// The full check of the live file, once a day: its tables, indexes and references against each other.
import { checkWholeFile } from '#db/sound.ts'
import { openReader } from '#db/open.ts'
import { bufferOf, type Order } from './order.ts'

/** @throws DATA_DAMAGED */
export function checkWhole({ paths, key }: Order): void {
  const { sqlite } = openReader(paths.database, bufferOf(key))
  try {
    checkWholeFile(sqlite)
  } finally {
    sqlite.close()
  }
}
