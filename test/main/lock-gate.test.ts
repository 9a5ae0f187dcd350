// Bug: the window that locked first took the session from the others before they had saved what was typed there.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lockGate } from '#main/lock-gate.ts'

const lock = vi.fn<(input: unknown) => Promise<{ ok: true; data: object }>>(async () => ({ ok: true, data: {} }))
const tellOthers = vi.fn<(but: number) => void>()
let pages: number[] = []
const gate = () => lockGate({ pages: () => pages, tellOthers, lock, patienceMs: 1500 })
beforeEach(() => {
  vi.useFakeTimers()
  lock.mockClear()
  tellOthers.mockClear()
})
afterEach(() => vi.useRealTimers())

it('one window locks at once', async () => {
  pages = [1]
  expect(await gate()(1, { reason: 'user' })).toEqual({ ok: true, data: {} })
})
it('the session ends when every window has saved, by the first one’s reason, once', async () => {
  pages = [1, 2]
  const ask = gate()
  const first = ask(1, { reason: 'user' })
  await vi.advanceTimersByTimeAsync(100)
  expect(tellOthers).toHaveBeenCalledWith(1)
  expect(lock).not.toHaveBeenCalled()
  const second = ask(2, { reason: 'system' })
  expect(await first).toEqual(await second)
  expect(lock.mock.calls).toEqual([[{ reason: 'user' }]])
})
it('a window that hangs is not waited for; one that closed meanwhile neither; the next lock asks anew', async () => {
  pages = [1, 2]
  const ask = gate()
  const hung = ask(1, {})
  await vi.advanceTimersByTimeAsync(1500)
  await hung
  const closing = ask(1, {})
  pages = [1]
  await vi.advanceTimersByTimeAsync(1500)
  await closing
  expect(lock).toHaveBeenCalledTimes(2)
})
