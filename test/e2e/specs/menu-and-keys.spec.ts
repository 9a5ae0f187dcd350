// The menu of the shell and the keys of a real keyboard, in the real Electron: each does what it says, from wherever one is.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { setUpOffice } from '../pages/office.ts'

/** Clicks an item of the menu as the person's mouse would. */
const choose = (app: RunningApp, label: string) =>
  app.app.evaluate(({ Menu, BrowserWindow }, wanted) => {
    const items = Menu.getApplicationMenu()!.items.flatMap((top) => top.submenu?.items ?? [])
    const window = BrowserWindow.getAllWindows()[0]!
    items.find((item) => item.label === wanted)!.click(undefined, window, window.webContents)
  }, label)
const backups = ({ dataDir }: RunningApp) =>
  readdirSync(join(dataDir, 'backups')).filter((name) => name.includes('manual')).length

// Bugs: "Back up now", "Keyboard map" and F1 did nothing; Alt+Shift+1 never came; the tenth page had the key Ctrl+10.
test('the menu backs up, F1 opens the help of the screen everywhere, and the tenth page has a key', async () => {
  const app = await launchApp()
  const keys = await setUpOffice(app)
  const { page } = app
  await choose(app, 'Back up now')
  await keys.sees('Backup written and read back')
  await expect.poll(() => backups(app)).toBe(1)

  const map = page.getByRole('dialog', { name: 'Keys on this screen' })
  await choose(app, 'Keys on this screen')
  await expect(map).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(map).toHaveCount(0)

  const help = page.getByRole('dialog', { name: 'Help' })
  // From a field of the page, and from a dialog that stays open below.
  await page.keyboard.press('Control+n')
  await expect(keys.field(/^Patient/)).toBeFocused()
  await keys.type('Doe')
  await page.keyboard.press('F1')
  await expect(help.getByRole('heading', { name: 'New case' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await page.keyboard.press('Control+k')
  const finder = page.getByRole('combobox', { name: /Search/ }).last()
  await expect(finder).toBeFocused()
  await page.keyboard.press('F1')
  await expect(help).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await expect(finder).toBeFocused()
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+0')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Control+1')
  await expect(page.getByRole('link', { name: /^Today/ })).toHaveAttribute('aria-current', 'page')
  expect(app.complaints).toEqual([])
  await app.close()
})

/** No item of the menu takes a key that the page uses for something else. */
test('Ctrl and a digit belong to the pages alone', async () => {
  const app = await launchApp()
  const taken = await app.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()!
      .items.flatMap((top) => top.submenu?.items ?? [])
      .map((item) => item.accelerator ?? item.role ?? ''),
  )
  expect(taken.filter((key) => /^(CmdOrCtrl|CommandOrControl|Control)\+\d$/.test(key))).toEqual([])
  expect(taken).toContain('CmdOrCtrl+Shift+0')
  await app.close()
})
