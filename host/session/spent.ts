// Whether this process may end after a lock, and with it what JavaScript cannot wipe: another takes its place.
import type { Office } from './office.ts'

/** True once it is locked, has closed the file, and knows nothing that the next process would not find on the disk. */
export async function isSpent(office: Office): Promise<boolean> {
  const { backups, attempts, seats } = office
  await office.left
  await backups.copied()
  const isLocked = office.vault === null && [...seats].every(({ isFree }) => isFree)
  const isKnown = office.isDemo || office.problem !== null || office.restored !== null || backups.problem !== null
  return isLocked && !isKnown && !attempts.isCounting
}
