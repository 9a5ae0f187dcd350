// The second place: sealed backups are copied there without a key, while everything else goes on, and its failing stops nothing.
import { access } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { damagedCopies, type MadeBackup, pruneBackups } from '#db/backup.ts'
import { copySealed, dropCutOff, fetchWhole } from '#db/backup-copy.ts'
import { copiedBlob } from '#db/blob-copies.ts'
import { AppError } from '#core/errors.ts'
import { writeFileAtomic } from '#db/files.ts'
import { type Manifest, manifestsIn } from '#db/manifest.ts'
import { translateOpenError } from '#db/open.ts'
import { silence, unlessSilent } from '#host/kernel/patience.ts'
import type { Paths } from './paths.ts'
import { secondPlaceOf } from './backups.ts'

/** A place that has not taken one piece for so long is given up; a share whose server is gone may never answer. */
const STALLED_MS = 20_000
const ANSWER_MS = 1500
const GONE = 'The second place is not there. Plug in the drive, or choose another folder.'
const SILENT = 'The second place does not answer. Check the drive or the network, or choose another folder.'

export class SecondPlace {
  readonly #told: () => void
  /** What went wrong the last time something was copied there. */
  #failure: string | null = null
  #tail: Promise<void> = Promise.resolve()
  /** The place in which a call has not come back: another one would only hang beside it. */
  #hanging: string | null = null

  /** @param told hears that what `backup.list` says has changed */
  constructor(told: () => void) {
    this.#told = told
  }

  /**
   * Copies a backup there unless it lies there. Never throws; `look` says what went wrong.
   * @param made the one made just now: films that are damaged there are replaced too, and those that it lacks come from
   * there; null for the newest
   */
  bring(paths: Paths, made: MadeBackup | null): Promise<void> {
    this.#tail = this.#tail
      .then(() => this.#bring(paths, made))
      .catch((error: unknown) => {
        this.#failure = wordsFor(error)
      })
    return this.#tail
  }

  /** Resolves when nothing is being copied. */
  idle(): Promise<void> {
    return this.#tail
  }

  /** Its backups, newest first, and what a person should know about it; none while it does not answer. */
  async look(paths: Paths): Promise<{ isThere: boolean; manifests: Manifest[]; problem: string | null }> {
    const folder = secondPlaceOf(paths)
    if (!folder) return { isThere: false, manifests: [], problem: null }
    try {
      const manifests = await this.#reach(folder, async (alive) => {
        await access(folder)
        return manifestsIn(folder, alive)
      })
      return { isThere: true, manifests, problem: this.#failure }
    } catch (error) {
      return { isThere: false, manifests: [], problem: isSilence(error) ? SILENT : GONE }
    }
  }

  /**
   * Backups in any folder: in it, or in one named `backups` inside it.
   * @throws REFUSED when it is not there, or does not say so in time
   */
  async find(folder: string): Promise<{ folder: string; manifests: Manifest[] }> {
    const absence = isAbsolute(folder) ? await this.#absence(folder) : GONE
    if (absence !== null) throw noFolder()
    for (const place of [folder, join(folder, 'backups')]) {
      const manifests = await this.within(place, (alive) => manifestsIn(place, alive))
      if (manifests.length > 0) return { folder: place, manifests }
    }
    return { folder, manifests: [] }
  }

  /** @throws REFUSED when the folder is not there, or does not say so in time */
  async choose(paths: Paths, folder: string | null): Promise<void> {
    const problem = folder === null ? null : isAbsolute(folder) ? await this.#absence(folder) : GONE
    if (problem !== null) throw noFolder()
    writeFileAtomic(paths.settings, JSON.stringify({ folder }))
  }

  /** Work on large files in the place, given up once nothing has come from there for a while. @throws STORAGE then */
  within<T>(folder: string, work: (alive: () => void) => Promise<T>): Promise<T> {
    return this.#reach(folder, work, STALLED_MS)
  }

  async #bring(paths: Paths, made: MadeBackup | null): Promise<void> {
    const folder = secondPlaceOf(paths)
    const local = paths.backups
    const all = await manifestsIn(local)
    const manifest = all.find(({ id }) => id === made?.info.id) ?? all[0]
    if (!folder || !manifest) return
    const { id, vaultId } = manifest
    const before = this.#failure
    this.#failure = await this.#absence(folder)
    if (!this.#failure) {
      try {
        await this.within(folder, async (alive) => {
          await dropCutOff(local)
          // Before the way there: a film damaged here would replace the whole one.
          if (made) await fetchWhole(folder, copiedBlob(local), made.lost, alive)
          await copySealed(local, folder, id, alive)
          for (const damaged of await damagedCopies(local, folder, vaultId, alive))
            await copySealed(local, folder, damaged, alive)
          for (const damaged of await damagedCopies(folder, local, vaultId, alive))
            await copySealed(folder, local, damaged, alive)
          await pruneBackups(folder, id, vaultId, alive)
        })
      } catch (error) {
        this.#failure = wordsFor(error)
      }
    }
    if (!this.#failure || this.#failure !== before) this.#told()
  }

  /** Why the place cannot be used now; null when it answers. */
  async #absence(folder: string): Promise<string | null> {
    try {
      await this.#reach(folder, () => access(folder))
      return null
    } catch (error) {
      return isSilence(error) ? SILENT : GONE
    }
  }

  #reach<T>(folder: string, work: (alive: () => void) => Promise<T>, ms = ANSWER_MS): Promise<T> {
    if (this.#hanging === folder) return Promise.reject(silence())
    return unlessSilent(ms, work, (hanging) => {
      const back = () => {
        if (this.#hanging === folder) this.#hanging = null
      }
      this.#hanging = folder
      void hanging.then(back, back)
    })
  }
}

const noFolder = () =>
  new AppError('REFUSED', 'This folder does not exist. Plug in the drive, or choose another folder.', {
    reasons: ['folder'],
  })

const isSilence = (error: unknown) => error instanceof AppError && error.details['problem'] === 'silent'

function wordsFor(raw: unknown): string {
  const error = translateOpenError(raw)
  const problem = error instanceof AppError ? String(error.details['problem']) : ''
  if (isSilence(error)) return SILENT
  if (/NOSPC|DQUOT|FULL/.test(problem))
    return 'The second place is full. Free some space there, or choose another folder.'
  if (/ROFS|ACCES|PERM|READONLY/.test(problem))
    return 'The second place is read-only. Allow writing there, or choose another folder.'
  return 'The copy to the second place failed. Check the drive, or choose another folder.'
}
