// Leaving with everything in the real Electron, and coming back on another PC, by keyboard.
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp } from '../pages/app.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { OWNER, setUpOffice } from '../pages/office.ts'
import { paths } from '../../../renderer/paths.ts'

const look = (name: string) => (process.env['LOOK'] ? { path: `/tmp/h/leave-${name}.png` } : {})

test('everything goes into a folder, and another PC is opened by it', async () => {
  const old = await launchApp()
  const keys = await setUpOffice(old)
  await old.page.evaluate(
    (hash) => {
      location.hash = hash
    },
    `#${paths.settingsOf('safety')}`,
  )
  await keys.press('Choose a folder and export')
  await expect(old.page.getByText(/The export is not encrypted/)).toBeVisible()
  await keys.fill('Your password', OWNER.password)
  await old.page.screenshot(look('dialog'))
  await keys.key('Enter')
  await expect(old.page.getByText(/claimwright-export-\S+ is written and read back/)).toBeVisible()
  await old.page.screenshot(look('done'))
  expect(old.complaints).toEqual([])
  await old.app.close()

  const fresh = await launchApp()
  const [name] = readdirSync(old.saveDir)
  cpSync(join(old.saveDir, name!), fresh.saveDir, { recursive: true })
  const bringing = new Keyboard(fresh.page)
  await bringing.press('Bring an export of Claimwright')
  await bringing.press('Choose the folder of the export')
  await bringing.fill(/^Your name/, OWNER.name)
  for (const field of await fresh.page.locator('input[type=password]').all()) {
    await bringing.reach(field)
    await bringing.type('quite another set of words')
  }
  await fresh.page.screenshot(look('bring'))
  await bringing.key('Enter')
  await expect(fresh.page.getByRole('heading', { name: 'Your recovery code' })).toBeVisible()
  const code = (await fresh.page.locator('[data-recovery-code]').innerText()).trim()
  await bringing.press('I have it on paper')
  await bringing.fill('Recovery code', code)
  await bringing.press('Finish')
  await expect(fresh.page.getByRole('button', { name: /New case/ }).first()).toBeVisible()
  expect(fresh.complaints).toEqual([])
  await fresh.close()
})
