// SQL has one home in each slice: a query written elsewhere is one that nobody finds (ADR 0010).
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** What the kernel itself keeps and pages through; many invented rows at once. */
const ELSEWHERE = /^(kernel\/(audit|audit-head|paging|versioned)|demo\/bulk)\.ts$/
const QUERY = /\.(selectFrom|insertInto|updateTable|deleteFrom|prepare)\(|\bsql`/

it('no slice of the host writes SQL outside its rows files', () => {
  const files = readdirSync('host', { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('rows.ts') && !ELSEWHERE.test(file))
  const astray = sources.filter((file) => QUERY.test(readFileSync(`host/${file}`, 'utf8')))
  expect(sources.length).toBeGreaterThan(50)
  expect(astray).toEqual([])
})
