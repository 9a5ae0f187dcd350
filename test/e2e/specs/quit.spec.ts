// Quitting the real Electron: what was changed is in a verified backup, however long that takes, and nothing hangs.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openChildHost } from '#test/helpers/child-host.ts'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { OWNER, setUpOffice } from '../pages/office.ts'

/** Quits as the menu does, and resolves with the process gone. */
async function quit({ app }: RunningApp): Promise<void> {
  const gone = once(app.process(), 'exit')
  await app.evaluate(({ app: shell }) => setImmediate(() => shell.quit()))
  await gone
}
/** The process that owns the database. */
function hostOf({ app }: RunningApp): number {
  const shell = app.process().pid!
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  const ours = lines.filter((line) => line.includes('node.mojom.NodeService'))
  const host = ours.map((line) => line.trim().split(/\s+/)).find(([, parent]) => descendsFrom(Number(parent), shell))
  return Number(host![0])
}
function descendsFrom(pid: number, ancestor: number): boolean {
  for (let at = pid; at > 1;) {
    if (at === ancestor) return true
    at = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(at)], { encoding: 'utf8' }))
  }
  return false
}
/** Backups with a final name. */
function backupsOf({ dataDir }: RunningApp): string[] {
  const folder = join(dataDir, 'backups')
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.') && name !== 'blobs') : []
}

/** There is one, and it can be restored: a restore checks it end to end. */
async function expectVerified(app: RunningApp): Promise<void> {
  const found = backupsOf(app)
  expect(found).toHaveLength(1)
  const host = openChildHost(app.dataDir)
  const reply = await host.call('backup.restore', { id: found[0]!, secret: OWNER.password })
  await host.kill()
  expect(reply).toMatchObject({ ok: true })
}

test('quit after a change leaves a verified backup', async () => {
  const app = await launchApp()
  await setUpOffice(app)
  expect(backupsOf(app)).toEqual([])
  await quit(app)
  await expectVerified(app)
})

// A thread of the data process writes it, from a bundle of its own: only the built app has that.
test('a large office is backed up while the page goes on asking', async () => {
  const app = await launchApp()
  await setUpOffice(app)
  const answers = await app.page.evaluate(async () => {
    const { call } = window.claimwright!
    for (let index = 0; index < 8; index += 1)
      await call('draft.save', { scope: `large:${index}`, value: `${index}`.repeat(900_000) })
    const making = call('backup.create', {})
    const asked = await call('patient.list', {})
    return { asked, made: await making }
  })
  expect(answers).toMatchObject({ asked: { ok: true }, made: { ok: true, data: { verified: true, reason: 'manual' } } })
  await quit(app)
  await expectVerified(app)
})

test('lock, then quit: the change is in a verified backup (the lock forgot that there was one)', async () => {
  const app = await launchApp()
  const keys = await setUpOffice(app)
  await keys.key('Control+l')
  await expect(app.page.locator('input[type=password]').first()).toBeVisible()
  await quit(app)
  await expectVerified(app)
})

// How long it waits: test/main/host-process.test.ts.
test('the shell says what it waits for, and waits', async () => {
  const app = await launchApp()
  await setUpOffice(app)
  const host = hostOf(app)
  // As a slow disk does: the data process does not get on.
  process.kill(host, 'SIGSTOP')
  const shown = app.app.waitForEvent('window')
  const gone = quit(app)
  expect((await shown).url()).toContain('app://empty/closing/backup')
  process.kill(host, 'SIGCONT')
  await gone
  await expectVerified(app)
})

test('a data process that dies while the shell waits for it does not keep the shell', async () => {
  const app = await launchApp()
  await setUpOffice(app)
  const shell = app.app.process()
  const host = hostOf(app)
  process.kill(host, 'SIGSTOP')
  const shown = app.app.waitForEvent('window')
  const gone = quit(app)
  await shown
  process.kill(host, 'SIGKILL')
  await gone
  expect(shell.exitCode).toBe(0)
})
