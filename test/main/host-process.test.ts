// How the shell ends the data process, by a clock that stands in for hours. Electron's part is a process that only listens.
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HostProcess } from '#main/host-process.ts'

class Child extends EventEmitter {
  readonly received: unknown[] = []
  readonly kill = vi.fn<() => boolean>(() => this.emit('exit', 0))
  postMessage(message: unknown): void {
    this.received.push(message)
  }
}
let child: Child
vi.mock('electron', () => ({ app: { isPackaged: true }, utilityProcess: { fork: () => (child = new Child()) } }))

const HOUR = 3_600_000
let host: HostProcess
let closed: boolean
let told: unknown[]
beforeEach(() => {
  vi.useFakeTimers()
  told = []
  const listeners = { event: (event: unknown) => void told.push(event), stopped: () => void told.push('stopped') }
  host = new HostProcess('entry', { dataDir: '', assetsDir: '', appVersion: '', logDir: '' }, listeners)
  child.emit('message', { ready: true })
  closed = false
})
afterEach(() => void vi.useRealTimers())
const close = () => void host.close().then(() => (closed = true))
const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

// Bug: it ended the data process after ten seconds, in the middle of the closing backup.
it('waits for the closing backup for hours, and ends the process once that has closed', async () => {
  close()
  expect(child.received).toContain('close')
  await later(24 * HOUR)
  expect(closed).toBe(false)
  expect(child.kill).not.toHaveBeenCalled()
  child.emit('message', { event: { type: 'closing', step: 'copy' } })
  await later(24 * HOUR)
  expect(closed).toBe(false)
  child.emit('message', { closed: true })
  await later(0)
  expect(closed).toBe(true)
  expect(child.kill).toHaveBeenCalledOnce()
})
it('does not wait for a process that died, and starts none in its place', async () => {
  const first = child
  close()
  child.emit('exit', 1)
  await later(0)
  expect(closed).toBe(true)
  expect(child).toBe(first)
})
it('a person who does not want to wait ends it', async () => {
  close()
  host.stop()
  await later(0)
  expect(closed).toBe(true)
})
it('answers who still waits when the process ends', async () => {
  const answer = host.call('session.status', {})
  await later(0)
  host.stop()
  expect(await answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
})

// What passed through the data process lies in its memory: after a lock another one takes its place, unless somebody was quicker.
it('puts another process in the place of one that locked, once nobody waits for its answer; nobody is told of a crash', async () => {
  const first = child
  const answer = host.call('session.status', {})
  await later(0)
  first.emit('message', { spent: true })
  expect(first.received, 'somebody waits').not.toContain('retire')
  first.emit('message', { id: 1, reply: { ok: true, data: {} } })
  await answer
  expect(first.received).toContain('retire')
  const next = host.call('session.signIn', {})
  await later(0)
  expect(first.received.at(-1), 'it is asked nothing any more').toBe('retire')
  first.emit('message', { retires: true })
  expect(first.kill).toHaveBeenCalledOnce()
  expect(child).not.toBe(first)
  child.emit('message', { ready: true })
  await later(0)
  expect(child.received).toContainEqual({ id: 2, route: 'session.signIn', input: {} })
  child.emit('message', { id: 2, reply: { ok: true, data: {} } })
  expect(await next).toMatchObject({ ok: true })
  expect(told).toEqual([])
})
it('stays with a process in which somebody signed in before it could go', async () => {
  const first = child
  first.emit('message', { spent: true })
  const next = host.call('session.status', {})
  await later(0)
  first.emit('message', { retires: false })
  await later(0)
  expect(child).toBe(first)
  expect(first.received).toContainEqual({ id: 1, route: 'session.status', input: {} })
  first.emit('message', { id: 1, reply: { ok: true, data: {} } })
  expect(await next).toMatchObject({ ok: true })
})

// The data process ends with each lock or crash: PINs of the day must be held by this one, in memory, until midnight.
it('holds the PINs of today for a host that asks, until midnight', async () => {
  const answerTo = async (verb: string, ...given: unknown[]) => {
    child.emit('message', { pins: { id: 7, verb, given } })
    await later(0)
    return child.received.at(-1)
  }
  const slot = { userId: 'a', vaultId: 'office', day: '2026-11-23', bytes: Buffer.alloc(32, 1), sealed: {} }
  await answerTo('keep', slot)
  slot.bytes.fill(0)
  const first = child
  child.emit('exit', 1)
  await later(0)
  expect(child, 'another process asks').not.toBe(first)
  expect(await answerTo('people', 'office', '2026-11-23')).toEqual({ pins: 7, answer: ['a'] })
  const bytes = new Uint8Array(32).fill(1)
  expect(await answerTo('use', 'a', '2026-11-23')).toMatchObject({ answer: { left: 2, slot: { bytes } } })
  await later(24 * HOUR)
  expect(await answerTo('use', 'a', '2026-11-23'), 'whatever day is asked for').toEqual({ pins: 7, answer: null })
})
