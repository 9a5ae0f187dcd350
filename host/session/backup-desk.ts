// Backups as the session asks for them: of the open vault, before a migration, and their copies in the second place.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HostEvent } from '#core/contract/events.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { type BackupInfo, infoOf, pruneBackups } from '#db/backup.ts'
import { type Keyring, readKeyring } from '#db/keyring.ts'
import { type BackupReason, manifestsIn } from '#db/manifest.ts'
import { type OpenVault, vaultPaths } from './vault.ts'
import { secondPlaceOf, writeBackup, writeBackupAside } from './backups.ts'
import { type RestoreDesk, restoreFrom } from './restore.ts'
import { SecondPlace } from './second-place.ts'

type Paths = ReturnType<typeof vaultPaths>

interface Surroundings {
  appVersion: string
  now: () => string
  announce: (event: HostEvent) => void
}

export class BackupDesk {
  readonly #around: Surroundings
  readonly #second: SecondPlace

  constructor(around: Surroundings) {
    this.#around = around
    this.#second = new SecondPlace(() => around.announce({ type: 'changed', topics: ['backup'] }))
  }

  /** Backups of both places, newest first; without the second place when it does not answer. */
  async list(paths: Paths): Promise<OutputOf<'backup.list'>> {
    const { manifests, problem } = await this.#second.look(paths)
    const local = (await manifestsIn(paths.backups)).map((manifest) => infoOf(manifest, 'local'))
    const backups = local
      .concat(manifests.map((manifest) => infoOf(manifest, 'second')))
      .sort((a, b) => (a.at < b.at ? 1 : -1))
    return {
      backups,
      secondPlace: secondPlaceOf(paths),
      secondPlaceProblem: problem,
      lastOffDisk: backups.find((backup) => backup.place === 'second')?.at ?? null,
    }
  }

  /** Written and verified on this disk; the copy for the second place may still be on its way. */
  async create(vault: OpenVault, reason: BackupReason): Promise<BackupInfo> {
    const { appVersion, now, announce } = this.#around
    const paths = vaultPaths(vault.folder)
    const { vaultId } = readKeyring(paths.keyring)
    const made = await vault.aside(async () => {
      dropUnfinished(paths.backups)
      // What is written from here on may or may not be in it.
      vault.changed = false
      const order = { paths, key: vault.key, vaultId, appVersion, now: now(), reason }
      return writeBackupAside(order).catch((error: unknown) => {
        vault.changed = true
        throw error
      })
    })
    await pruneBackups(paths.backups, made.info.id, vaultId)
    announce({ type: 'changed', topics: ['backup'] })
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
    desk: Omit<RestoreDesk, 'isOpen'>,
  ): Promise<OutputOf<'backup.restore'>> {
    const leave = async () => {
      if (vault?.changed) await this.create(vault, 'before-restore').catch(() => undefined)
      await desk.leave()
    }
    return restoreFrom(paths, this.#second, input, { ...desk, isOpen: vault !== null, leave })
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

/** A backup that a power cut ended lies aside, as large as the data, and is of no use. */
function dropUnfinished(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (/^\..+\.tmp$/.test(name)) rmSync(join(folder, name), { recursive: true, force: true })
}
