// What a page should never send: refused in words, never a failure of ours.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { contract, type RouteName } from '#core/contract/index.ts'
import { createD3353 } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeAll(async () => {
  test = await openTestHost()
  await createD3353(test)
})
afterAll(() => test.close())

const answerOf = async (name: RouteName, input: unknown) => {
  const reply = await test.host.call(name, input)
  return reply.ok ? 'ok' : reply.error.code
}

const CURSORS = ['', ' ', '|', 'x', 'a b', 'a|b|c', '\0', '2026-13-99 x', '[1]', 'null', '9e99', '-1', '%00', '’']
const PAGED = (Object.keys(contract) as RouteName[]).filter((name) => {
  const { input } = contract[name]
  return input instanceof z.ZodObject && 'after' in input.shape
})
describe('a place in a list that is none', () => {
  it.each(PAGED)('%s', async (name) => {
    for (const after of CURSORS) expect(['ok', 'INVALID_INPUT']).toContain(await answerOf(name, { after }))
  })
})

describe('values without an end', () => {
  it('a value that holds itself is refused', async () => {
    const value: Record<string, unknown> = {}
    value['self'] = value
    expect(await answerOf('draft.save', { scope: 'any', value })).toBe('INVALID_INPUT')
    expect(await answerOf('patient.list', value)).toBe('INVALID_INPUT')
  })
  it('so is one nested beyond what can be read', async () => {
    let value: unknown = 1
    for (let depth = 0; depth < 100_000; depth += 1) value = { value }
    expect(await answerOf('draft.save', { scope: 'any', value })).toBe('INVALID_INPUT')
  })
})
