// Backups as the session asks for them: of the open vault, before a migration, and their copies in the second place.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HostEvent } from '#core/contract/events.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { type BackupInfo, infoOf, pruneBackups } from '#db/backup.ts'
import { type Keyring, readKeyring } from '#db/keyring.ts'
import { type BackupReason, manifestsIn } from '#db/manifest.ts'
import { EMPTY_HEAD } from '#host/kernel/audit.ts'
import { type OpenVault, vaultPaths } from './vault.ts'
import { secondPlaceOf, writeBackup } from './backups.ts'
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
    const made = await vault.aside((sqlite) => {
      dropUnfinished(paths.backups)
      const { key, head: auditHead } = vault
      const written = writeBackup(paths, { sqlite, key, vaultId, auditHead, appVersion, now: now(), reason })
      vault.changed = false
      return written
    })
    await pruneBackups(paths.backups, made.info.id, vaultId)
    announce({ type: 'changed', topics: ['backup'] })
    const copied = this.#second.bring(paths, made)
    // Who asked for it wants to hear of both places.
    if (reason === 'manual') await copied
    return made.info
  }

  /** Before anything of an older file is touched: there is no vault yet. */
  beforeMigration(paths: Paths, sqlite: OpenVault['sqlite'], key: Buffer, { vaultId }: Keyring): void {
    const { appVersion, now } = this.#around
    const reason = 'before-migration'
    const source = { sqlite, key, vaultId, auditHead: EMPTY_HEAD, appVersion, now: now(), reason } as const
    void this.#second.bring(paths, writeBackup(paths, source))
  }

  /**
   * See `restoreFrom`. What was entered since the last backup gets into one more, so that the wrong choice can be undone
   * from the list. Without room for it the restore goes on: the present files stay aside in any case.
   */
  restore(
    paths: Paths,
    input: ParsedInputOf<'backup.restore'>,
    desk: RestoreDesk,
  ): Promise<OutputOf<'backup.restore'>> {
    const leave = async () => {
      if (desk.vault?.changed) await this.create(desk.vault, 'before-restore').catch(() => undefined)
      await desk.leave()
    }
    return restoreFrom(paths, this.#second, input, { ...desk, leave })
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
