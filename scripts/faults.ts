// `npm run faults [-- ROW … | --fast | --windows | --write | --times=N]`: breaks things on purpose and prints one table; ends with 1 when a row does not hold.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleProgram } from '#test/faults/bundle.ts'
import { failed } from '#test/faults/files.ts'
import { holds, MARK, type Outcome } from '#test/faults/outcome.ts'
import { type Row, rows } from '#test/faults/rows.ts'
import { hasProgram } from '#test/faults/watched.ts'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const words = process.argv.slice(2)
const isWindows = words.includes('--windows')
const timesGiven = words.find((word) => word.startsWith('--times='))?.slice('--times='.length)
const isAbout = (row: Row) => (isWindows ? row.file?.windows !== undefined : true)
const asked = words.filter((word) => !word.startsWith('--'))
const unknown = asked.filter((name) => !(name in rows))
if (unknown.length > 0) throw new Error(`No such row: ${unknown.join(' ')}. There are ${Object.keys(rows).join(' ')}.`)
const names = (asked.length > 0 ? asked : Object.keys(rows)).filter((name) => isAbout(rows[name]!))

interface Line extends Outcome {
  seconds: number
}
interface TestResult {
  file: string
  name: string
  isPassed: boolean
  ms: number
}

/** All tests that the rows name, in one run. */
function runTests(): TestResult[] {
  const proofs = names.flatMap((name) => rows[name]!.tests ?? [])
  if (isWindows || proofs.length === 0) return []
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-faults-'))
  const out = join(folder, 'tests.json')
  const files = [...new Set(proofs.map(([file]) => file))].filter((file) => existsSync(file))
  const args = [
    'run',
    '--mode',
    'long',
    '--config',
    'test/vitest.config.ts',
    '--reporter=json',
    `--outputFile=${out}`,
    ...files,
  ]
  spawnSync(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  interface Json {
    testResults: { name: string; assertionResults: { fullName: string; status: string; duration?: number }[] }[]
  }
  const { testResults } = JSON.parse(readFileSync(out, 'utf8')) as Json
  rmSync(folder, { recursive: true })
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ fullName, status, duration }) => ({
      file,
      name: fullName,
      isPassed: status === 'passed',
      ms: duration ?? 0,
    })),
  )
}

/** All journeys that the rows name, in one run; null without an Electron. */
function runJourneys(): TestResult[] | null {
  const specs = [...new Set(names.flatMap((name) => (rows[name]!.journeys ?? []).map(([file]) => `${file}.spec`)))]
  if (isWindows || specs.length === 0) return []
  if (!process.env['ELECTRON_OVERRIDE_DIST_PATH']) return null
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-faults-'))
  const out = join(folder, 'journeys.json')
  const command = [process.execPath, 'scripts/e2e.ts', ...specs, '--reporter=json']
  const [program, ...args] = process.env['DISPLAY'] ? command : ['xvfb-run', '-a', ...command]
  spawnSync(program!, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: out },
  })
  interface Suite {
    suites?: Suite[]
    specs?: { title: string; ok: boolean; file: string; tests: { results: { duration: number }[] }[] }[]
  }
  const flat = (suite: Suite): TestResult[] => [
    ...(suite.specs ?? []).map(({ title, ok, file, tests }) => ({
      file,
      name: title,
      isPassed: ok,
      ms: tests[0]?.results[0]?.duration ?? 0,
    })),
    ...(suite.suites ?? []).flatMap(flat),
  ]
  const found = existsSync(out) ? flat(JSON.parse(readFileSync(out, 'utf8')) as Suite) : []
  rmSync(folder, { recursive: true })
  return found
}

/** Runs a row about files in a process of its own; a disk that it wants is a memory disk that ends with the process. */
function runFileRow(name: string, { disk }: NonNullable<Row['file']>, times: number, program: string): Outcome {
  const node = isWindows && process.platform !== 'win32' ? '../shared/windows-runtime/run' : process.execPath
  const place = disk ? mkdtempSync(join(tmpdir(), 'claimwright-disk-')) : ''
  const row = (what: string) => `"${resolve(node)}" ${program} ${what}`
  const size = disk === 'small' ? '10m' : '60m'
  const seen = isWindows && place && process.platform !== 'win32' ? `Z:${place.replaceAll('/', '\\\\')}` : place
  const script = [
    ...(disk ? [`mount -t tmpfs -o size=${size} tmpfs ${place}`] : []),
    ...(disk === 'read-only' ? [row(`prepare ${seen}`), `mount -o remount,ro ${place}`] : []),
    row(`row ${name} ${times} ${seen}`),
  ].join(' && ')
  const [shell, ...args] = disk
    ? ['unshare', process.getuid?.() === 0 ? '-m' : '-rm', 'sh', '-c', script]
    : ['sh', '-c', script]
  const { stdout, stderr } = spawnSync(shell, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, WINDOWS_S: '900' },
  })
  if (place) rmSync(place, { recursive: true, force: true })
  const line = stdout.split(/\r?\n/).find((one) => one.startsWith(MARK))
  return line ? (JSON.parse(line.slice(MARK.length)) as Outcome) : failed(stderr.trim().slice(-300))
}

const tests = runTests()
const journeys = runJourneys()
const program = names.some((name) => rows[name]!.file) ? await bundleProgram() : ''
const lines = new Map<string, Line>()
for (const name of names) {
  const row = rows[name]!
  const begun = performance.now()
  const line: Line = { did: '', wrong: [], seconds: 0 }
  const did: string[] = []
  const times = Number(timesGiven ?? (isWindows ? row.file?.windows : row.times) ?? 1)
  if (row.needs && !hasProgram(row.needs)) line.wrong.push(`not run: there is no ${row.needs} here`)
  else if (row.file || (row.script && !isWindows)) {
    const outcome = row.file ? runFileRow(name, row.file, times, program) : await row.script!(times).catch(failed)
    Object.assign(line, outcome)
    did.push(outcome.did)
    if (outcome.not) did.push(`not: ${outcome.not}`)
  }
  const count = (kind: string, proofs: Row['tests'], all: TestResult[] | null) => {
    if (!proofs || isWindows) return
    if (!all) return void line.wrong.push(`${kind} not run: there is no Electron here`)
    const mine = proofs.map(([file, pattern]) => all.filter((one) => one.file.includes(file) && pattern.test(one.name)))
    const found = [...new Set(mine.flat())]
    proofs.forEach(
      ([file, pattern], at) => mine[at]!.length === 0 && line.wrong.push(`no test ${file} ${String(pattern)}`),
    )
    line.wrong.push(...found.filter((one) => !one.isPassed).map((one) => one.name))
    line.seconds += found.reduce((sum, one) => sum + one.ms, 0) / 1000
    did.push(`${found.length} ${kind}`)
  }
  count('tests', row.tests, tests)
  count('journeys', row.journeys, journeys)
  line.did = did.join('; ')
  line.seconds += (performance.now() - begun) / 1000
  lines.set(name, line)
  console.error(
    `${holds(line) ? 'holds' : 'DOES NOT HOLD'}  ${name}  ${line.did}${line.wrong.map((one) => `\n    ${one}`).join('')}`,
  )
}

const number = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString('en-US'))
const cell = (text: string) => text.replaceAll('|', '/').replaceAll(/\s+/g, ' ').slice(0, 300)
function tableRow(name: string, line: Line): string {
  const { did, acknowledged, lost, corrupt, seconds, wrong } = line
  const verdict = holds(line) ? 'yes' : `no: ${wrong[0] ?? 'lost or corrupt'}`
  const cells = [
    name,
    rows[name.split(' ')[0]!]!.what,
    did,
    number(acknowledged),
    number(lost),
    number(corrupt),
    seconds.toFixed(0),
    verdict,
  ]
  return `| ${cells.map(cell).join(' | ')} |`
}
const HEAD =
  '| Row | What is done to it | How often | Acknowledged | Lost | Corrupt | Seconds | Holds |\n| --- | --- | --- | --- | --- | --- | --- | --- |'
const printed = new Map([...lines].map(([name, line]) => [isWindows ? `${name} on Windows’ Node` : name, line]))
console.log(`\n${HEAD}\n${[...printed].map(([name, line]) => tableRow(name, line)).join('\n')}`)

if (words.includes('--write')) {
  const FILE = 'docs/security.md'
  const text = readFileSync(FILE, 'utf8')
  const [begin, end] = ['<!-- faults -->', '<!-- /faults -->'] as const
  const old = text.slice(text.indexOf(begin) + begin.length, text.indexOf(end))
  // Rows that were not run now keep what they said.
  const kept = new Map(
    [...old.matchAll(/^\| (\w+(?: on Windows’ Node)?) +\|.*$/gm)].map(([line, name]) => [name!, line]),
  )
  kept.delete('Row')
  const date = new Date().toISOString().slice(0, 10)
  for (const [name, line] of printed) kept.set(name, tableRow(name, line))
  const order = Object.keys(rows).flatMap((name) => [name, `${name} on Windows’ Node`])
  const table = order.flatMap((name) => kept.get(name) ?? [])
  const body = `\n\nLast written ${date}, Node ${process.version}.\n\n${HEAD}\n${table.join('\n')}\n\n`
  writeFileSync(FILE, text.replace(`${begin}${old}${end}`, `${begin}${body}${end}`))
  spawnSync(process.execPath, [resolve('node_modules/prettier/bin/prettier.cjs'), '--write', FILE])
}
process.exit([...lines.values()].every(holds) ? 0 : 1)
