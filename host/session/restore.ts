// The way back from a backup: whose secret counts, what is checked first, what the trail and the people of today get.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import type { UserId } from '#core/ids.ts'
import { fetchWhole } from '#db/backup-copy.ts'
import { type BlobRef, blobRefsOf, copiedBlob, keepBlobs, liveBlob } from '#db/blob-copies.ts'
import { Keyring, parseKeyring, readRecoveryCode, subkey, unwrapKey, writeKeyring } from '#db/keyring.ts'
import { isSealed, type Manifest, manifestsIn } from '#db/manifest.ts'
import { makeFolder } from '#db/files.ts'
import { holdFolder } from '#db/folder-lock.ts'
import type { OpenDatabase } from '#db/open.ts'
import { adoptPeople } from './people.ts'
import { describeFiles, type StoredFile } from './stored-files.ts'
import { closeStaged, damaged, dropStaged, openStaged, stageBackup, swapIn } from '#db/restore.ts'
import { appendAudit, readHead } from '#host/kernel/audit.ts'
import type { Paths } from './paths.ts'
import { secondPlaceOf } from './backups.ts'
import { refuseForeignHolder } from './folder-lock.ts'
import type { SecondPlace } from './second-place.ts'
import { countRestoreTry, forgetRestoreTries, refuseRestoreWhileBlocked, trailRestoreTries } from './restore-tries.ts'

/** Where and for whom it is restored. */
export interface RestoreDesk {
  folder: string
  now: string
  /** Who asks; null on a locked or damaged folder. */
  userId: UserId | null
  /** Whether this host has the folder open. */
  isOpen: boolean
  /** Closes the present files. */
  leave: () => Promise<void>
}

/** A folder of backups, and how long it is waited for. */
interface Place {
  folder: string
  reach<T>(work: (alive: () => void) => Promise<T>): Promise<T>
}
interface FoundBackup {
  place: Place
  manifest: Manifest
}

/** Who proved to be allowed to: an owner, or null for the holder of the recovery code; and by which key file. */
interface Opened {
  key: Buffer
  userId: UserId | null
  people: Keyring
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
  second: SecondPlace,
  { id, secret, folder: chosen }: ParsedInputOf<'backup.restore'>,
  desk: RestoreDesk,
): Promise<OutputOf<'backup.restore'>> {
  const here: Place = { folder: paths.backups, reach: (work) => work(() => undefined) }
  const folder = secondPlaceOf(paths)
  const { isThere, manifests } = await second.look(paths)
  const there: Place | null = folder && isThere ? { folder, reach: (work) => second.within(folder, work) } : null
  const found: FoundBackup[] = (await manifestsIn(here.folder)).map((manifest) => ({ place: here, manifest }))
  if (there) found.push(...manifests.map((manifest) => ({ place: there, manifest })))
  const elsewhere = chosen === null ? null : await second.find(chosen)
  const brought: Place | null = elsewhere && {
    folder: elsewhere.folder,
    reach: (work) => second.within(elsewhere.folder, work),
  }
  // What the person chose comes first.
  if (brought) found.unshift(...elsewhere!.manifests.map((manifest) => ({ place: brought, manifest })))
  const holding = found.filter(({ manifest }) => manifest.id === id)
  const [first] = holding
  if (!first) throw new AppError('NOT_FOUND', 'This backup is not in the list.', { entity: 'backup' })
  const sameOffice = found.filter(({ manifest }) => manifest.vaultId === first.manifest.vaultId)
  makeFolder(desk.folder)
  refuseForeignHolder(desk.folder)
  refuseOtherOffice(paths, first.manifest)
  refuseRestoreWhileBlocked(paths, desk.now)
  const opened = await openOffice(paths, sameOffice, secret)
  if (!opened) throw countRestoreTry(paths, id, desk.userId, desk.now)
  // Renaming files under another window's hands would lose what it writes.
  let lock = desk.isOpen ? null : holdFolder(desk.folder)
  try {
    const staged = await stageFirstWhole(holding, paths.database, opened.key)
    const places = [brought, there].filter((place) => place !== null)
    const restored = await prepare(staged, paths, { manifest: first.manifest, places, opened, now: desk.now })
    await desk.leave()
    lock ??= holdFolder(desk.folder)
    swapIn(paths, desk.now)
    writeKeyring(paths.keyring, { ...opened.people, failures: 0, blockedUntil: null, lockedBy: null })
    forgetRestoreTries(paths)
    return restored
  } finally {
    opened.key.fill(0)
    dropStaged(paths.database)
    lock?.release()
  }
}

/** Whose secret opens a backup of another office is nobody here. @throws REFUSED */
function refuseOtherOffice({ keyring }: Paths, { vaultId }: Manifest): void {
  const today = todaysKeyring(keyring)
  if (!today?.confirmed || today.vaultId === vaultId) return
  const words = 'This backup is of another office. Restore it on a PC, or in a data folder, that holds no office yet.'
  throw new AppError('REFUSED', words, { reasons: [words] })
}

const todaysKeyring = (file: string) => parseKeyring(file) ?? parseKeyring(`${file}.bak`)

/** Opens with the newest key file of that office; see restoreFrom. */
async function openOffice(paths: Paths, backups: readonly FoundBackup[], secret: string): Promise<Opened | null> {
  const today = todaysKeyring(paths.keyring)
  if (today?.confirmed && today.vaultId === backups[0]!.manifest.vaultId) return openAsOwner(today, secret)
  const newestFirst = [...backups].sort((a, b) => b.manifest.at.localeCompare(a.manifest.at))
  for (const { place, manifest } of newestFirst) {
    const text = await place.reach(() => readFile(join(place.folder, manifest.id, 'keyring.json'), 'utf8'))
    const opened = await openAsOwner(Keyring.parse(JSON.parse(text)), secret)
    // An old key file under a newer date would let somebody back in: such a manifest was changed, and is passed over.
    if (!opened || isSealed(manifest, subkey(opened.key, 'manifest'))) return opened
    opened.key.fill(0)
  }
  return null
}

async function openAsOwner(people: Keyring, secret: string): Promise<Opened | null> {
  const code = readRecoveryCode(secret)
  const byCode = code ? await unwrapKey(people.recovery, code, 'recovery') : null
  if (byCode) return { key: byCode, userId: null, people }
  for (const slot of people.slots.filter(({ role }) => role === 'owner')) {
    const key = await unwrapKey(slot.wrapped, secret, slot.id)
    if (key) return { key, userId: slot.id as UserId, people }
  }
  return null
}

/** The same backup may lie in both places, and be damaged in one. */
async function stageFirstWhole(holding: readonly FoundBackup[], database: string, key: Buffer): Promise<OpenDatabase> {
  const manifestKey = subkey(key, 'manifest')
  let problem: unknown
  for (const { place, manifest } of holding) {
    try {
      await place.reach((alive) => stageBackup(join(place.folder, manifest.id), database, manifestKey, alive))
      return openStaged(database, key)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'DATA_DAMAGED') throw error
      problem = error
    }
  }
  throw problem
}

interface Preparation {
  manifest: Manifest
  /** Where films may lie besides the backups here. */
  places: readonly Place[]
  opened: Opened
  now: string
}

/** Films are brought here, the people of today written in, and the trail told, before anything takes its place. */
async function prepare(staged: OpenDatabase, paths: Paths, given: Preparation): Promise<OutputOf<'backup.restore'>> {
  const { manifest, places, opened, now } = given
  const live = liveBlob(paths.blobs)
  try {
    const kept = keepBlobs(blobRefsOf(staged.sqlite), [copiedBlob(paths.backups)], live)
    let lost: BlobRef[] = kept.filter(({ sha256 }) => sha256 === null)
    for (const { folder, reach } of lost.length > 0 ? places : [])
      lost = await reach((alive) => fetchWhole(folder, live, lost, alive))
    const head = await readHead(staged.db)
    if (head.seq !== manifest.auditSeq || head.hash !== manifest.auditHash) throw damaged('trail')
    const files = await describeFiles(staged.db, lost)
    const auditKey = subkey(opened.key, 'audit')
    await staged.db.transaction().execute(async (tx) => {
      await adoptPeople(tx, opened.people.slots, now)
      const trail = { key: auditKey, sessionId: randomUUID() }
      await trailRestoreTries(paths, tx, trail)
      await appendAudit(tx, auditKey, {
        at: now,
        user_id: opened.userId,
        session_id: trail.sessionId,
        action: 'backup.restore',
        entity: 'backup',
        entity_id: manifest.id,
        patient_id: null,
        before_json: null,
        after_json: JSON.stringify({ by: opened.userId ? 'password' : 'code', missing: files.map((file) => file.id) }),
        reason: files.map((file) => `Missing: ${file.lastName}, ${file.firstName}: ${titleOf(file)}`).join('; '),
      })
    })
    await closeStaged(staged)
    return {
      missing: files.map((file) => ({ id: file.id, title: titleOf(file) })),
      rows: manifest.rows,
      films: kept.length - lost.length,
    }
  } catch (error) {
    await staged.db.destroy()
    throw error
  }
}

function titleOf({ kind, tooth, takenOn }: StoredFile): string {
  return kind ? attachmentTitle({ kind, tooth, takenOn, caption: '' }) : 'File of a packet as it was sent'
}
