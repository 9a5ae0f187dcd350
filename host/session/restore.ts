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
import { holdersIn } from '#db/holders.ts'
import {
  type Holders,
  isSealedKeyring,
  Keyring,
  parseKeyring,
  readRecoveryCode,
  subkey,
  unwrapKey,
  withHolders,
  writeKeyring,
} from '#db/keyring.ts'
import { type Manifest, manifestsIn } from '#db/manifest.ts'
import { makeFolder } from '#db/files.ts'
import { holdFolder } from '#db/folder-lock.ts'
import type { OpenDatabase } from '#db/open.ts'
import { lookReadOnly } from '#db/sound.ts'
import { adoptPeople } from './people-rows.ts'
import { describeFiles, type StoredFile } from './stored-file-rows.ts'
import { closeStaged, damaged, dropStaged, openStaged, stageBackup, swapIn } from '#db/restore.ts'
import { appendAudit, readHead } from '#host/kernel/audit.ts'
import type { Paths } from './paths.ts'
import { secondPlaceOf } from './backups.ts'
import { refuseForeignHolder } from './folder-lock.ts'
import type { SecondPlace } from './second-place.ts'
import type { Attempts } from './attempts.ts'
import { countRefused, forgetRefused, refuseWhileBlocked, trailRefused } from './refused-tries.ts'
import type { OpenVault } from './vault.ts'

/** Where and for whom it is restored. */
export interface RestoreDesk {
  folder: string
  now: string
  /** Who asks; null on a locked or damaged folder. */
  userId: UserId | null
  /** The folder as this host has it open. */
  vault: OpenVault | null
  attempts: Attempts
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
 * each of its backups; the backup's seal proves that it is the same. Where there is none, as on a new PC, the newest
 * one among the office's backups takes its place. Newest by the revision under its seal: an old key file that was put
 * back, an edited one, and that of another office count for nothing here.
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
  refuseWhileBlocked(desk.attempts, paths, desk.now)
  const opened = await openOffice(paths, sameOffice, secret, desk.vault)
  if (!opened)
    throw countRefused(
      desk.attempts,
      paths,
      { at: desk.now, what: 'restore', id, userId: desk.userId },
      'Neither the password of an owner nor the recovery code. Check Caps Lock and try again.',
    )
  // Renaming files under another window's hands would lose what it writes.
  let lock = desk.vault ? null : holdFolder(desk.folder)
  try {
    const staged = await stageFirstWhole(holding, paths.database, opened.key)
    const places = [brought, there].filter((place) => place !== null)
    const restored = await prepare(staged, paths, { manifest: first.manifest, places, opened, now: desk.now })
    await desk.leave()
    lock ??= holdFolder(desk.folder)
    swapIn(paths, desk.now)
    writeKeyring(paths.keyring, { ...opened.people, failures: 0, blockedUntil: null, lockedBy: null })
    desk.attempts.forget(paths.keyring)
    forgetRefused(paths)
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

/** The key files that may count, the newest by their own word first. */
async function keyringsOf(paths: Paths, backups: readonly FoundBackup[]): Promise<Keyring[]> {
  const { vaultId } = backups[0]!.manifest
  const found = new Map<string, Keyring>()
  // An edited one carries the seal of the one it was.
  const add = (keyring: Keyring) => found.set(JSON.stringify([keyring.slots, keyring.recovery, keyring.seal]), keyring)
  const today = todaysKeyring(paths.keyring)
  if (today?.confirmed && today.vaultId === vaultId) add(today)
  for (const { place, manifest } of backups) {
    const text = await place.reach(() => readFile(join(place.folder, manifest.id, 'keyring.json'), 'utf8'))
    const keyring = Keyring.parse(JSON.parse(text))
    if (keyring.vaultId === vaultId) add(keyring)
  }
  return [...found.values()].sort((a, b) => b.revision - a.revision)
}

/** Opens with the newest key file of that office; see restoreFrom. */
async function openOffice(
  paths: Paths,
  backups: readonly FoundBackup[],
  secret: string,
  vault: OpenVault | null,
): Promise<Opened | null> {
  const keyrings = await keyringsOf(paths, backups)
  for (const keyring of keyrings) {
    const opened = await openAsOwner(keyring, secret)
    if (!opened) continue
    const { key } = opened
    const isNewest = !keyrings.some((other) => other.revision > keyring.revision && isSealedKeyring(other, key))
    if (isSealedKeyring(keyring, key) && isNewest) {
      const live = vault ? await vault.holders() : holdersInFile(paths, key)
      if (!live || live.revision <= keyring.revision) return opened
      const people = withHolders(keyring, live, key)
      key.fill(0)
      return openAsOwner(people, secret)
    }
    key.fill(0)
  }
  return null
}

/** As the database of today says it, where it can still be read. */
function holdersInFile({ database }: Paths, key: Buffer): Holders | null {
  let holders: Holders | null = null
  try {
    lookReadOnly(database, key, (sqlite) => (holders = holdersIn(sqlite)))
  } catch {
    return null
  }
  return holders
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
      await adoptPeople(tx, opened.people, now)
      const trail = { key: auditKey, sessionId: randomUUID() }
      await trailRefused(paths, tx, trail)
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
