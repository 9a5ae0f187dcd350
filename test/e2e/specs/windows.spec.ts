// Two windows of one desk in the real Electron: one session, one truth, nothing typed is lost, each where it stood.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { setUpOffice, signIn } from '../pages/office.ts'

/** Presses Ctrl+Shift+N and waits for what it opens. */
async function another({ app, page }: RunningApp): Promise<Page> {
  const opened = app.waitForEvent('window')
  await page.keyboard.press('Control+Shift+N')
  const second = await opened
  await expect(second.getByRole('main')).toBeVisible()
  return second
}
const count = ({ app }: RunningApp) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

async function addPatient(page: Page, last: string): Promise<void> {
  const keys = new Keyboard(page)
  await page.keyboard.press('Control+Shift+P')
  await keys.fill(/^Last name/, last)
  await keys.fill(/^First name/, 'Sam')
  await keys.fill(/^Birth date/, '4/12/2015')
  await keys.key('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${last}, Sam` })).toBeVisible()
}

// Bugs it would catch: a second window that stays signed in after the lock, shows old data, or loses a draft when it closes.
test('two windows: their own place, the same data, one lock, no lost draft', async () => {
  const app = await launchApp()
  await setUpOffice(app)
  const first = app.page
  await addPatient(first, 'Doe')
  const second = await another(app)
  // It opens where the first one stands; from there each goes its own way.
  await expect(second.getByRole('heading', { level: 1, name: 'Doe, Sam' })).toBeVisible()
  await first.keyboard.press('Control+7')
  await expect(first.getByRole('row', { name: /Doe, Sam/ })).toBeVisible()
  await expect(second.getByRole('heading', { level: 1, name: 'Doe, Sam' })).toBeVisible()

  // What one changes, the other shows.
  const keys = new Keyboard(second)
  await second.bringToFront()
  await keys.press('Edit')
  await keys.fill(/^Last name/, 'Roe')
  await keys.press('Save')
  await expect(first.getByRole('row', { name: /Roe, Sam/ })).toBeVisible()

  // Typed in one and locked from the other: kept, and both forget what they showed.
  await keys.press('Edit')
  await keys.fill('Guarantor', 'Parent Roe')
  await first.bringToFront()
  await first.keyboard.press('Control+l')
  for (const page of [first, second]) await expect(page.locator('input[type=password]').first()).toBeVisible()
  await expect(second.getByText('Roe')).toHaveCount(0)

  // One sign-in opens both, each at its place.
  await signIn(new Keyboard(first))
  await expect(first.getByRole('row', { name: /Roe, Sam/ })).toBeVisible()
  await expect(second.getByRole('heading', { level: 1, name: 'Roe, Sam' })).toBeVisible()
  await second.bringToFront()
  await keys.press('Edit')
  await expect(second.getByLabel('Guarantor')).toHaveValue('Parent Roe')

  // Closing one right after a key keeps what was typed, and leaves the other alone.
  await keys.fill('Mobile', '555')
  await app.app.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows()
    windows.sort((a, b) => b.id - a.id)[0]!.close()
  })
  await expect.poll(() => count(app)).toBe(1)
  await first.bringToFront()
  await first.getByRole('row', { name: /Roe, Sam/ }).click()
  await new Keyboard(first).press('Edit')
  await expect(first.getByLabel('Mobile')).toHaveValue('555')
  expect(app.complaints).toEqual([])
  await app.close()
})

test('a row opens in a second window, which comes back where it stood', async () => {
  const app = await launchApp()
  await setUpOffice(app)
  await addPatient(app.page, 'Doe')
  await app.page.keyboard.press('Control+7')
  await app.page.getByRole('row', { name: /Doe, Sam/ }).focus()
  const second = await another(app)
  await expect(second.getByRole('heading', { level: 1, name: 'Doe, Sam' })).toBeVisible()
  await expect(app.page.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible()
  const stand = { x: 40, y: 30, width: 900, height: 600 }
  await app.app.evaluate(({ BrowserWindow }, bounds) => {
    const [newest] = BrowserWindow.getAllWindows().sort((a, b) => b.id - a.id)
    newest!.setBounds(bounds)
    newest!.close()
  }, stand)
  await expect.poll(() => count(app)).toBe(1)
  const profile = await app.app.evaluate(({ app: shell }) => shell.getPath('userData'))
  // Numbers only: no address, no name.
  const kept = () => readFileSync(join(profile, 'windows.json'), 'utf8')
  await expect.poll(kept).toMatch(/"1":\{"x":\d+,"y":\d+,"width":900,"height":600\}/)
  await another(app)
  const bounds = await app.app.evaluate(({ BrowserWindow }) => {
    const [newest] = BrowserWindow.getAllWindows().sort((a, b) => b.id - a.id)
    return newest!.getBounds()
  })
  expect(bounds).toMatchObject({ width: stand.width, height: stand.height })
  await app.close()
})
