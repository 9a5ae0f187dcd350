// An office's own log week by week: titles, merged headings and two payers; the next one brings only what changed.
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { launchApp } from '../pages/app.ts'
import { goTo, look } from '../pages/look.ts'
import { setUpOffice } from '../pages/office.ts'

const log = (week: number) => fileURLToPath(new URL(`../../fixtures/logs/titled-week-${week}.xlsx`, import.meta.url))

test('a log with titles, merged headings and two payers; then the next week’s, of which only the changes are taken', async () => {
  const app = await launchApp()
  const keys = await setUpOffice(app)
  const { page } = app
  const dialog = page.getByRole('dialog', { name: /Import a list/ })
  const open = async (week: number) => {
    await goTo(app, '/authorizations', 'Authorizations')
    await keys.key('i')
    await expect(dialog).toBeVisible()
    await dialog.locator('input[type=file]').setInputFiles(log(week))
  }

  await open(1)
  await expect(dialog.getByLabel('Headings')).toContainText('Row 5: Name · DOB')
  await expect(dialog.getByRole('button', { name: /Import \d rows/ })).toBeDisabled()
  await look(app, 'log-columns')
  await keys.choose('Date', 'Decided')
  await expect(dialog.getByText('5 rows to import')).toBeVisible()
  await expect(dialog.getByText(/More than one payer: Ferris, Nora/)).toBeVisible()
  await expect(dialog.getByText('2740 as D2740')).toBeVisible()
  await look(app, 'log-new')
  await keys.press('Import 5 rows')
  await keys.sees('5 authorizations imported')
  await expect(page.getByRole('grid', { name: 'Authorizations' }).getByText('Ferris, Nora')).toHaveCount(2)

  await open(2)
  const changes = dialog.getByRole('list', { name: 'Changed since last time' })
  await expect(changes.getByRole('listitem')).toHaveCount(3)
  await expect(changes).toContainText('Ferris, Nora · D2740 #3 · Blue Ridge Dental')
  await expect(changes).toContainText('Sent → Denied, Oct 20, 2026')
  await expect(changes).toContainText('Apr 21, 2027 → May 21, 2027')
  await expect(dialog.getByText(/2 rows already there, skipped/)).toBeVisible()
  await look(app, 'log-changes')
  await keys.pick(/which is the last name/, /^Van Dyke, Mary Ann/)
  await expect(dialog.getByText('1 row to import')).toBeVisible()
  await keys.press('Import 1 row, change 3 rows')
  await keys.sees('1 authorization imported, 3 authorizations changed')

  await open(2)
  await expect(dialog.getByText(/6 rows already there, skipped/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Nothing to import' })).toBeDisabled()
  expect(app.complaints).toEqual([])
  await app.close()
})
