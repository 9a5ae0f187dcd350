// The way back from a backup: whose secret counts, what is checked first, what the trail and the people of today get.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import { blobRefsOf, copiedBlob, keepBlobs, liveBlob } from '#db/blob-copies.ts'
import { type Keyring, parseKeyring, readRecoveryCode, subkey, unwrapKey, writeKeyring } from '#db/keyring.ts'
import { type Manifest, manifestsIn } from '#db/manifest.ts'
import { type OpenDatabase, openDatabase } from '#db/open.ts'
import { adoptPeople } from '#db/repos/people.ts'
import { describeFiles, type StoredFile } from '#db/repos/stored-files.ts'
import { closeStaged, dropStaged, stageBackup, swapIn } from '#db/restore.ts'
import { appendAudit, readHead } from '../audit.ts'
import type { vaultPaths } from '../vault.ts'
import { secondPlaceOf } from './backups.ts'
import { refuseForeignHolder } from './folder-lock.ts'
import { countRestoreTry, forgetRestoreTries, refuseRestoreWhileBlocked, trailRestoreTries } from './restore-tries.ts'

type Paths = ReturnType<typeof vaultPaths>
type Missing = OutputOf<'backup.restore'>['missing']

interface Desk {
  folder: string
  now: string
  /** Who is signed in while this is asked for; null on a locked or damaged folder. */
  userId: string | null
  /** Closes the present files. */
  leave: () => Promise<void>
}

type FoundBackup = Manifest & { place: string }

/** Who proved to be allowed to: an owner, or null for the holder of the recovery code. */
interface Opened {
  key: Buffer
  userId: string | null
}

/**
 * Puts a backup in the place of the present files. All of it is checked and prepared beside them before they are left.
 *
 * Only an owner's password or the recovery code will do, as they are TODAY: the key file of today counts where it is of
 * the same office, and stays. So nobody who was removed since comes back, a password changed since stays changed, and
 * who was added since can still sign in. The database key never changes within an office, so today's key file opens
 * each of its backups; the backup's seal proves that it is the same. Without a key file, as on a new PC, the newest
 * one among the office's backups takes its place. Only a key file of another office counts for nothing here.
 * @returns the films that are whole nowhere
 * @throws NOT_FOUND, WRONG_PASSWORD, TOO_MANY_ATTEMPTS, DATA_IN_USE, DATA_DAMAGED when the backup is not whole
 */
export async function restoreFrom(
  paths: Paths,
  { id, secret }: ParsedInputOf<'backup.restore'>,
  desk: Desk,
): Promise<OutputOf<'backup.restore'>> {
  const places = [paths.backups, secondPlaceOf(paths)].filter((place) => place !== null)
  const found = places.flatMap((place) => manifestsIn(place).map((manifest) => ({ ...manifest, place })))
  const holding = found.filter((backup) => backup.id === id)
  const [first] = holding
  if (!first) throw new AppError('NOT_FOUND', 'This backup is not in the list.', { entity: 'backup' })
  const sameOffice = found.filter((backup) => backup.vaultId === first.vaultId)
  refuseForeignHolder(desk.folder)
  refuseRestoreWhileBlocked(paths, desk.now)
  const people = peopleOf(paths, sameOffice)
  const opened = await openAsOwner(people, secret)
  if (!opened) throw countRestoreTry(paths, id, desk.userId, desk.now)
  try {
    if (desk.userId === null) refuseInUse(paths.database, opened.key)
    const staged = stageFirstWhole(holding, paths.database, opened.key)
    const missing = await prepare(staged, paths, { id, places, people, opened, now: desk.now })
    await desk.leave()
    swapIn(paths, desk.now)
    writeKeyring(paths.keyring, { ...people, failures: 0, blockedUntil: null, lockedBy: null })
    forgetRestoreTries(paths)
    return { missing }
  } finally {
    opened.key.fill(0)
    dropStaged(paths.database)
  }
}

/** The newest key file of that office; see restoreFrom. */
function peopleOf(paths: Paths, backups: readonly FoundBackup[]): Keyring {
  const today = parseKeyring(paths.keyring) ?? parseKeyring(`${paths.keyring}.bak`)
  if (today?.confirmed && today.vaultId === backups[0]!.vaultId) return today
  const newest = backups.reduce((one, other) => (other.at > one.at ? other : one))
  return parseKeyring(join(newest.place, newest.id, 'keyring.json'))!
}

async function openAsOwner(people: Keyring, secret: string): Promise<Opened | null> {
  const code = readRecoveryCode(secret)
  const byCode = code ? await unwrapKey(people.recovery, code, 'recovery') : null
  if (byCode) return { key: byCode, userId: null }
  for (const slot of people.slots.filter(({ role }) => role === 'owner')) {
    const key = await unwrapKey(slot.wrapped, secret, slot.id)
    if (key) return { key, userId: slot.id }
  }
  return null
}

/** Renaming files under another window's hands would lose what it writes. @throws DATA_IN_USE */
function refuseInUse(database: string, key: Buffer): void {
  try {
    openDatabase(database, key, false).sqlite.close()
  } catch (error) {
    // Damaged or missing is why somebody restores.
    if (error instanceof AppError && error.code === 'DATA_IN_USE') throw error
  }
}

/** The same backup may lie in both places, and be damaged in one. */
function stageFirstWhole(holding: readonly FoundBackup[], database: string, key: Buffer): OpenDatabase {
  const manifestKey = subkey(key, 'manifest')
  let problem: unknown
  for (const { place, id } of holding) {
    try {
      return stageBackup(join(place, id), database, key, manifestKey)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'DATA_DAMAGED') throw error
      problem = error
    }
  }
  throw problem
}

interface Preparation {
  id: Manifest['id']
  places: readonly string[]
  people: Keyring
  opened: Opened
  now: string
}

/** Films are brought here, the people of today written in, and the trail told, before anything takes its place. */
async function prepare(staged: OpenDatabase, paths: Paths, given: Preparation): Promise<Missing> {
  const { id, places, people, opened, now } = given
  try {
    const lost = keepBlobs(blobRefsOf(staged.sqlite), places.map(copiedBlob), liveBlob(paths.blobs))
    const files = await describeFiles(staged.db, lost)
    const auditKey = subkey(opened.key, 'audit')
    await staged.db.transaction().execute(async (tx) => {
      await adoptPeople(tx, people.slots, now)
      const trail = { key: auditKey, head: await readHead(tx), sessionId: randomUUID() }
      const head = await trailRestoreTries(paths, tx, trail)
      await appendAudit(tx, auditKey, head, {
        at: now,
        user_id: opened.userId as never,
        session_id: trail.sessionId,
        action: 'backup.restore',
        entity: 'backup',
        entity_id: id,
        patient_id: null,
        before_json: null,
        after_json: JSON.stringify({ by: opened.userId ? 'password' : 'code', missing: files.map((file) => file.id) }),
        reason: files.map((file) => `Missing: ${file.lastName}, ${file.firstName}: ${titleOf(file)}`).join('; '),
      })
    })
    await closeStaged(staged)
    return files.map((file) => ({ id: file.id, title: titleOf(file) }))
  } catch (error) {
    await staged.db.destroy()
    throw error
  }
}

function titleOf({ kind, tooth, takenOn }: StoredFile): string {
  return kind ? attachmentTitle({ kind, tooth, takenOn, caption: '' }) : 'File of a packet as it was sent'
}
