// First run by keyboard: the office, its dentist, the owner, the recovery code typed back.
import { expect } from '@playwright/test'
import type { RunningApp } from './app.ts'
import { Keyboard } from './keyboard.ts'

export const OWNER = { name: 'Ana', password: 'three unrelated quiet words' }

/** Sets up an office; ends on the first screen, signed in. */
export async function setUpOffice(
  { page }: Pick<RunningApp, 'page'>,
  shoot: (name: string) => Promise<void> = async () => undefined,
): Promise<Keyboard> {
  const keys = new Keyboard(page)
  await shoot('setup-start')
  await keys.press('Set up this office')
  await keys.fill(/^Office name/, 'Sample Dental Practice')
  await keys.press('Continue')
  await keys.fill('Street', '100 Sample Ave')
  await keys.fill('City', 'Springfield')
  await keys.fill('State', 'IL')
  await keys.fill('ZIP', '62701')
  await keys.fill('Phone', '555-555-0100')
  await keys.press('Continue')
  await keys.fill('Billing NPI', '1234567893')
  await keys.fill('Tax ID (EIN)', '12-3456789')
  await shoot('setup-numbers')
  await keys.press('Continue')
  await keys.fill(/^First name/, 'Pat')
  await keys.fill(/^Last name/, 'Doe')
  await keys.fill('NPI', '1245319599')
  await keys.fill('License', '019-000001')
  await keys.press('Continue')
  await keys.fill(/^Your name/, OWNER.name)
  for (const field of await page.locator('input[type=password]').all()) {
    await keys.reach(field)
    await keys.type(OWNER.password)
  }
  await keys.key('Enter')
  await expect(page.getByRole('heading', { name: 'Your recovery code' })).toBeVisible()
  const code = (await page.locator('[data-recovery-code]').innerText()).trim()
  await keys.press('I have it on paper')
  await keys.fill('Recovery code', code)
  await keys.press('Finish')
  await expect(page.getByRole('button', { name: /New case/ }).first()).toBeVisible()
  return keys
}

/** Signs in at the lock screen. */
export async function signIn(keys: Keyboard): Promise<void> {
  const password = keys.page.locator('input[type=password]').first()
  await expect(password).toBeFocused()
  await keys.type(OWNER.password)
  await keys.key('Enter')
}
