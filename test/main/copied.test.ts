// S5: what was copied here does not stay in the clipboard.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const clipboard = vi.hoisted(() => ({
  text: '',
  writeText(text: string) {
    this.text = text
  },
  readText() {
    return this.text
  },
  clear() {
    this.text = ''
  },
}))
vi.mock('electron', () => ({ clipboard }))
const { copy, forgetCopied } = await import('#main/copied.ts')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('S5: a copied text is gone after a minute', async () => {
  copy('M-100')
  await vi.advanceTimersByTimeAsync(59_000)
  expect(clipboard.text).toBe('M-100')
  await vi.advanceTimersByTimeAsync(1000)
  expect(clipboard.text).toBe('')
})
it('S5: and when the app closes', async () => {
  copy('M-100')
  await forgetCopied()
  expect(clipboard.text).toBe('')
})
// Bug: clearing whatever lies there would take what somebody copied in another program.
it('S5: what another program put there stays', async () => {
  copy('M-100')
  clipboard.text = 'of another program'
  await vi.advanceTimersByTimeAsync(60_000)
  expect(clipboard.text).toBe('of another program')
})
it('S5: the minute counts from the last copy', async () => {
  copy('first')
  await vi.advanceTimersByTimeAsync(40_000)
  copy('second')
  await vi.advanceTimersByTimeAsync(40_000)
  expect(clipboard.text).toBe('second')
})
