// Identifiers: rows of one moment keep their order.
import { expect, it } from 'vitest'
import { uuidv7 } from '#host/kernel/ids.ts'

it('ten thousand made as fast as can be are distinct and in order, and are version 7', () => {
  const ids = Array.from({ length: 10_000 }, uuidv7)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
