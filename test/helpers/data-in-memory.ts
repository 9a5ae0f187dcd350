// Once per run: the folders of all tests lie in memory where the machine has such a place, and are gone afterwards. The code
// under test is the same and syncs as always; only the disk does not make it wait.
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 1024 ** 3

function place(): string {
  try {
    accessSync(MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > ENOUGH_BYTES ? MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
}

export default function setup(): () => void {
  const folder = mkdtempSync(join(place(), 'claimwright-tests-'))
  // Some tests start a process with fewer rights.
  chmodSync(folder, 0o755)
  // What the workers, and the processes that they start, take for the place of throwaway files.
  process.env['TMPDIR'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
