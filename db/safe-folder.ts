// Where a live database may lie: never where folders are locked badly, or copied behind our back (security.md R15).
import { existsSync, readdirSync, realpathSync, statfsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { AppError } from '#core/errors.ts'

/** Folders as those who synchronize them call theirs. */
const SYNCED =
  /[\\/](OneDrive[^\\/]*|Dropbox[^\\/]*|Google ?Drive[^\\/]*|My Drive|iCloud ?Drive|com~apple~CloudDocs|Mobile Documents|CloudStorage|Nextcloud[^\\/]*|ownCloud[^\\/]*|Box|Box Sync|pCloud ?Drive|MEGA|Proton Drive|Seafile)([\\/]|$)/i
/** What they leave in a folder that was given another name. */
const MARKS =
  /^(\.dropbox(\.cache)?|\.stfolder|\.(nextcloud|owncloud)sync\.log|\._?sync_\w+\.db|\.csync_journal.*|\.tmp\.drivedownload)$/i
/** File systems of Linux that are a share: NFS, SMB, CIFS, SMB2. */
const SHARES: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42])

/** @throws DATA_DAMAGED for a share or a synced folder, also behind a link or a drive letter */
export function refuseUnsafeFolder(folder: string): void {
  const place = unsafePlaceOf(folder)
  if (place !== null)
    throw new AppError('DATA_DAMAGED', `The data folder lies on ${place}. Choose a folder on this PC's own disk.`, {
      problem: 'unsafe-folder',
    })
}

/** On which share or in which synced folder it lies, in words; null for a disk of this PC. */
export function unsafePlaceOf(folder: string): string | null {
  if (isShare(folder)) return 'a network share'
  for (const path of new Set([resolve(folder), realPathOf(resolve(folder))])) {
    if (isShare(path)) return 'a network share'
    const [, name] = SYNCED.exec(path) ?? []
    if (name) return `the synced folder ${name}`
    for (let at = path; at !== dirname(at); at = dirname(at))
      if (namesIn(at).some((mark) => MARKS.test(mark))) return `the synced folder ${at}`
  }
  return null
}

/** A mapped drive is the share that it stands for. */
const isShare = (path: string) => /^\\\\|^\/\//.test(path) || SHARES.has(fileSystemOf(path))

/** With links followed, also where only the upper folders are there yet. */
function realPathOf(path: string): string {
  let there = path
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there)
  try {
    return join(realpathSync.native(there), relative(there, path))
  } catch {
    return path
  }
}

function fileSystemOf(path: string): number {
  try {
    return statfsSync(path).type
  } catch {
    return 0
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
