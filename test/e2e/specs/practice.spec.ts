// The practice's patients from Open Dental's export, by keys; the same list again brings nothing; then its history and fees.
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { launchApp } from '../pages/app.ts'
import { goTo, look } from '../pages/look.ts'
import { setUpOffice } from '../pages/office.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/practice/${name}`, import.meta.url))
const LIST = fixture('od-patients.csv')

test('an empty office takes its patients in, with plans; a doubtful one is asked about; the list again is known', async () => {
  const app = await launchApp()
  const keys = await setUpOffice(app)
  const { page } = app
  const dialog = page.getByRole('dialog', { name: 'Import patients' })
  const open = async (list = LIST) => {
    await goTo(app, '/patients', 'Patients')
    await keys.key('Tab')
    await keys.press('Import')
    await expect(dialog).toBeVisible()
    await look(app, 'practice-choose')
    await dialog.locator('input[type=file]').setInputFiles(list)
  }
  await open()
  await expect(dialog.getByText('17 new patients')).toBeVisible()
  await expect(dialog.getByText(/Not imported: 3 rows/)).toBeVisible()
  await look(app, 'practice-new')
  await keys.pick(/has no birth date/, /Vandersloop, Mirabel/)
  await expect(dialog.getByText('Leave out 1 row with questions')).toBeHidden()
  await keys.press('Import 17 patients')
  await keys.sees('17 patients imported')
  await expect(page.getByRole('grid', { name: 'Patients' }).getByText('Quillmere, Wren A')).toBeVisible()
  await look(app, 'practice-patients')

  // The same people as an Excel workbook are the same people.
  for (const list of [LIST, fixture('od-patients.xlsx')]) {
    await open(list)
    await expect(dialog.getByRole('button', { name: /^Import/ })).toBeDisabled()
    await expect(dialog.getByText(/17 rows already there, skipped/)).toBeVisible()
    await keys.key('Escape')
  }

  const history = page.getByRole('dialog', { name: 'Import dental history' })
  await goTo(app, '/patients/import-history', 'Patients')
  await expect(history).toBeVisible()
  await look(app, 'history-choose')
  await history.locator('input[type=file]').setInputFiles(fixture('od-procedures.txt'))
  await expect(history.getByText('22 new procedures')).toBeVisible()
  await look(app, 'history-new')
  await keys.press('Import 22 procedures')
  await keys.sees('22 procedures imported')
  await page.getByRole('grid', { name: 'Patients' }).getByText('Quillmere, Odette').click()
  await expect(page.getByRole('grid', { name: 'History in the practice system' }).getByText('D4910')).toBeVisible()
  await look(app, 'history-patient')

  const fees = page.getByRole('dialog', { name: 'Import fees' })
  await goTo(app, '/settings/fees/import', 'Settings')
  await expect(fees).toBeVisible()
  await look(app, 'fees-choose')
  await fees.locator('input[type=file]').setInputFiles(fixture('od-fees.txt'))
  await expect(fees.getByText('19 new fees')).toBeVisible()
  await look(app, 'fees-new')
  await keys.press('Import 19 fees')
  await keys.sees('19 fees imported')
  await expect(page.getByText('the office’s own · 19 fees from')).toBeVisible()
  expect(app.complaints).toEqual([])
  await app.close()
})
