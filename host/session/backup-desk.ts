// Backups as the session asks for them: of the open vault, before a migration, and their copies in the second place.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HostEvent } from '#core/contract/events.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { type BackupInfo, infoOf, pruneBackups } from '#db/backup.ts'
import { AppError } from '#core/errors.ts'
import { type Keyring, parseKeyring, readKeyring } from '#db/keyring.ts'
import { type BackupReason, type Manifest, manifestsIn } from '#db/manifest.ts'
import { translateOpenError } from '#db/open.ts'
import { type Paths, vaultPaths } from './paths.ts'
import type { OpenVault } from './vault.ts'
import { headsOf, secondPlaceOf, writeBackup } from './backups.ts'
import { runHeavy } from './heavy.ts'
import { type RestoreDesk, restoreFrom } from './restore.ts'
import { isOlder, lastUpkeep } from './upkeep.ts'
import { SecondPlace } from './second-place.ts'

const HOUR_MS = 60 * 60 * 1000
/** A backup no older than so many hours will do: for work that goes on, and for what is about to change much at once. */
const DUE_AFTER_HOURS = { schedule: 4, 'before-change': 1 / 6 }

interface Surroundings {
  appVersion: string
  now: () => string
  announce: (event: HostEvent) => void
}

export class BackupDesk {
  readonly #around: Surroundings
  readonly #second: SecondPlace
  /** Why the last backup failed. */
  #problem: string | null = null

  constructor(around: Surroundings) {
    this.#around = around
    this.#second = new SecondPlace(() => around.announce({ type: 'changed', topics: ['backup'] }))
  }

  get problem(): string | null {
    return this.#problem
  }

  /**
   * Backups of both places, newest first; without the second place when it does not answer, and without those of
   * another office that shares it.
   */
  async list(paths: Paths, vault: OpenVault | null = null): Promise<OutputOf<'backup.list'>> {
    const { manifests, problem } = await this.#second.look(paths)
    const local = await manifestsIn(paths.backups)
    const second = manifests.filter(oursAmong(paths))
    const backups = [...local.map((one) => infoOf(one, 'local')), ...second.map((one) => infoOf(one, 'second'))]
    const since = vault && (await vault.firstAfter(headsOf(second)))
    return {
      backups: backups.sort((a, b) => (a.at < b.at ? 1 : -1)),
      secondPlace: secondPlaceOf(paths),
      secondPlaceProblem: problem,
      lastOffDisk: second[0]?.at ?? null,
      problem: this.#problem,
      drill: lastUpkeep(paths.upkeep).drill,
      secondDrill: lastUpkeep(paths.upkeep).secondDrill,
      atRisk: since ? { since, level: levelOf(since, this.#around.now()) } : null,
    }
  }

  /** Backups in any folder, with the office that they are of. */
  async look(folder: string): Promise<OutputOf<'backup.look'>> {
    const found = await this.#second.find(folder)
    const backups = found.manifests.map(async (manifest) => {
      const { officeName } = readKeyring(join(found.folder, manifest.id, 'keyring.json'))
      return { ...infoOf(manifest, 'second'), office: officeName }
    })
    return { folder: found.folder, backups: await Promise.all(backups) }
  }

  /** Whether the newest backup of ours on this disk is too old, missing, or in a folder that cannot be read. */
  async isDue(paths: Paths, reason: keyof typeof DUE_AFTER_HOURS): Promise<boolean> {
    const [newest] = (await manifestsIn(paths.backups).catch(() => [])).filter(oursAmong(paths))
    return isOlder(newest?.at ?? null, this.#around.now(), DUE_AFTER_HOURS[reason] * HOUR_MS)
  }

  /** Written and verified on this disk; the copy for the second place may still be on its way. */
  async create(vault: OpenVault, reason: BackupReason): Promise<BackupInfo> {
    try {
      const made = await this.#create(vault, reason)
      this.#problem = null
      return made
    } catch (error) {
      this.#problem = wordsFor(error)
      throw error
    } finally {
      this.#around.announce({ type: 'changed', topics: ['backup'] })
    }
  }

  async #create(vault: OpenVault, reason: BackupReason): Promise<BackupInfo> {
    const { appVersion, now } = this.#around
    const paths = vaultPaths(vault.folder)
    const { vaultId } = readKeyring(paths.keyring)
    const made = await vault.aside(async () => {
      dropUnfinished(paths.backups)
      // What is written from here on may or may not be in it.
      vault.changed = false
      const order = { paths, key: vault.key, vaultId, appVersion, now: now(), reason }
      return runHeavy('backup', order).catch((error: unknown) => {
        vault.changed = true
        throw error
      })
    })
    await pruneBackups(paths.backups, made.info.id, vaultId)
    const copied = this.#second.bring(paths, made)
    // Who asked for it wants to hear of both places.
    if (reason === 'manual') await copied
    return made.info
  }

  /** Before anything of an older file is touched: there is no vault yet. */
  beforeMigration(paths: Paths, key: Buffer, { vaultId }: Keyring): void {
    const { appVersion, now } = this.#around
    const order = { paths, key, vaultId, appVersion, now: now(), reason: 'before-migration' } as const
    void this.#second.bring(paths, writeBackup(order))
  }

  /**
   * See `restoreFrom`. What was entered since the last backup gets into one more, so that the wrong choice can be undone
   * from the list. Without room for it the restore goes on: the present files stay aside in any case.
   */
  restore(
    paths: Paths,
    input: ParsedInputOf<'backup.restore'>,
    vault: OpenVault | null,
    desk: Omit<RestoreDesk, 'vault'>,
  ): Promise<OutputOf<'backup.restore'>> {
    const leave = async () => {
      if (vault?.changed) await this.create(vault, 'before-restore').catch(() => undefined)
      await desk.leave()
    }
    return restoreFrom(paths, this.#second, input, { ...desk, vault, leave })
  }

  /** The newest backup of ours in the second place; null while it does not answer. */
  async newestInSecond(paths: Paths): Promise<{ folder: string; id: string } | null> {
    const folder = secondPlaceOf(paths)
    const [newest] = (await this.#second.look(paths)).manifests.filter(oursAmong(paths))
    return folder && newest ? { folder, id: newest.id } : null
  }

  /** See `SecondPlace.choose`. */
  choose(paths: Paths, folder: string | null): Promise<void> {
    return this.#second.choose(paths, folder)
  }

  /** Needs no key: a second place that is there again gets what it missed. */
  bring(paths: Paths): Promise<void> {
    return this.#second.bring(paths, null)
  }

  /** Resolves when nothing is being copied. */
  copied(): Promise<void> {
    return this.#second.idle()
  }
}

/** Whether a backup is this office's; where no key file says which office this is, all are. */
function oursAmong({ keyring }: Paths): (manifest: Manifest) => boolean {
  const today = parseKeyring(keyring) ?? parseKeyring(`${keyring}.bak`)
  return ({ vaultId }) => !today?.confirmed || today.vaultId === vaultId
}

function levelOf(since: string, now: string): 'new' | 'late' | 'overdue' {
  const hours = (Date.parse(now) - Date.parse(since)) / HOUR_MS
  if (hours >= 48) return 'overdue'
  return hours >= 24 ? 'late' : 'new'
}

function wordsFor(raw: unknown): string {
  const error = translateOpenError(raw)
  return error instanceof AppError
    ? error.message
    : 'The backup failed. Try again; if it fails again, restart this computer.'
}

/** A backup that a power cut ended lies aside, as large as the data, and is of no use. */
function dropUnfinished(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (/^\..+\.tmp$/.test(name)) rmSync(join(folder, name), { recursive: true, force: true })
}
