// docs/coverage.md against the tests: every front-desk row has a test that carries its number, or a reason why not.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROWS = 48
interface Row {
  number: number
  tests: { file: string; name: string }[]
  reason: string
}

/** The rows of the document in its order; a line that is neither row, test nor reason belongs to the one above. */
function readRows(text: string): Row[] {
  return text
    .split(/^- \*\*(?=\d)/m)
    .slice(1)
    .map((block) => ({
      number: Number.parseInt(block, 10),
      tests: [...block.matchAll(/^ {2}- `(test\/\S+)` (.+)$/gm)].map(([, file, name]) => ({
        file: file!,
        name: name!,
      })),
      reason: /^ {2}- \*\*Not yet built\*\*: (.+)$/m.exec(block)?.[1] ?? '',
    }))
}

/** `row 12: …` is 12; `rows 23, 29–31: …` are 23, 29, 30, 31; any other name has none. */
function rowsOf(name: string): number[] {
  const list = /^rows? ([\d, –-]+):/.exec(name)?.[1]
  if (!list) return []
  return list.split(',').flatMap((part) => {
    const [first, last] = part.split(/[–-]/).map(Number)
    return Array.from({ length: (last ?? first!) - first! + 1 }, (_, at) => first! + at)
  })
}

/** Names of tests and groups in a file that run: what is skipped proves nothing. */
function namesIn(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/(?:\b(?:it|test|describe)|\))\((['"`])(rows? .+?)\1,/g)].map(([, , name]) => name!)
}

const rows = readRows(readFileSync('docs/coverage.md', 'utf8'))
const testFiles = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(test|spec)\.tsx?$/.test(file))
  .map((file) => join('test', file).replaceAll('\\', '/'))

describe('docs/coverage.md', () => {
  it('holds each row once, in order: a row that is dropped would be forgotten', () => {
    expect(rows.map((row) => row.number)).toEqual(Array.from({ length: ROWS }, (_, at) => at + 1))
  })
  it.each(rows)('row $number has a test named after it, or a reason', ({ number, tests, reason }) => {
    expect(tests.length > 0 || reason.length > 30, 'neither test nor reason').toBe(true)
    for (const { file, name } of tests) {
      expect(existsSync(file), file).toBe(true)
      expect(namesIn(file), file).toContain(name)
      expect(rowsOf(name), name).toContain(number)
    }
  })
  // A case whose test is renamed or dropped would look proved for ever.
  it('each case handed in names a test that exists', () => {
    const [, handed] = readFileSync('docs/coverage.md', 'utf8').split('## Cases handed in')
    const cases = [...handed!.matchAll(/^\| (\S[^|]*?) +\| .+? \| `(test\/\S+)` (.+?) *\|$/gm)]
    expect(cases.length).toBeGreaterThan(80)
    const lost = cases.filter(([, , file, name]) => !readFileSync(file!, 'utf8').includes(name!))
    expect(lost.map(([, id, file]) => `${id} ${file}`)).toEqual([])
    expect(new Set(cases.map(([, id]) => id)).size).toBe(cases.length)
  })
  it('each sentence of the seed text names a test that exists', () => {
    const [, after] = readFileSync('docs/coverage.md', 'utf8').split('## The seed text')
    const [table] = after!.split('\n## ')
    const sentences = [...table!.matchAll(/^\| (“[^|]*?) +\| .+? \| `(test\/\S+)` (.+?) *\|$/gm)]
    expect(sentences.length).toBe(table!.split('\n').filter((line) => line.startsWith('| “')).length)
    expect(sentences.length).toBeGreaterThan(45)
    const lost = sentences.filter(([, , file, name]) => !readFileSync(file!, 'utf8').includes(name!))
    expect(lost.map(([, sentence, file]) => `${sentence} ${file}`)).toEqual([])
  })
  it('no test claims a row that does not exist', () => {
    const claimed = testFiles.flatMap((file) => namesIn(file).flatMap(rowsOf))
    expect(claimed.filter((number) => number < 1 || number > ROWS)).toEqual([])
    expect(new Set(claimed).size).toBeGreaterThan(40)
  })
})
