// Every setting of a window, word for word: a new one, or one less, is looked at by somebody.
import { expect, it, vi } from 'vitest'

const app = vi.hoisted(() => ({ isPackaged: true }))
vi.mock('electron', () => ({ app, protocol: {} }))
const { pageAddresses, webPreferences } = await import('#main/security.ts')

it('a window of the installed app is a sandboxed page without developer tools or devices', () => {
  expect(webPreferences('preload.cjs')).toEqual({
    preload: 'preload.cjs',
    partition: 'app',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    disableBlinkFeatures: 'WebUSB,WebHID,Serial,WebBluetooth,WebXR,IdleDetection,PaymentRequest',
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  })
})
it('its page asks for nothing but its own files', () => {
  const allowed = ['app://claimwright/index.html', 'blob:app://claimwright/1', 'app://empty/']
  const refused = [
    'https://example.com/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'devtools://devtools/x',
    'app://claimwright.evil/x',
    'blob:https://claimwright/1',
    'ws://claimwright/',
    'data:text/html,x',
  ]
  expect(allowed.filter((url) => !pageAddresses().test(url))).toEqual([])
  expect(refused.filter((url) => pageAddresses().test(url))).toEqual([])
})
