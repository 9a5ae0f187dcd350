// An office adopts Claimwright: the packaged app from its first start on. A step is a function; each leaves the app closed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openCase } from '../pages/case.ts'
import { setUpOffice, signIn } from '../pages/office.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { type Desk, newDesk, startPackaged } from './packaged.ts'
import { updates } from './updates.ts'

/** What scripts/adopt.ts packed. */
const PACKED = join(process.env['CLAIMWRIGHT_ADOPT']!, 'app/linux-unpacked/claimwright')

// Bugs: the packaged app was built and never run: an archive without a file it needs, a sandbox or a fuse that stops it, show here only.
test('an office adopts Claimwright', async () => {
  const desk = newDesk()
  await test.step('first start: sets up and makes a case', () => firstStart(desk))
  await test.step('starts again: signs in, the case is there', () => startsAgain(desk))
  await test.step('updates to a higher version, and to nothing else', () => updates(desk))
  await test.step('uninstalled: the data stay', () => uninstall(desk))
})

async function firstStart(desk: Desk): Promise<void> {
  const app = await startPackaged(desk, PACKED)
  const keys = await setUpOffice(app)
  await openCase(keys, { lastName: 'Sample', firstName: 'Sam' })
  // The shell's own routes lie in files that are read when they are first needed.
  await app.page.evaluate("location.hash = '#/diagnostics'")
  await app.page.getByRole('button', { name: 'Show the licenses of others' }).click()
  await keys.sees(/react 19/)
  await app.close()
  expect(app.complaints).toEqual([])
}

async function startsAgain(desk: Desk): Promise<void> {
  const app = await startPackaged(desk, PACKED)
  const keys = new Keyboard(app.page)
  await signIn(keys)
  await keys.sees(/Sample, Sam/)
  await app.close()
  expect(app.complaints).toEqual([])
}

/** Removing the program's folder is all that a tar.gz or an AppImage is; the data lie elsewhere. */
async function uninstall(desk: Desk): Promise<void> {
  expect(existsSync(join(desk.dataDir, 'claimwright.db'))).toBe(true)
}
