// A hostile page in the real Electron (security.md A3, A8): nothing of Node, no network, no navigation, no unlisted route.
import { createSocket } from 'node:dgram'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { readKeyring, unwrapKey } from '#db/keyring.ts'
import { countIn } from '#test/faults/count-in.ts'
import { launchApp } from '../pages/app.ts'
import { expectAccessible } from '../pages/axe.ts'
import { OWNER, setUpOffice } from '../pages/office.ts'

test('A8: the page reaches nothing but the listed routes', async () => {
  const app = await launchApp()
  const { page } = app
  await expectAccessible(page)
  const found = await page.evaluate(async () => {
    const bridge = window.claimwright!
    const refused = async (work: () => Promise<unknown>) =>
      work().then(
        () => false,
        () => true,
      )
    return {
      node: [
        typeof (globalThis as { require?: unknown }).require,
        typeof (globalThis as { process?: unknown }).process,
      ],
      bridge: Object.keys(bridge).sort(),
      frozen: Object.isFrozen(bridge),
      unlisted: await bridge.call('db.exec', { sql: 'select 1' }),
      polluted: await bridge.call('__proto__', {}),
      locked: await bridge.call('patient.list', {}),
      file: await refused(() => fetch('file:///etc/passwd')),
      http: await refused(() => fetch('http://127.0.0.1:9/')),
      window: window.open('https://example.com') === null,
      permission: (await navigator.permissions.query({ name: 'notifications' })).state,
    }
  })
  expect(found).toMatchObject({
    node: ['undefined', 'undefined'],
    bridge: ['call', 'on'],
    frozen: true,
    unlisted: { ok: false, error: { code: 'UNKNOWN_ROUTE' } },
    polluted: { ok: false },
    locked: { ok: false, error: { code: 'LOCKED' } },
    file: true,
    http: true,
    window: true,
    permission: 'denied',
  })
  expect(await page.title()).toBe('Claimwright')
  // Playwright would wait for a navigation that never comes: the page itself is asked.
  const stayed = await app.app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    await webContents.executeJavaScript("void (location.href = 'https://example.com/')")
    return webContents.getURL()
  })
  expect(stayed).toContain('app://claimwright/')
  await app.close()
})

test('every window, page and permission of the built app has exactly these settings', async () => {
  const app = await launchApp()
  // Electron tells some of them; test/main/security.test.ts holds them all.
  const windows = await app.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      (webContents as { getLastWebPreferences?: () => object | null }).getLastWebPreferences?.(),
    ),
  )
  expect(windows).toEqual([
    expect.objectContaining({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    }),
  ])
  const page = await app.page.evaluate(async () => {
    const { headers } = await fetch('/index.html')
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'screen-wake-lock']
    const states = names.map((name) => navigator.permissions.query({ name: name as PermissionName }))
    return {
      policy: headers.get('content-security-policy')?.replace(/nonce-[\w-]+/, 'nonce-…'),
      sniff: headers.get('x-content-type-options'),
      referrer: headers.get('referrer-policy'),
      cache: headers.get('cache-control'),
      permissions: [...new Set((await Promise.all(states)).map((status) => status.state))],
    }
  })
  expect(page).toEqual({
    policy: [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-…'",
      "img-src 'self' blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
    ].join('; '),
    sniff: 'nosniff',
    referrer: 'no-referrer',
    cache: 'no-store',
    permissions: ['denied'],
  })
  await app.close()
})

// Both were open once: a call between pages reached the network, asking for a USB device ended the app.
test('A8: no call between pages leaves the app, and no device can be asked for', async () => {
  const app = await launchApp()
  const heard = createSocket('udp4')
  let packets = 0
  heard.on('message', () => (packets += 1))
  await new Promise<void>((ready) => heard.bind(0, '127.0.0.1', ready))
  const found = await app.page.evaluate(async (port) => {
    const call = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] })
    call.createDataChannel('any')
    const ended = new Promise<void>((resolve) => {
      call.addEventListener('icegatheringstatechange', () => call.iceGatheringState === 'complete' && resolve())
    })
    const ways: string[] = []
    call.addEventListener('icecandidate', ({ candidate }) => candidate && ways.push(candidate.candidate))
    await call.setLocalDescription(await call.createOffer())
    await ended
    call.close()
    const devices = ['usb', 'hid', 'serial', 'bluetooth', 'xr'].filter((name) => name in navigator)
    return { ways, devices, idle: 'IdleDetector' in globalThis, payment: 'PaymentRequest' in globalThis }
  }, heard.address().port)
  expect(found).toEqual({ ways: [], devices: [], idle: false, payment: false })
  expect(packets).toBe(0)
  await new Promise<void>((closed) => heard.close(() => closed()))
  await app.close()
})

// The page travels without COOP, which made a second process at every start: a lock must end the process all the same.
test('S2: a lock ends the process of the page, and what lies in its memory', async () => {
  const app = await launchApp()
  const processOf = () =>
    app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId())
  const keys = await setUpOffice(app)
  const before = await processOf()
  await keys.key('Control+l')
  await expect(app.page.locator('input[type=password]').first()).toBeVisible()
  await expect.poll(processOf).not.toBe(before)
  const ended = () => {
    try {
      return process.kill(before, 0) ? 'alive' : ''
    } catch (error) {
      return (error as NodeJS.ErrnoException).code
    }
  }
  // The system takes its moment to end a process, a longer one on a busy machine.
  await expect.poll(ended).toBe('ESRCH')
  await app.close()
})

/** How often each text lies in the memory of a process; what may not be read there holds none. */
function countInMemory(pid: number, needles: Record<string, Buffer[]>): Record<string, number> {
  const counts = Object.fromEntries(Object.keys(needles).map((name) => [name, 0]))
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const area = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
    if (!area) continue
    const [from, to] = [parseInt(area[1]!, 16), parseInt(area[2]!, 16)]
    const part = Buffer.alloc(1 << 24)
    // The parts overlap, so that nothing is cut in two; what is found twice is none the less there.
    for (let at = from; at < to; at += part.length - 256) {
      let read = 0
      try {
        read = readSync(memory, part, 0, Math.min(part.length, to - at), at)
      } catch {
        break
      }
      for (const [name, of] of Object.entries(needles)) counts[name]! += countIn(part.subarray(0, read), of)
      if (to - at <= part.length) break
    }
  }
  closeSync(memory)
  return counts
}

// JavaScript cannot wipe a text: what the data process held goes with it, and another one takes its place before anybody signs in.
test('S2: a lock replaces the data process; no key is left in any, and what is left as text is counted', async () => {
  const PATIENT = 'Zzresiduefield'
  const app = await launchApp()
  const { page } = app
  const keys = await setUpOffice(app)
  const say = (route: string, input: unknown) =>
    page.evaluate(([to, given]) => window.claimwright!.call(to as string, given), [route, input])
  const address = { street: PATIENT, city: 'Springfield', state: 'IL', zip: '62701' }
  const patient = { lastName: PATIENT, firstName: 'Robin', birthDate: '2016-04-12', gender: 'F', address }
  expect(await say('patient.add', { patient })).toMatchObject({ ok: true })
  for (let times = 0; times < 20; times += 1) await say('patient.list', { text: PATIENT.slice(0, 5) })
  await say('backup.create', {})
  const { slots } = readKeyring(join(app.dataDir, 'keyring.json'))
  const key = (await unwrapKey(slots[0]!.wrapped, OWNER.password, slots[0]!.id))!
  const texts = (text: string) => [Buffer.from(text), Buffer.from(text, 'utf16le')]
  const needles = {
    key: [key],
    'hexadecimal key': texts(key.toString('hex')),
    password: texts(OWNER.password),
    patient: texts(PATIENT),
  }
  const { pid: main } = app.app.process()
  const hosts = () =>
    app.app.evaluate(({ app: electron }) =>
      electron.getAppMetrics().flatMap(({ name, pid }) => (name === 'Claimwright data' ? [pid] : [])),
    )
  const [before] = await hosts()
  const open = countInMemory(before!, needles)
  expect(open.key! + open['hexadecimal key']!, 'the key is found while it is open').toBeGreaterThan(0)
  expect(open.patient).toBeGreaterThan(0)
  await keys.key('Control+l')
  await expect(page.locator('input[type=password]').first()).toBeVisible()
  await expect.poll(hosts).not.toContain(before)
  const [after] = await hosts()
  const left = { host: countInMemory(after!, needles), main: countInMemory(main!, needles) }
  expect(left.host).toEqual({ key: 0, 'hexadecimal key': 0, password: 0, patient: 0 })
  expect(left.main).toMatchObject({ key: 0, 'hexadecimal key': 0 })
  const words = Object.entries(left.main).map(([name, count]) => `${name} ${count}`)
  test.info().annotations.push({ type: 'figure', description: `left in main after a lock: ${words.join(', ')}` })
  // Who signs in meets a process that works.
  await keys.type(OWNER.password)
  await keys.key('Enter')
  await expect(page.getByRole('button', { name: /New case/ }).first()).toBeVisible()
  await app.close()
})

// The slot of a PIN lies in main: the page and the data process that were there when it was chosen are not asked.
test('two people switch by PIN; the third wrong one ends it, and the password is asked for', async () => {
  const app = await launchApp()
  const { page } = app
  const keys = await setUpOffice(app)
  const say = (route: string, input: unknown) =>
    page.evaluate(([to, given]) => window.claimwright!.call(to as string, given), [route, input])
  const ben = { name: 'Ben', password: 'another quiet pair of words' }
  expect(await say('user.add', { ...ben, role: 'front_desk' })).toMatchObject({ ok: true })
  await page.keyboard.press('Control+0')
  await keys.fill('PIN for today', '123456')
  await keys.fill('Your password, for the PIN', OWNER.password)
  await keys.key('Enter')
  await expect(page.getByText('This PIN is easy to guess. Use digits without a pattern.')).toBeVisible()
  await keys.fill('PIN for today', '482913')
  await keys.key('Enter')
  await keys.sees('Saved: the lock screen takes it until midnight')
  await expectAccessible(page)

  const lock = async () => {
    await keys.key('Control+l')
    await expect(page.getByRole('radiogroup', { name: 'Person' })).toBeVisible()
  }
  const signedIn = (name: string) => expect(page.getByRole('button', { name, exact: true })).toBeVisible()
  await lock()
  await page.getByRole('radio', { name: 'Ben' }).click()
  await expect(page.getByLabel('Password of Ben')).toBeFocused()
  await keys.type(ben.password)
  await keys.key('Enter')
  await signedIn('Ben')
  expect(await say('session.setPin', { password: ben.password, pin: '719364' })).toMatchObject({ ok: true })
  await lock()
  await expect(page.getByLabel('PIN of Ben')).toBeFocused()
  await expectAccessible(page)
  await keys.key('Alt+1')
  await expect(page.getByLabel('PIN of Ana')).toBeFocused()
  await keys.type('482913')
  await keys.key('Enter')
  await signedIn('Ana')

  await lock()
  await keys.key('Alt+2')
  for (const words of ['2 tries left', '1 try left', 'It has ended: type the password.']) {
    await keys.type('555444')
    await keys.key('Enter')
    await expect(page.getByText(`This PIN is not right. ${words}`, { exact: false })).toBeVisible()
  }
  await expect(page.getByLabel('Password of Ben')).toBeFocused()
  await keys.type(ben.password)
  await keys.key('Enter')
  await signedIn('Ben')
  await app.close()
})
