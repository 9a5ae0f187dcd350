// A morning with an office's own log: 200 rows imported, worked through by keyboard, still there after kill -9.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { expectAccessible } from '../pages/axe.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { setUpOffice, signIn } from '../pages/office.ts'
import { picturePdf, shoot } from '../pages/pictures.ts'

const LOG = fileURLToPath(new URL('../../fixtures/authorization-log-200.csv', import.meta.url))

/** Every list with its rows as the host answers them: what must be the same after a crash. */
const lists = (app: RunningApp) =>
  app.page.evaluate(async () => {
    const reply = await window.claimwright!.call('authorization.list', { list: 'all', limit: 500 })
    return JSON.stringify(reply.ok ? reply.data : reply.error)
  })

async function goTo(app: RunningApp, place: string): Promise<void> {
  await app.page.evaluate((hash) => {
    location.hash = hash
  }, `#${place}`)
}

test('a log is imported, the morning list worked through, and nothing lost', async () => {
  let app = await launchApp()
  let keys = await setUpOffice(app)
  await goTo(app, '/authorizations')
  await keys.sees('Import a list')
  await keys.key('i')
  await expect(app.page.getByRole('dialog', { name: /Import a list/ })).toBeVisible()
  await app.page.locator('[role=dialog] input[type=file]').setInputFiles(LOG)
  await keys.sees(/200 rows to import/)
  await shoot(app.page, 'import-preview')
  await expectAccessible(app.page)
  await keys.press('Import 200 rows')
  await keys.sees('200 authorizations imported')
  await expect(app.page.getByRole('tab', { name: /Open/ })).toContainText(/\d{2,}/)
  // Only what is in sight is drawn, however long the list.
  expect(await app.page.locator('tr[data-row]').count()).toBeLessThan(60)
  await shoot(app.page, 'import-list')

  const row = (at: number) => app.page.locator(`tr[data-row="${at}"]`)
  /** Down leads from the page into the list; a closed dialog gives the focus back to its row, or to the next one. */
  const toRow = async (at: number) => {
    await expect(row(0)).toBeVisible()
    await keys.key('ArrowDown')
    await expect(app.page.locator('tr[data-row]:focus')).toHaveCount(1)
    await keys.key('Home')
    for (let down = 0; down < at; down += 1) await keys.key('ArrowDown')
    await expect(row(at)).toBeFocused()
  }
  for (let call = 0; call < 5; call += 1) {
    await toRow(call)
    await keys.key('c')
    await expect(keys.field(/^Outcome/)).toBeFocused()
    await keys.type(`Payer says it is in review, call ${call + 1}`)
    await keys.press('Save')
    await expect(app.page.getByRole('dialog')).toHaveCount(0)
    await expect(row(call)).toBeFocused()
  }
  for (let snooze = 0; snooze < 3; snooze += 1) {
    await toRow(snooze)
    await keys.key('z')
    await expect(keys.field(/^Reason/)).toBeFocused()
    await keys.type('the payer answers next week')
    await keys.press(/^Snooze/)
    await expect(app.page.getByRole('dialog')).toHaveCount(0)
  }
  await toRow(0)
  await keys.key('Space')
  await keys.key('ArrowDown')
  await expect(row(1)).toBeFocused()
  await keys.key('Space')
  await keys.sees('2 selected')
  await keys.key('a')
  await keys.choose('Person', 'Ana')
  await shoot(app.page, 'list-assign')
  await keys.press('Assign')
  await expect(app.page.getByRole('dialog')).toHaveCount(0)

  // One sent request is approved for less than was asked.
  await keys.key('2')
  await expect(app.page.getByRole('tab', { selected: true })).toContainText('No answer')
  await toRow(0)
  await keys.key('Enter')
  await expect(keys.field('Said')).toBeFocused()
  await shoot(app.page, 'action-call-payer')
  await expectAccessible(app.page)
  await keys.choose('Said', 'Approved')
  await keys.press('Save and fill in the approval')
  await keys.press('Approved with changes')
  await keys.fill(/^Plan pays, line 1/, '123.45')
  await keys.press('Save')
  await keys.sees(/The payer changed the request/)
  await shoot(app.page, 'approved-with-changes')
  await keys.press('Accept the changes')
  await keys.sees(/Changes accepted/)

  // Its packet leaves as one PDF.
  await keys.key('Alt+x')
  await keys.sees(/Request letter/)
  await keys.choose('Sent by', 'Mail or fax')
  await keys.choose('Saved as', 'One PDF')
  await keys.press('Save packet')
  await keys.sees('Packet saved')
  await keys.key('Escape')
  picturePdf(join(app.saveDir, readdirSync(app.saveDir)[0]!), 'paper-imported-packet')

  // One approval has run out.
  await goTo(app, '/authorizations')
  await keys.key('4')
  await expect(app.page.getByRole('tab', { selected: true })).toContainText('Expiring')
  await toRow(0)
  await keys.key('o')
  await keys.press('Mark as expired')
  await keys.press('Save')
  await keys.sees(/Expired/)

  const before = await lists(app)
  const { dataDir } = app
  await app.kill()
  app = await launchApp(dataDir)
  keys = new Keyboard(app.page)
  await signIn(keys)
  await keys.sees(/ late · /)
  expect(await lists(app)).toBe(before)
  await goTo(app, '/huddle')
  await keys.sees('Not called')
  await keys.press('As PDF')
  await keys.sees('Sheet saved')
  picturePdf(join(app.saveDir, readdirSync(app.saveDir)[0]!), 'paper-huddle')
  expect(app.complaints).toEqual([])
  await app.close()
})
