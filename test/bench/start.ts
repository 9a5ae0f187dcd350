// Start and memory of the app with 10,000 encrypted cases against an Electron window with nothing in it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { median, ms, table } from './figures.ts'
import { PASSWORD, seededFolder } from './seeded.ts'

const RUNS = 7
const CASES = 10_000
const START_BUDGET = 1.5
const MEMORY_BUDGET = 1.4
/** Cost of a real key, see db/keyring.ts: spent on purpose, and the same on every PC of this speed. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const IDLE_MS = 3000

interface Start {
  window: number
  usable: number
  memory: number
}

/** Proportional memory of a process and all it started, in MB. */
function memoryOf(pid: number): number {
  const own = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  )
  return Number(own?.[1] ?? 0) / 1024 + children.reduce((sum, child) => sum + memoryOf(child), 0)
}

/** Milliseconds of one key derivation in Electron itself, whose crypto library is not Node's. */
async function keyDerivation(): Promise<number> {
  const app = await _electron.launch({ args: ['--no-sandbox', resolve('test/bench/empty')] })
  const sample = await app.evaluate(
    (_electron, { password, options }) => {
      const { scryptSync } = process.getBuiltinModule?.('node:crypto') ?? process.mainModule!.require('node:crypto')
      return [1, 2, 3].map(() => {
        const start = performance.now()
        scryptSync(password, 'salt', 32, options)
        return performance.now() - start
      })
    },
    { password: PASSWORD, options: SCRYPT },
  )
  await app.close()
  return median(sample)
}

async function launch(args: string[]): Promise<[ElectronApplication, number]> {
  const start = performance.timeOrigin + performance.now()
  return [await _electron.launch({ args: ['--no-sandbox', ...args] }), start]
}

/** When something first stood on the page, by the page's own clock: waiting for it from here looks every half second only. */
async function firstPaint(page: Page, start: number): Promise<number> {
  const painted = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint')
          if (paint) resolve(performance.timeOrigin + paint.startTime)
        }).observe({ type: 'paint', buffered: true })
      }),
  )
  return painted - start
}

/** Milliseconds from the next key until the first row of a list stands there. */
const rowsAfterKey = (page: Page) =>
  page.evaluate(() => {
    const done = new Promise<number>((resolve) => {
      document.addEventListener(
        'keydown',
        () => {
          const pressed = performance.now()
          new MutationObserver(() => {
            if (document.querySelector('main [data-row]')) resolve(performance.now() - pressed)
          }).observe(document, { subtree: true, childList: true })
        },
        { capture: true, once: true },
      )
    })
    Object.assign(window, { rowsAfterKey: done })
  })

async function startEmpty(): Promise<Start> {
  const [app, start] = await launch([resolve('test/bench/empty')])
  const page = await app.firstWindow()
  const window = await firstPaint(page, start)
  await new Promise((done) => setTimeout(done, IDLE_MS))
  const memory = memoryOf(app.process().pid!)
  await app.close()
  return { window, usable: window, memory }
}

async function startApp(dataDir: string): Promise<Start> {
  const [app, start] = await launch([resolve('.'), '--data', dataDir])
  const page = await app.firstWindow()
  const password = page.locator('input[type=password]')
  await password.waitFor()
  const window = await firstPaint(page, start)
  await password.fill(PASSWORD)
  await rowsAfterKey(page)
  await page.keyboard.press('Enter')
  const usable =
    window + (await page.evaluate(() => (window as unknown as { rowsAfterKey: Promise<number> }).rowsAfterKey))
  await new Promise((done) => setTimeout(done, IDLE_MS))
  const memory = memoryOf(app.process().pid!)
  await app.close()
  return { window, usable, memory }
}

/** Alternates the two, so that a busy moment of the machine falls on both. */
export async function benchStart(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimwright-bench-'))
  cpSync(await seededFolder(CASES), dataDir, { recursive: true })
  const scrypt = await keyDerivation()
  const empty: Start[] = []
  const ours: Start[] = []
  for (let run = 0; run < RUNS; run += 1) {
    console.error(`start: ${run + 1} of ${RUNS}`)
    empty.push(await startEmpty())
    ours.push(await startApp(dataDir))
  }
  rmSync(dataDir, { recursive: true, force: true })
  const of = (starts: readonly Start[], key: keyof Start) => median(starts.map((one) => one[key]))
  const work = of(ours, 'usable') - scrypt
  const start = work / of(empty, 'window')
  const memory = of(ours, 'memory') / of(empty, 'memory')
  const verdict = (ratio: number, budget: number) =>
    `${ratio.toFixed(2)} (budget ${budget}: ${ratio <= budget ? 'kept' : 'missed'})`
  return table(
    ['', 'empty window', 'Claimwright', 'ratio'],
    [
      ['window or sign-in screen ready, ms', ms(of(empty, 'window')), ms(of(ours, 'window')), ''],
      ['Today usable, ms, without the key derivation', '', ms(work), verdict(start, START_BUDGET)],
      ['key derivation on purpose slow (scrypt), ms', '', ms(scrypt), ''],
      [
        'memory of all processes (PSS), MB',
        ms(of(empty, 'memory')),
        ms(of(ours, 'memory')),
        verdict(memory, MEMORY_BUDGET),
      ],
    ],
  ).concat(
    `\n\nMedian of ${RUNS}, alternating; ${CASES.toLocaleString('en-US')} cases; memory after ${IDLE_MS / 1000} s idle.`,
  )
}
