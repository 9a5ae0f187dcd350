// The way back in the real Electron: a new PC is opened from a stick; damage leads to the recovery screen, which takes one too.
import { cpSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { OWNER, setUpOffice, signIn } from '../pages/office.ts'

/** An office whose backups lie on a stick, closed. */
async function withStick(): Promise<RunningApp> {
  const app = await launchApp()
  await setUpOffice(app)
  const chosen = await app.page.evaluate(
    (folder) => window.claimwright!.call('backup.setSecondPlace', { folder }),
    app.saveDir,
  )
  expect(chosen).toMatchObject({ ok: true })
  await app.app.close()
  return app
}

/** Chooses the stick, types the secret, and ends signed in. */
async function restoreFromStick({ page, complaints }: RunningApp): Promise<void> {
  const keys = new Keyboard(page)
  await keys.press('Choose a USB drive or folder')
  await expect(page.getByRole('radio').first()).toBeChecked()
  await keys.fill(/^Owner’s password or the recovery code/, OWNER.password)
  await keys.press('Restore this backup')
  await expect(page.getByText(/Backup restored: .* as the backup says/)).toBeVisible()
  await signIn(keys)
  await expect(page.getByRole('button', { name: /New case/ }).first()).toBeVisible()
  expect(complaints).toEqual([])
}

test('a new PC is opened by the stick and the owner’s password, from the first screen', async () => {
  const old = await withStick()
  const fresh = await launchApp()
  cpSync(old.saveDir, fresh.saveDir, { recursive: true })
  await new Keyboard(fresh.page).press('Restore a backup')
  await restoreFromStick(fresh)
  await fresh.close()
})

test('data that is cut short, with the backups beside it gone, comes back from the stick', async () => {
  const old = await withStick()
  truncateSync(join(old.dataDir, 'claimwright.db'), 1000)
  for (const gone of ['backups', 'second-place.json']) rmSync(join(old.dataDir, gone), { recursive: true })
  const again = await launchApp(old.dataDir)
  cpSync(old.saveDir, again.saveDir, { recursive: true })
  await signIn(new Keyboard(again.page))
  await expect(again.page.getByRole('heading', { name: 'The data cannot be opened' })).toBeVisible()
  await restoreFromStick(again)
  await again.close()
})
