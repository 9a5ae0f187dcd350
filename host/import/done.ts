// What every import tells when it is done, writes in the trail, and asks before it is taken back.
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import { type ListKind, listImports, markUndone } from './rows.ts'
import { type ListRows, shown, waitingIn } from './shown.ts'

interface Counts {
  imported: number
  changed: number
  duplicates: number
}

/** What an import did, with the rows of which nothing came. */
export function doneOf(list: ListRows & { rows: number }, counts: Counts) {
  const { problems, leftOut } = shown(list)
  return { ...counts, rows: list.rows, problems, leftOut }
}

/** Writes in the trail what an import did. */
export function noteImport(
  context: CommandContext,
  importId: string,
  list: ListRows & { sha256: string; rows: number },
  counts: Counts,
): void {
  const { sha256, rows } = list
  const { imported, changed, duplicates } = counts
  const after = { sha256, rows, imported, changed, duplicates, leftOut: waitingIn(list) }
  context.audit({ entity: 'import', entityId: importId, after })
}

/** @throws NOT_FOUND, and REFUSED for an import that was undone before */
export async function refuseUndone(context: CommandContext, kind: ListKind, importId: string): Promise<void> {
  const batch = (await listImports(context.tx, kind)).find((one) => one.id === importId)
  if (found(batch, 'import', importId).undone) refuse(['This import was already undone.'])
}

/**
 * Marks an import as undone and writes in the trail what that did.
 * @param made what the import had made, and `back` what it had changed: gone or as before, and what somebody worked on since
 */
export async function noteUndone(
  context: CommandContext,
  { importId, reason }: { importId: string; reason: string },
  made: { removed: number; stayed: number },
  back = { restored: 0, stayed: 0 },
) {
  await markUndone(context.tx, importId, context)
  const after = { removed: made.removed, restored: back.restored, stayed: made.stayed + back.stayed }
  context.audit({ entity: 'import', entityId: importId, after, reason })
  return after
}
