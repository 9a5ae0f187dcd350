// What stands beside the clock: a count and no more, nothing after a lock, nothing where there is no such place.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const made = vi.hoisted(() => ({
  tips: [] as string[],
  fails: false,
  login: { openAtLogin: false },
  isPackaged: true,
}))
vi.mock('electron', () => ({
  Tray: class {
    constructor() {
      if (made.fails) throw new Error('no tray')
    }
    setContextMenu() {}
    on() {}
    setToolTip(text: string) {
      made.tips.push(text)
    }
  },
  Menu: { buildFromTemplate: () => ({}) },
  nativeImage: { createFromPath: () => ({}) },
  app: {
    get isPackaged() {
      return made.isPackaged
    },
    getLoginItemSettings: () => made.login,
    setLoginItemSettings: (next: { openAtLogin: boolean }) => void (made.login = next),
  },
}))
const { showTray } = await import('#main/tray.ts')
const { opensAtSignIn, setOpensAtSignIn } = await import('#main/startup.ts')

beforeEach(() => {
  vi.useFakeTimers()
  made.tips.length = 0
  made.fails = false
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const asked: string[] = []
const show = (counts: { overdue: number } | null) =>
  showTray({
    dist: '/dist',
    host: async (route) => {
      asked.push(route)
      return counts
        ? { ok: true, data: { counts, rows: [{ patient: 'Sample, Sam' }] } }
        : { ok: false, error: { code: 'LOCKED', message: '', details: {} } }
    },
    open: () => {},
    quit: () => {},
  })

it('says how much is late once it is signed in, asks once for many changes, and forgets it at the lock', async () => {
  const hear = show({ overdue: 3 })!
  for (let times = 0; times < 20; times += 1) hear({ type: 'changed', topics: ['task'] })
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toEqual(['today.list'])
  hear({ type: 'locked', reason: 'idle' })
  expect(made.tips).toEqual(['Claimwright', 'Claimwright: 3 late', 'Claimwright'])
})
it('says nothing when nothing is late, or nobody is signed in', async () => {
  for (const counts of [{ overdue: 0 }, null]) show(counts)!({ type: 'changed', topics: ['task'] })
  await vi.advanceTimersByTimeAsync(5000)
  expect(new Set(made.tips)).toEqual(new Set(['Claimwright']))
})
it('a system without such a place goes without', () => {
  made.fails = true
  expect(show({ overdue: 3 })).toBeNull()
})
it('opening at sign-in is known on Windows, and never set for a copy that runs from its sources', () => {
  const on = (platform: string) => vi.stubGlobal('process', { ...process, platform })
  on('linux')
  expect(opensAtSignIn()).toBeNull()
  on('win32')
  setOpensAtSignIn(true)
  expect(opensAtSignIn()).toBe(true)
  made.isPackaged = false
  setOpensAtSignIn(false)
  made.isPackaged = true
  expect(opensAtSignIn()).toBe(true)
})
