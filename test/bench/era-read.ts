// How fast a remittance file is read: our reading, x12-parser and plain splitting of the same text, in turns within one run.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { X12parser } from 'x12-parser'
import { collectWarnings, readEra } from '#core/x12/era-read.ts'
import { eraFile } from '#host/demo/era-file.ts'
import { textPieces } from '#host/remittance/era/text-pieces.ts'
import { median, ms, table } from './figures.ts'

const CLAIMS = 10_000
const TURNS = 15
const BUDGET = 0.35
const LARGE_MB = 100

/** Claims of two lines, as payers send them: contract cut, coinsurance, dates, our line ids, the allowed amount. */
function remittance(): string {
  const line = { charge: 850, paid: 480.4, cas: ['CO:45:249.6', 'PR:2:120'], on: '2026-11-03', allowed: 600.4 }
  const claims = Array.from({ length: CLAIMS }, (_, at) => ({
    number: `C${at}`,
    payerNumber: `2026110${at}`,
    memberId: `M${at}`,
    lines: [
      { ...line, id: `L${at}A` },
      { ...line, code: 'D2740', id: `L${at}B` },
    ],
  }))
  return eraFile({ trace: 'T1', claims })
}

/** Reads text piece by piece, keeping nothing; `look` is called at every 50,000th claim. @returns how many claims */
function readAll(text: string, look = () => {}): number {
  let claims = 0
  for (const event of readEra(textPieces(text), collectWarnings().warn)) {
    if (event.type === 'claim' && ++claims % 50_000 === 0) look()
  }
  return claims
}
/** Segments and elements by `split`, and nothing more: what any reading of the text costs at least. */
function splitPlainly(text: string): number {
  let elements = 0
  for (const segment of text.split('~')) elements += segment.split('*').length
  return elements
}
/** The npm package x12-parser, which cuts segments and elements and leaves their meaning to its user. */
async function parse(text: string): Promise<number> {
  const parser = new X12parser()
  let segments = 0
  parser.on('data', () => (segments += 1))
  const ended = new Promise((resolve) => parser.on('end', resolve))
  for (const piece of textPieces(text)) parser.write(piece)
  parser.end()
  await ended
  return segments
}

/** Milliseconds of this process, whatever else the machine does. */
async function cpu(run: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
async function compare(text: string) {
  const took = { plain: [] as number[], ours: [] as number[], other: [] as number[] }
  for (let turn = 0; turn < TURNS + 3; turn += 1) {
    const plain = await cpu(() => splitPlainly(text))
    const ours = await cpu(() => readAll(text))
    const other = await cpu(() => parse(text))
    // The first turns warm up.
    if (turn < 3) continue
    took.plain.push(plain)
    took.ours.push(ours)
    took.other.push(other)
  }
  const ratioTo = (others: readonly number[]) => took.plain.map((one, at) => one / others[at]!)
  return {
    megabytes: text.length / 1e6,
    ours: median(took.ours),
    ratio: ratioTo(took.ours),
    other: ratioTo(took.other),
  }
}

function ratioWords(ratios: readonly number[]): string {
  const range = [Math.min(...ratios), Math.max(...ratios)].map((one) => one.toFixed(2)).join('–')
  return `${median(ratios).toFixed(2)} (${range})`
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
function liveMegabytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1e6
}

/** Ratios to plain splitting with and without line breaks, and the memory that a large file takes. */
export async function benchEraReading(): Promise<string> {
  const broken = remittance()
  const texts: [string, string][] = [
    ['with line breaks', broken],
    ['without', broken.replaceAll('\n', '')],
  ]
  const rows: string[][] = []
  for (const [name, text] of texts) {
    const { megabytes, ours, ratio, other } = await compare(text)
    const isKept = median(ratio) >= BUDGET && median(ratio) > median(other)
    rows.push([
      `${name}, ${megabytes.toFixed(1)} MB`,
      `${ratioWords(ratio)}, budget ${BUDGET}: ${isKept ? 'kept' : 'missed'}`,
      ratioWords(other),
      ms((megabytes / ours) * 1000),
    ])
  }
  const large = broken.repeat(Math.ceil((LARGE_MB * 1e6) / broken.length))
  // Read once before: a repeated text is laid out in memory by its first reader.
  readAll(large)
  const before = liveMegabytes()
  let most = before
  const claims = readAll(large, () => {
    most = Math.max(most, liveMegabytes())
  })
  return [
    table(['reading an 835: splitting the same text ÷', 'Claimwright', 'x12-parser', 'Claimwright, MB/s'], rows),
    `Median (range) of ${TURNS} turns, processor time. Reading ${LARGE_MB} MB with ${claims.toLocaleString('en-US')} claims
held ${ms(Math.max(0, most - before))} MB beyond the text at most.`,
  ].join('\n\n')
}
