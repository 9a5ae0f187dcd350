// The step of the journey that updates: a server in the office's network, an AppImage that is a small launcher, refusals, the higher version.
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { UPDATE_REFUSALS } from '#core/update/refusals.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { signIn } from '../pages/office.ts'
import { attachTo, type Desk, give, startPackaged } from './packaged.ts'

const out = process.env['CLAIMWRIGHT_ADOPT']!
const NEXT = '0.3.0'
const FILE = `Claimwright-${NEXT}-linux-x64.AppImage`

/** What stands for an AppImage: a script that starts an unpacked package and says so. */
function launcher(desk: Desk, packed: 'app' | 'next'): string {
  const said = join(desk.folder, packed)
  const options = `--data "${desk.dataDir}" --remote-debugging-port=0 --force-device-scale-factor=1`
  return `#!/bin/sh\necho $$ > "${said}.pid"\nexec "${out}/${packed}/linux-unpacked/claimwright" ${options} 2> "${said}.log"\n`
}

interface Release {
  version?: string
  content: string
  /** What the yml says of it, where that is not true. */
  named?: string
  signedBy: KeyObject | null
}

/** Refused, refused, refused, refused; then updated, with the data intact. */
export async function updates(desk: Desk): Promise<void> {
  const makers = createPrivateKey(readFileSync(join(out, 'makers.pem')))
  const folder = join(desk.folder, 'updates')
  mkdirSync(folder)
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    const path = join(folder, request.url!)
    if (existsSync(path)) response.end(readFileSync(path))
    else response.writeHead(404).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(server.address() as { port: number }).port}/`
  const publish = ({ version = NEXT, content, named = content, signedBy }: Release) => {
    const sum = createHash('sha512').update(named).digest('base64')
    const yml = `version: ${version}\nfiles:\n  - url: ${FILE}\n    sha512: ${sum}\n    size: ${content.length}\nreleaseNotes: |-\n  Lists open <b>faster</b>.\n`
    writeFileSync(join(folder, 'latest-linux.yml'), yml)
    writeFileSync(join(folder, FILE), content)
    const signature = signedBy ? sign(null, Buffer.from(yml), signedBy).toString('base64') : ''
    writeFileSync(join(folder, 'latest-linux.yml.sig'), `${signature}\n`)
  }
  const good: Release = { content: launcher(desk, 'next'), signedBy: makers }

  const programs = join(desk.folder, 'programs')
  give(programs)
  const appImage = join(programs, 'Claimwright.AppImage')
  writeFileSync(appImage, launcher(desk, 'app'))
  chmodSync(appImage, 0o755)
  give(appImage)

  const app = await startPackaged(desk, join(out, 'app/linux-unpacked/claimwright'), { APPIMAGE: appImage })
  const { page } = app
  const keys = new Keyboard(page)
  await signIn(keys)
  await page.evaluate("location.hash = '#/settings/updates'")
  // Off: nothing can be asked for, and nothing was.
  await expect(page.getByRole('button', { name: 'Check now' })).toBeDisabled()
  expect(asked).toEqual([])
  await page.getByLabel('Look for updates at an address').click()
  await keys.fill('Update address', 'http://8.8.8.8/')
  await keys.press('Save address')
  await keys.sees(/Type an address that begins with/)
  await keys.fill('Update address', address)
  await keys.press('Save address')
  await keys.sees('Updates saved')

  const refusals: [Release, string][] = [
    [{ ...good, signedBy: null }, UPDATE_REFUSALS['wrong-signature']],
    [{ ...good, signedBy: generateKeyPairSync('ed25519').privateKey }, UPDATE_REFUSALS['wrong-signature']],
    [{ ...good, named: good.content.replace('next', 'text') }, UPDATE_REFUSALS.tampered],
    [{ ...good, version: '0.1.0' }, UPDATE_REFUSALS.older],
  ]
  for (const [release, words] of refusals) {
    publish(release)
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(page.getByRole('status').getByText(words)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Install and restart' })).toHaveCount(0)
  }
  publish(good)
  // The page itself reaches nothing, also while updates are on.
  const heard = asked.length
  const reached = await page.evaluate(`fetch('${address}').then(() => true, () => false)`)
  expect([reached, asked.length]).toEqual([false, heard])
  // From a stick: the same files, and nobody is asked.
  const found = await page.evaluate(`claimwright.call('shell.findUpdate', { folder: ${JSON.stringify(folder)} })`)
  expect(found).toEqual({ ok: true, data: { version: NEXT, notes: 'Lists open <b>faster</b>.' } })
  expect(asked).toHaveLength(heard)

  asked.length = 0
  await page.getByRole('button', { name: 'Check now' }).click()
  await keys.sees('Lists open <b>faster</b>.')
  expect(asked).toEqual(['/latest-linux.yml', '/latest-linux.yml.sig', `/${FILE}`])
  expect(readFileSync(appImage, 'utf8')).toBe(launcher(desk, 'app'))
  await page.getByRole('button', { name: 'Install and restart' }).click()
  await page.getByRole('button', { name: 'Back up, install and restart' }).click()

  const log = join(desk.folder, 'next.log')
  const listening = () =>
    existsSync(log) ? (/DevTools listening on (ws:\S+)/.exec(readFileSync(log, 'utf8'))?.[1] ?? '') : ''
  await expect.poll(listening, { timeout: 60_000 }).not.toBe('')
  expect(readFileSync(appImage, 'utf8')).toBe(good.content)
  // What it was asked to reach above, and nothing else.
  expect(app.complaints.filter((one) => !one.startsWith(`Refused to connect to '${address}'`))).toEqual([])
  const next = await attachTo(listening())
  const after = new Keyboard(next.page)
  await signIn(after)
  await after.sees(/Sample, Sam/)
  await next.page.evaluate("location.hash = '#/settings/updates'")
  await after.sees(`This is version ${NEXT}`)
  await next.page.getByRole('button', { name: 'Check now' }).click()
  await after.sees('This is the newest version.')
  const trail = await next.page.evaluate(
    "claimwright.call('audit.list', {}).then(({ data }) => data.rows.map((row) => row.reason))",
  )
  for (const words of [...refusals.map(([, one]) => one), `Installing, after a backup. Version ${NEXT}.`])
    expect(trail).toContain(words)
  const whole = await next.page.evaluate("claimwright.call('audit.verify', {})")
  expect(whole).toMatchObject({ ok: true })
  expect(next.complaints).toEqual([])
  const pid = Number(readFileSync(join(desk.folder, 'next.pid'), 'utf8'))
  await next.page.evaluate('window.close()').catch(() => undefined)
  await expect.poll(() => isRunning(pid)).toBe(false)
  server.close()
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
