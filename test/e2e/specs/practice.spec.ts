// The practice's patients from Open Dental's export, by keys; the same list again brings nothing.
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { launchApp } from '../pages/app.ts'
import { goTo, look } from '../pages/look.ts'
import { setUpOffice } from '../pages/office.ts'

const LIST = fileURLToPath(new URL('../../fixtures/practice/od-patients.csv', import.meta.url))

test('an empty office takes its patients in, with plans; a doubtful one is asked about; the list again is known', async () => {
  const app = await launchApp()
  const keys = await setUpOffice(app)
  const { page } = app
  const dialog = page.getByRole('dialog', { name: 'Import patients' })
  const open = async () => {
    await goTo(app, '/patients', 'Patients')
    await keys.key('Tab')
    await keys.press('Import')
    await expect(dialog).toBeVisible()
    await look(app, 'practice-choose')
    await dialog.locator('input[type=file]').setInputFiles(LIST)
  }
  await open()
  await expect(dialog.getByText('17 new patients')).toBeVisible()
  await expect(dialog.getByText(/Not imported: 3 rows/)).toBeVisible()
  await look(app, 'practice-new')
  await keys.pick(/has no birth date/, /Vandersloop, Mirabel/)
  await expect(dialog.getByText('1 row with questions')).toBeHidden()
  await keys.press('Import 17 patients')
  await keys.sees('17 patients imported')
  await expect(page.getByRole('grid', { name: 'Patients' }).getByText('Quillmere, Wren A')).toBeVisible()
  await look(app, 'practice-patients')

  await open()
  await expect(dialog.getByRole('button', { name: 'Nothing to import' })).toBeDisabled()
  await expect(dialog.getByText(/17 rows already there, skipped/)).toBeVisible()
  expect(app.complaints).toEqual([])
  await app.close()
})
