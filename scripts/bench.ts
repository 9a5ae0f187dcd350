// `npm run bench [-- queries|import|era|waits|start|size]`: measures and prints; `--write` keeps the figures in docs/bench.md,
// `--count=2000` measures an import of so many rows or claims.
// Ratios are taken within one run.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { buildAll } from './build.ts'
import { benchEra } from '#test/bench/era.ts'
import { benchEraReading } from '#test/bench/era-read.ts'
import { benchImport } from '#test/bench/import.ts'
import { benchQueries } from '#test/bench/queries.ts'
import { benchSize } from '#test/bench/size.ts'
import { benchWaits } from '#test/bench/waits.ts'

const SIZES = [1_000, 10_000, 100_000]
const electronDist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
const isLarge = process.argv.includes('--large')
const counted = process.argv.find((word) => word.startsWith('--count='))
const count = counted ? Number(counted.slice('--count='.length)) : undefined

/** Parts by name: a title and what to run. */
const PARTS: Record<string, [title: string, run: () => Promise<string>]> = {
  queries: ['Queries and saving', () => benchQueries(isLarge ? [...SIZES, 1_000_000] : SIZES)],
  import: ['Import of a log of authorizations', () => benchImport(count)],
  era: ['Remittance files', async () => `${await benchEraReading()}\n\n${await benchEra(count)}`],
  waits: ['Waiting for a list while something long runs', benchWaits],
  // It needs Electron, and the others do not.
  start: ['Start and memory', async () => (await import('#test/bench/start.ts')).benchStart()],
  size: [
    'Size of the package',
    async () =>
      electronDist ? benchSize(electronDist) : 'Not measured: ELECTRON_OVERRIDE_DIST_PATH names no Electron.',
  ],
}

const asked = process.argv.slice(2).filter((word) => word in PARTS)
const names = asked.length > 0 ? asked : Object.keys(PARTS)
await buildAll()
const electron = electronDist ? readFileSync(`${electronDist}/version`, 'utf8').trim() : 'as installed'
const memory = Math.round(totalmem() / 1024 ** 3)
const today = new Date().toISOString().slice(0, 10)
const measured = new Map<string, string>()
for (const name of names) {
  const [title, run] = PARTS[name]!
  const section = `## ${title}\n\nMeasured ${today}.\n\n${await run()}\n`
  console.log(`\n${section}`)
  measured.set(title, section)
}
const FILE = 'docs/bench.md'
/** What people wrote about the figures stays when they are measured again. */
const WHY = '## Missed budgets and their causes'
const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
const why = old.includes(WHY) ? old.slice(old.indexOf(WHY)) : `${WHY}\n`
const head = `# Measured

\`npm run bench -- --write\` wrote this on ${cpus().length} cores (${cpus()[0]!.model}), ${memory} GB, Node ${process.version}, Electron ${electron}.
The machine is shared and virtual: ratios within a run hold, milliseconds vary.
`
/** Parts that were not measured now keep what they said. */
const earlier = (title: string) => new RegExp(`^## ${title}\\n[^]*?(?=^## )`, 'm').exec(old)?.[0].trimEnd()
const sections = Object.values(PARTS).flatMap(([title]) => measured.get(title) ?? earlier(title) ?? [])
if (process.argv.includes('--write'))
  writeFileSync(FILE, [head, ...sections.map((section) => `${section.trimEnd()}\n`), why].join('\n'))
