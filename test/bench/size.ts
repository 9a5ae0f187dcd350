// Size of the packaged folder against the Electron it is packed with, and what must not be inside.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build, Platform } from 'electron-builder'
import { ms, table } from './figures.ts'

const OUT = '.cache/bench/release'
const BUDGET_MB = 25

function megabytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0) / 1_000_000
}

/** Packs for this platform with the Electron at hand; without fuses, which an older Electron does not know. */
export async function benchSize(electronDist: string): Promise<string> {
  rmSync(OUT, { recursive: true, force: true })
  const electronVersion = readFileSync(join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '')
  await build({
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      directories: { output: OUT },
      electronDist,
      electronVersion,
      electronFuses: null,
    },
  })
  const [folder] = readdirSync(OUT).filter((name) => name.endsWith('unpacked'))
  const packed = join(OUT, folder!)
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
