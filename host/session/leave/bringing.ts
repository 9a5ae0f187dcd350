// Bringing an export: from the folder that somebody chose to what a new office begins with.
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { Caller } from '#host/kernel/caller.ts'
import { uuidv7 } from '#host/kernel/ids.ts'
import { stepOf } from '#host/kernel/step.ts'
import type { Founding } from '../new-office.ts'
import type { Office } from '../office.ts'
import { type CheckedExport, checkExport, clearBrought, deriveBrought, layExport } from './bring.ts'

type Told = Omit<OutputOf<'session.bring'>, 'recoveryCode'>

export function bringing(
  office: Office,
  asking: Pick<Caller, 'signal' | 'tell'>,
  input: ParsedInputOf<'session.bring'>,
) {
  let checked: CheckedExport | null = null
  return {
    async founding(): Promise<Founding> {
      // Only now: what was open before was left, and with it what ran for it.
      const step = stepOf(asking)
      const found = (checked = await checkExport(input, step))
      const { manifest, owner } = found
      const { paths, options } = office
      return {
        officeName: manifest.office,
        id: owner ?? undefined,
        lay: (key, { vaultId }) => layExport(found, { paths, key, vaultId, step }),
        clear: () => clearBrought(paths),
        begin: async (present, tx) => {
          const { vault, principal } = present
          const context = {
            user: principal.user,
            now: options.now(),
            today: options.today(),
            assets: await options.assets(vault),
            blobs: vault.blobs,
            auditKey: vault.auditKey,
            trailEnd: vault.trailEnd,
            kept: new Map<unknown, unknown>(),
            newId: uuidv7 as <Id extends string>() => Id,
            touches: () => undefined,
            settle: async () => undefined,
            audit: () => undefined,
          }
          return deriveBrought(present, tx, { manifest, context, step })
        },
      }
    },
    told(): Told {
      const { office: officeName, tables, missing } = checked!.manifest
      return { officeName, rows: tables.reduce((sum, { rows }) => sum + rows, 0), missing: missing.length }
    },
  }
}
