// Size of the packaged folder against the Electron it is packed with, and what must not be inside.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pack } from '../../scripts/package.ts'
import { ms, table } from './figures.ts'

const OUT = '.cache/bench/release'
const BUDGET_MB = 25

function megabytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0) / 1_000_000
}

/** Packs for this platform with the Electron at hand. */
export async function benchSize(electronDist: string): Promise<string> {
  const packed = await pack('dir', OUT)
  const asar = readFileSync(join(packed, 'resources/app.asar'), 'latin1')
  if (asar.includes('preview-server')) throw new Error('The package contains the preview server.')
  const [empty, ours] = [megabytes(electronDist), megabytes(packed)]
  const verdict = ours - empty <= BUDGET_MB ? 'kept' : 'missed'
  return table(
    ['', 'MB'],
    [
      ['the Electron it is packed with', ms(empty)],
      ['packaged folder', ms(ours)],
      [`difference (budget ${BUDGET_MB}: ${verdict})`, (ours - empty).toFixed(1)],
    ],
  )
}
