// SQL has one home in each slice: a query written elsewhere is one that nobody finds (ADR 0010).
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** The trail and pages of the kernel, and the session, which opens the file itself. */
const ELSEWHERE = /^(kernel\/(audit|paging)\.ts|session\/)/

it('no slice of the host writes SQL outside its rows files', () => {
  const files = readdirSync('host', { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('rows.ts') && !ELSEWHERE.test(file))
  const astray = sources.filter((file) =>
    /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(readFileSync(`host/${file}`, 'utf8')),
  )
  expect(sources.length).toBeGreaterThan(50)
  expect(astray).toEqual([])
})
