// A3: whoever is not the top frame of our own page gets nothing, whatever it asks.
import { beforeEach, expect, it, vi } from 'vitest'

type Handler = (event: unknown, route: unknown, input: unknown) => Promise<{ ok: boolean; error?: { code: string } }>
const ipc = vi.hoisted(() => ({ handlers: new Map<string, unknown>() }))
vi.mock('electron', () => ({
  app: { isPackaged: true },
  protocol: {},
  ipcMain: { handle: (name: string, handler: unknown) => ipc.handlers.set(name, handler) },
}))
const { startRelay } = await import('#main/relay.ts')
const { PAGE } = await import('#main/security.ts')

const host = vi.fn<(route: string, input: unknown) => Promise<unknown>>(async () => ({ ok: true, data: {} }))
let call: Handler
beforeEach(() => {
  host.mockClear()
  startRelay({ host } as never)
  call = ipc.handlers.get('call') as Handler
})
const ours = { url: `${PAGE}#/today` }
const from = (senderFrame: unknown, mainFrame: unknown = ours) => ({ senderFrame, sender: { mainFrame } })

it('A3: our own page is passed on', async () => {
  expect(await call(from(ours), 'patient.list', {})).toMatchObject({ ok: true })
  expect(host).toHaveBeenCalledWith('patient.list', {})
})
const other = (url: string): [string, unknown] => [url, from({ url }, undefined)]
it.each<[string, unknown]>([
  ['a frame that is gone', from(null)],
  ['a frame inside our page', from({ url: PAGE })],
  ...[
    'https://example.com/',
    'app://empty/',
    'app://claimwright.evil/index.html',
    `${PAGE}.evil`,
    'app://claimwright/other.html',
    'file:///index.html',
    'about:blank',
    '',
  ].map(other),
])('A3: %s is refused', async (_, event) => {
  const frame = event as { senderFrame: unknown; sender: { mainFrame: unknown } }
  // Each of these is the top frame of its own window, and still not our page.
  if (frame.sender.mainFrame === undefined) frame.sender.mainFrame = frame.senderFrame
  expect(await call(event, 'patient.list', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  expect(host).not.toHaveBeenCalled()
})
it.each([[null], [7], [{}], [['patient.list']], ['x'.repeat(61)]])(
  'A1: a route that is %j is refused',
  async (route) => {
    expect(await call(from(ours), route, {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(host).not.toHaveBeenCalled()
  },
)
it('A1: more than a page may send is refused before it is passed on', async () => {
  const input = { content: new Uint8Array(97 * 1024 * 1024) }
  expect(await call(from(ours), 'attachment.add', input)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  expect(host).not.toHaveBeenCalled()
})
