// What says that an office lived in a folder, and what is moved out of the way before another one is set up there.
import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { setAside } from '#db/copies.ts'
import { makeFolder } from '#db/files.ts'
import { holdFolder } from '#db/folder-lock.ts'
import { parseKeyring } from '#db/keyring.ts'
import { BACKUP_FILES } from '#db/manifest.ts'
import { isBringing } from './leave/bringing-mark.ts'
import type { Paths } from './paths.ts'
import type { BackupDesk } from './backup-desk.ts'

type Backups = Pick<BackupDesk, 'list'>

const DATABASE = /^claimwright\.db(-wal|-journal)?$/
const KEYRING = /^keyring\.json(\.bak)?$/

/** The names in a folder; none when it is missing or not a folder. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Anything that says an office lived here: then nothing is ever created anew. */
export async function holdsOffice(paths: Paths, backups: Backups): Promise<boolean> {
  const names = namesIn(paths.folder)
  return names.some((name) => DATABASE.test(name) || KEYRING.test(name)) || holdsMoreThanSetup(paths, backups)
}

/** A set-up whose code was never typed back, with nothing beside it that an office would have: it may start again. */
export async function isUnfinishedSetup(paths: Paths, backups: Backups): Promise<boolean> {
  // The copy is written second: a confirmed one beside an unconfirmed key file, or alone, is an office's.
  const isOpen = parseKeyring(paths.keyring)?.confirmed === false
  const isLone = isOpen && !parseKeyring(`${paths.keyring}.bak`)?.confirmed
  return isLone && (isBringing(paths) || !(await holdsMoreThanSetup(paths, backups)))
}

/** Films, backups, also half or damaged ones, or what a restore set aside. */
async function holdsMoreThanSetup(paths: Paths, backups: Backups): Promise<boolean> {
  const holds = (folder: string, test: (name: string) => boolean) =>
    namesIn(folder).some((name) => namesIn(join(folder, name)).some(test))
  const isFilm = (name: string) => name.endsWith('.bin')
  return (
    namesIn(paths.folder).some((name) => name.includes('.before-restore-')) ||
    holds(paths.blobs, isFilm) ||
    holds(paths.backups, (name) => isFilm(name) || (BACKUP_FILES as readonly string[]).includes(name)) ||
    (await backups.list(paths)).lastOffDisk !== null
  )
}

/** @throws REFUSED when an office lives, or lived, in the folder */
export async function refuseSecondOffice(paths: Paths, backups: Backups): Promise<void> {
  if ((await holdsOffice(paths, backups)) && !(await isUnfinishedSetup(paths, backups)))
    throw new AppError('REFUSED', 'This folder already holds an office.', {
      reasons: ['This folder already holds the data of an office. Restore its backup, or choose another folder.'],
    })
}

/**
 * Makes room for a set-up without deleting anything: an unfinished one, left-overs such as an old end of the trail, and
 * foreign files under our names stay beside it under a `before-setup-` name. Call `refuseSecondOffice` first.
 * @throws DATA_IN_USE
 */
export function makeRoom(paths: Paths, now: string): void {
  makeFolder(paths.folder)
  // Another Claimwright may wait for its recovery code to be typed back: what is in the way is its open files.
  holdFolder(paths.folder).release()
  const mark = `before-setup-${now.replace(/[:.]/g, '-')}`
  const ours = [paths.database, paths.keyring, paths.audit, paths.settings, paths.refusedTries, paths.upkeep].map(
    (file) => basename(file),
  )
  const isInTheWay = (name: string) => ours.some((own) => name.startsWith(own)) && !name.includes('.before-setup-')
  for (const name of namesIn(paths.folder).filter(isInTheWay)) setAside(join(paths.folder, name), mark)
  for (const folder of [paths.blobs, paths.backups]) if (isFile(folder)) setAside(folder, mark)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
