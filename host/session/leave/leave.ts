// Leaving with everything: who may, where it may lie, and the row of the trail before anything is written.
import { existsSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { readKeyring } from '#db/keyring.ts'
import { unsafePlaceOf } from '#db/safe-folder.ts'
import type { Caller } from '#host/kernel/caller.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { stepOf } from '#host/kernel/step.ts'
import type { Office } from '../office.ts'
import { provePassword } from '../proof.ts'
import { type Present, recordTrail } from '../trail.ts'
import { writeExport } from './write-export.ts'

/**
 * Writes all that the office entered, not encrypted, into a new folder inside `folder`. Others go on working meanwhile.
 * @throws WRONG_PASSWORD, REFUSED for a folder that does not suit and when it was stopped, STORAGE
 */
export async function leaveWithEverything(
  office: Office,
  asking: Pick<Caller, 'signal' | 'tell'> & { present: Present },
  { folder, password }: ParsedInputOf<'session.leave'>,
): Promise<OutputOf<'session.leave'>> {
  const { present } = asking
  const step = stepOf(asking)
  await provePassword(office, present, 'leave', password)
  refuseOddFolder(folder, office.options.dataDir)
  const { now, today, appVersion } = office.options
  const { vault } = present
  // First: nothing leaves that the trail does not say, and what leaves says it too.
  await vault.write((tx) => recordTrail(present, tx, now(), ['session.leave', 'office', '1']))
  const { paths } = office
  const { officeName } = readKeyring(paths.keyring)
  const order = { paths, key: vault.key, to: folder, now: now(), today: today(), appVersion, office: officeName, step }
  return vault.aside(() => writeExport(order))
}

/** As the data folder itself: not where others copy it behind the office's back, nor inside the data. */
function refuseOddFolder(folder: string, dataDir: string): void {
  if (!isAbsolute(folder) || !existsSync(folder) || !statSync(folder).isDirectory())
    refuse(['This folder does not exist. Plug in the drive, or choose another folder.'])
  const place = unsafePlaceOf(folder)
  if (place !== null)
    refuse([`This folder lies on ${place}. The export is not encrypted: choose this PC’s own disk or a USB drive.`])
  const inside = relative(resolve(dataDir), resolve(folder))
  if (!inside.startsWith('..') && !isAbsolute(inside))
    refuse(['This folder lies inside Claimwright’s data folder. Choose another one.'])
}
