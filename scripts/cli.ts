// The same router without Electron, for support, scripts and acceptance: JSON on stdout, messages on stderr.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { contract, type OutputOf } from '#core/contract/index.ts'
import type { Route } from '#core/contract/route.ts'
import { checkGuide } from '#core/guide/check.ts'
import { choose } from '#core/guide/choose.ts'
import { figuresOf } from '#core/guide/figures.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import { ChooseInput, Guide } from '#core/guide/schema.ts'
import { problemsIn } from '#core/payer-rule/check.ts'
import { Program } from '#core/payer-rule/schema.ts'
import { openAssets } from '#host/assets.ts'
import { seedDemo, seedPractice } from '#host/demo/demo.ts'
import { type LoneHost, openAlone } from '#host/alone.ts'
import { checkGuideFolder } from './guide-check.ts'

const USAGE = `usage:
  cli init --data DIR --office NAME --user NAME      (password in CLAIMWRIGHT_PASSWORD)
  cli routes
  cli call ROUTE [JSON|@file|-] [--data DIR --user NAME]
  cli seed --data DIR --user NAME --cases N --seed S
  cli leave --data DIR --user NAME --to FOLDER       (all that the office entered, not encrypted, in a new folder there)
  cli bring --data DIR --user NAME --from FOLDER     (such an export into an empty DIR; a new password in CLAIMWRIGHT_PASSWORD)
  cli guide check [FILE]
  cli guide try FILE FACTS                           (such as '{"tooth":"8"}')
  cli guide figures`

const root = fileURLToPath(new URL('..', import.meta.url))
const assetsDir = join(root, 'assets')
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    office: { type: 'string' },
    user: { type: 'string' },
    cases: { type: 'string' },
    seed: { type: 'string' },
    to: { type: 'string' },
    from: { type: 'string' },
  },
})

process.exitCode = await run(positionals)

async function run([command, ...rest]: string[]): Promise<number> {
  switch (command) {
    case 'init':
      return init()
    case 'routes':
      return print(listRoutes())
    case 'call':
      return rest[0] ? call(rest[0], rest[1]) : usage()
    case 'seed':
      return seed()
    case 'leave':
      return leave()
    case 'bring':
      return bring()
    case 'guide':
      if (rest[0] === 'figures') return printFigures()
      if (rest[0] === 'try' && rest[1]) return tryGuide(rest[1], rest[2] ?? '{}')
      if (rest[0] === 'check' && rest[1]) return print(checkGuide(JSON.parse(readFileSync(rest[1], 'utf8'))))
      return rest[0] === 'check' ? checkGuides() : usage()
    default:
      return usage()
  }
}

function usage(): number {
  console.error(USAGE)
  return 2
}

function print(value: unknown): number {
  console.log(
    JSON.stringify(
      value,
      (_key, part: unknown) => (part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part),
      2,
    ),
  )
  return 0
}

function say(message: string): number {
  console.error(message)
  return 1
}

function openHost(dataDir: string, scryptN?: number): LoneHost {
  return openAlone({
    dataDir,
    assetsDir,
    appVersion: 'cli',
    seedDemo,
    checkOutput: true,
    ...(scryptN ? { scryptN } : {}),
  })
}

async function init(): Promise<number> {
  const password = process.env['CLAIMWRIGHT_PASSWORD']
  if (!flags.data || !flags.office || !flags.user) return usage()
  if (!password) return say('Set CLAIMWRIGHT_PASSWORD to the new owner’s password.')
  const host = openHost(flags.data)
  const office = {
    name: flags.office,
    address: { street: '', city: '', state: '', zip: '' },
    phone: '',
    npi: '',
    taxId: '',
  }
  const reply = await host.call('session.setup', { office, provider: null, user: { name: flags.user, password } })
  if (!reply.ok) return say(reply.error.message)
  const { recoveryCode } = reply.data as { recoveryCode: string }
  await host.call('session.confirmRecovery', { recoveryCode })
  await host.close()
  return print({ recoveryCode })
}

async function leave(): Promise<number> {
  const { data, user, to } = flags
  if (!data || !user || !to) return usage()
  return withHost(async (host) => {
    const password = process.env['CLAIMWRIGHT_PASSWORD'] ?? ''
    const reply = await host.call('session.leave', { folder: resolve(to), password })
    return reply.ok ? print(reply.data) : say(reply.error.message)
  })
}

async function bring(): Promise<number> {
  const password = process.env['CLAIMWRIGHT_PASSWORD']
  const { data, user, from } = flags
  if (!data || !user || !from) return usage()
  if (!password) return say('Set CLAIMWRIGHT_PASSWORD to the new owner’s password.')
  const host = openHost(data)
  const reply = await host.call('session.bring', { folder: resolve(from), user: { name: user, password } })
  if (reply.ok) {
    const { recoveryCode } = reply.data as OutputOf<'session.bring'>
    await host.call('session.confirmRecovery', { recoveryCode })
  }
  await host.close()
  return reply.ok ? print(reply.data) : say(reply.error.message)
}

function listRoutes() {
  const schema = (type: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return Object.entries(contract as Record<string, Route>).map(
    ([route, { kind, permission, topics, input, output }]) => ({
      route,
      kind,
      permission,
      topics,
      input: schema(input, 'input'),
      output: schema(output, 'output'),
    }),
  )
}

/** Signs in on --data, or opens a throwaway demo practice. */
async function withHost(work: (host: LoneHost) => Promise<number>): Promise<number> {
  const throwaway = flags.data ? null : mkdtempSync(join(tmpdir(), 'claimwright-cli-'))
  const host = openHost(flags.data ?? throwaway!, throwaway ? 2 ** 10 : undefined)
  try {
    const reply = throwaway ? await host.call('demo.open', {}) : await signIn(host)
    if (!reply.ok) return say(reply.error.message)
    return await work(host)
  } finally {
    await host.close()
    if (throwaway) rmSync(throwaway, { recursive: true, force: true })
  }
}

async function signIn(host: LoneHost) {
  return host.call('session.signIn', { name: flags.user ?? '', password: process.env['CLAIMWRIGHT_PASSWORD'] ?? '' })
}

function readInput(text: string | undefined): unknown {
  if (text === undefined) return {}
  const json =
    text === '-' ? readFileSync(0, 'utf8') : text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text
  return JSON.parse(json)
}

async function call(route: string, text: string | undefined): Promise<number> {
  let input: unknown
  try {
    input = readInput(text)
  } catch {
    return say('The input is not JSON.')
  }
  return withHost(async (host) => {
    const reply = await host.call(route, input)
    print(reply)
    return reply.ok ? 0 : 1
  })
}

async function seed(): Promise<number> {
  if (!flags.data || !flags.cases) return usage()
  return withHost(async (host) => {
    const counts = await seedPractice(host.vault!, {
      cases: Number(flags.cases),
      seed: Number(flags.seed ?? '1'),
      assets: openAssets(assetsDir),
    })
    return print(counts)
  })
}

/** One line for each guide; `guide check` is what fails. */
function printFigures(): number {
  const guides = readdirSync(join(assetsDir, 'guides')).filter((file) => file.endsWith('.json'))
  const read = (file: string) => Guide.parse(JSON.parse(readFileSync(join(assetsDir, 'guides', file), 'utf8')))
  console.table(guides.map((file) => figuresOf(read(file))))
  return 0
}

/** What a guide answers to facts, and what it asks next. */
function tryGuide(file: string, text: string): number {
  const guide = Guide.parse(JSON.parse(readFileSync(file, 'utf8')))
  const facts = ChooseInput.shape.facts.parse(JSON.parse(text))
  const serviceDate = new Date().toISOString().slice(0, 10)
  const { lines, instead, rejected, findings } = choose(guide, { facts, serviceDate, reportingMode: 'phased' })
  const asks = nextQuestions(guide, facts, serviceDate).map(({ fact, question, blocking }) => ({
    fact,
    question,
    blocking,
  }))
  return print({ lines, instead, rejected, findings, asks })
}

function checkGuides(): number {
  const reports = checkGuideFolder(join(assetsDir, 'guides'))
  const payers = problemsIn(
    Program.array().parse(JSON.parse(readFileSync(join(assetsDir, 'payers', 'rules.json'), 'utf8'))),
  )
  print([...reports, { file: 'payers/rules.json', problems: payers.map((message) => ({ at: 'rules', message })) }])
  const problems = reports.flatMap((report) => report.problems).length + payers.length
  return problems === 0 ? 0 : say(`${problems} problems in the guides and payer rules.`)
}
