// `npm run faults [-- ROW … | --windows | --write | --times=N]`: breaks things on purpose and prints one table; ends with 1 when a row does not hold.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleProgram } from '#test/faults/bundle.ts'
import { failed } from '#test/faults/files.ts'
import { holds, MARK, type Outcome } from '#test/faults/outcome.ts'
import { type Row, rows } from '#test/faults/rows.ts'
import { hasProgram } from '#test/faults/watched.ts'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const words = process.argv.slice(2)

// A row in a process of its own, as this program starts it for itself.
if (words[0] === '--alone') {
  const [, name = '', times = '1'] = words
  console.log(MARK + JSON.stringify(await rows[name]!.script!(Number(times)).catch(failed)))
  process.exit(0)
}

const WINDOWS = '../shared/windows-runtime/run'
const onlyWindows = words.includes('--windows')
const timesGiven = words.find((word) => word.startsWith('--times='))?.slice('--times='.length)
const asked = words.filter((word) => !word.startsWith('--'))
const unknown = asked.filter((name) => !(name in rows))
if (unknown.length > 0) throw new Error(`No such row: ${unknown.join(' ')}. There are ${Object.keys(rows).join(' ')}.`)

/** A row here, or one about files under Windows' Node. */
interface Job {
  name: string
  isWindows: boolean
}
const names = asked.length > 0 ? asked : Object.keys(rows)
const here: Job[] = onlyWindows ? [] : names.map((name) => ({ name, isWindows: false }))
const hasWindows = process.platform === 'win32' || existsSync(WINDOWS)
const there: Job[] =
  onlyWindows || (asked.length === 0 && hasWindows && process.platform !== 'win32')
    ? names.filter((name) => rows[name]!.file?.windows !== undefined).map((name) => ({ name, isWindows: true }))
    : []
const nameOf = ({ name, isWindows }: Job) => (isWindows ? `${name} on Windows’ Node` : name)

interface Line extends Outcome {
  seconds: number
}
interface TestResult {
  file: string
  name: string
  isPassed: boolean
  ms: number
  /** What a journey counted. */
  figures?: string[]
}

/** Runs a program to its end; what it has to say is in the file that it writes. */
async function ran(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } })
  await once(child, 'exit')
}

/** All tests that the rows name, in one run. */
async function runTests(): Promise<TestResult[]> {
  const proofs = here.flatMap(({ name }) => rows[name]!.tests ?? [])
  if (proofs.length === 0) return []
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
  await ran(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), ...args])
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
async function runJourneys(): Promise<TestResult[] | null> {
  const specs = [...new Set(here.flatMap(({ name }) => (rows[name]!.journeys ?? []).map(([file]) => `${file}.spec`)))]
  if (specs.length === 0) return []
  if (!process.env['ELECTRON_OVERRIDE_DIST_PATH']) return null
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-faults-'))
  const out = join(folder, 'journeys.json')
  const command = [process.execPath, 'scripts/e2e.ts', ...specs, '--reporter=json']
  const [program, ...args] = process.env['DISPLAY'] ? command : ['xvfb-run', '-a', ...command]
  await ran(program!, args, { PLAYWRIGHT_JSON_OUTPUT_FILE: out })
  interface Played {
    annotations: { type: string; description?: string }[]
    results: { duration: number }[]
  }
  interface Suite {
    suites?: Suite[]
    specs?: { title: string; ok: boolean; file: string; tests: Played[] }[]
  }
  const flat = (suite: Suite): TestResult[] => [
    ...(suite.specs ?? []).map(({ title, ok, file, tests }) => ({
      file,
      name: title,
      isPassed: ok,
      ms: tests[0]?.results[0]?.duration ?? 0,
      figures: (tests[0]?.annotations ?? []).flatMap(({ type, description }) =>
        type === 'figure' ? description! : [],
      ),
    })),
    ...(suite.suites ?? []).flatMap(flat),
  ]
  const found = existsSync(out) ? flat(JSON.parse(readFileSync(out, 'utf8')) as Suite) : []
  rmSync(folder, { recursive: true })
  return found
}

/** What a row's own process says of it. */
async function outcomeOf(program: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, WINDOWS_S: '900' },
  })
  let [said, complaints] = ['', '']
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (complaints += text.toString()))
  await once(child, 'close')
  const line = said.split(/\r?\n/).find((one) => one.startsWith(MARK))
  return line ? (JSON.parse(line.slice(MARK.length)) as Outcome) : failed(complaints.trim().slice(-300))
}

/** A row about files; a disk that it wants is a memory disk that ends with its process. */
async function runFileRow({ name, isWindows }: Job, times: number, program: string): Promise<Outcome> {
  const { disk } = rows[name]!.file!
  const node = isWindows && process.platform !== 'win32' ? WINDOWS : process.execPath
  const place = disk ? mkdtempSync(join(tmpdir(), 'claimwright-disk-')) : ''
  const row = (what: string) => `"${resolve(node)}" ${program} ${what}`
  const size = disk === 'small' ? '10m' : '60m'
  const seen = isWindows && place && process.platform !== 'win32' ? `Z:${place.replaceAll('/', '\\\\')}` : place
  const server = `WINEPREFIX="\${XDG_CACHE_HOME:-$HOME/.cache}/windows-runtime/prefix" wineserver -w || true`
  const script = [
    ...(node === WINDOWS ? [server] : []),
    ...(disk ? [`mount -t tmpfs -o size=${size} tmpfs ${place}`] : []),
    ...(disk === 'read-only' ? [row(`prepare ${seen}`), `mount -o remount,ro ${place}`] : []),
    row(`row ${name} ${times} ${seen}`),
  ].join(' && ')
  const own = disk ? ['unshare', process.getuid?.() === 0 ? '-m' : '-rm'] : []
  const [shell, ...args] = [...own, 'sh', '-c', script]
  const outcome = await outcomeOf(shell, args)
  if (place) rmSync(place, { recursive: true, force: true })
  return outcome
}

const [tests, journeys] = await Promise.all([runTests(), runJourneys()])
const program = [...here, ...there].some(({ name }) => rows[name]!.file) ? await bundleProgram() : ''

async function runJob(job: Job): Promise<Line> {
  const { name, isWindows } = job
  const row = rows[name]!
  const begun = performance.now()
  const line: Line = { did: '', wrong: [], seconds: 0 }
  const did: string[] = []
  const times = Number(timesGiven ?? (isWindows ? row.file?.windows : row.times) ?? 1)
  if (row.needs && !hasProgram(row.needs)) line.wrong.push(`not run: there is no ${row.needs} here`)
  else if (row.file || row.script) {
    const alone = ['scripts/faults.ts', '--alone', name, `${times}`]
    const outcome = await (row.file ? runFileRow(job, times, program) : outcomeOf(process.execPath, alone))
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
    did.push(`${found.length} ${kind}`, ...found.flatMap(({ figures }) => figures ?? []))
  }
  count('tests', row.tests, tests)
  count('journeys', row.journeys, journeys)
  line.did = did.join('; ')
  line.seconds += (performance.now() - begun) / 1000
  console.error(
    `${holds(line) ? 'holds' : 'DOES NOT HOLD'}  ${nameOf(job)}  ${line.did}${line.wrong.map((one) => `\n    ${one}`).join('')}`,
  )
  return line
}

/** Rows run beside each other, the longest first, so that none of them is left running alone at the end. */
const LONGEST = ['R2', 'M', 'R1', 'R13', 'R10']
const rank = ({ name }: Job) => LONGEST.indexOf(name) + 1 || 99
const queue = [...here].sort((a, b) => rank(a) - rank(b))
const done = new Map<string, Line>()
/** @param own what only this one does: Wine's server, which sees the disks of its first program only, serves one row at a time */
async function work(own: Job[]): Promise<void> {
  for (let job = own.shift() ?? queue.shift(); job; job = own.shift() ?? queue.shift())
    done.set(nameOf(job), await runJob(job))
}
const others = Array.from({ length: Math.max(1, availableParallelism() - 2) }, () => work([]))
await Promise.all([work([...there]), ...others])
const printed = [...here, ...there].map((job) => [nameOf(job), done.get(nameOf(job))!] as const)

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
console.log(`\n${HEAD}\n${printed.map(([name, line]) => tableRow(name, line)).join('\n')}`)

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
process.exit(printed.every(([, line]) => holds(line)) ? 0 : 1)
