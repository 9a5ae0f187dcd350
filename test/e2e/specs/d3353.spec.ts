// The seed's example case (seed-d3353.txt, "Real-World Case Example") by keyboard alone, in the real Electron:
// a new patient to a paid claim, with kill -9 in the middle; and a denied claim to an appeal letter.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp } from '../pages/app.ts'
import { addNote, openTreatedCase, saveLetter, sendClaim } from '../pages/case.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { setUpOffice, signIn } from '../pages/office.ts'
import { picturePdf, shoot } from '../pages/pictures.ts'

test('a new patient to a paid claim, killed and restarted in the middle', async () => {
  let app = await launchApp()
  const pictures = (name: string) => shoot(app.page, name)
  let keys = await setUpOffice(app, pictures)
  await pictures('today-empty')
  await openTreatedCase(keys, { lastName: 'Sample', firstName: 'Alex' }, pictures)
  await addNote(keys)
  await pictures('step-documentation')

  const place = await app.page.evaluate(() => location.hash)
  const { dataDir } = app
  await app.kill()
  app = await launchApp(dataDir)
  keys = new Keyboard(app.page)
  await pictures('sign-in')
  await signIn(keys)
  await keys.sees('Sample, Alex')
  await app.page.evaluate((hash) => {
    location.hash = hash
  }, place)
  await keys.sees(/control 9 normal/)

  await keys.key('Alt+3')
  await keys.press(/Record the answer/)
  await keys.pick(/answer/i, /^Yes/)
  await keys.fill(/^Source/, 'Phone')
  await keys.press(/^Record/)
  await keys.press(/^Prior authorization/)
  await keys.sees('Request started')
  await pictures('step-authorization')
  await keys.press(/^Send…/)
  await keys.fill(/^Sent on/, '5/10/2026')
  await keys.fill(/^Reference number/, 'PA-4711')
  await keys.fill(/^Reason for sending/, 'visit films are in the chart')
  await keys.press(/^Save/)
  await keys.sees('PA-4711')
  await keys.press(/^Approved/)
  await keys.fill(/^Decided on/, '5/20/2026')
  await keys.fill(/^Valid from/, '5/20/2026')
  await keys.fill(/^Valid to/, '11/30/2026')
  await keys.press(/^Save/)
  await keys.sees(/Valid May 20, 2026/)
  await pictures('step-authorization-approved')

  await sendClaim(keys)
  await pictures('step-claim')
  await keys.key('Alt+5')
  await keys.press(/Enter the EOB/)
  await keys.fill(/^EOB date/, '10/30/2026')
  for (const [line, allowed, paid] of [
    [1, '400', '320'],
    [2, '200', '160'],
    [3, '1000', '800'],
  ] as const) {
    await keys.fill(new RegExp(`^Allowed, line ${line}`), allowed)
    await keys.fill(new RegExp(`^Coinsurance, line ${line}`), String(Number(allowed) - Number(paid)))
    await keys.fill(new RegExp(`^Paid, line ${line}`), paid)
  }
  await keys.sees('balanced')
  await pictures('step-follow-up-entry')
  await keys.press(/^Post EOB/)
  await keys.sees('EOB posted')
  await keys.sees(/Paid \$1,280\.00/)
  await pictures('step-follow-up-paid')
  expect(app.complaints).toEqual([])
  await app.close()
})

test('a denied claim to an appeal letter on paper', async () => {
  const app = await launchApp()
  const pictures = (name: string) => shoot(app.page, name)
  const keys = await setUpOffice(app)
  await openTreatedCase(keys, { lastName: 'Example', firstName: 'Bo' }, async () => undefined)
  await addNote(keys)
  await sendClaim(keys)
  await keys.key('Alt+5')
  await keys.press(/Enter the EOB/)
  await keys.fill(/^EOB date/, '10/30/2026')
  await keys.fill(/^Days to appeal/, '60')
  await keys.key('Alt+j')
  await expect(keys.field('Reason for all lines')).toBeFocused()
  await keys.type('50')
  await keys.sees(/does not see it as necessary/)
  await keys.key('Enter')
  await expect(keys.page.getByText('Balanced')).toHaveCount(3)
  await keys.press(/^Post EOB/)
  await keys.sees('Denied')
  await pictures('step-follow-up-denied')
  await keys.press(/Reconsideration|First appeal/)
  await keys.sees(/Denial reason/)
  await pictures('appeal-letter')
  await saveLetter(keys)
  const [file] = readdirSync(app.saveDir)
  expect(file).toMatch(/appeal/)
  expect(file).not.toMatch(/Example|Bo/)
  expect(readFileSync(`${app.saveDir}/${file}`).subarray(0, 5).toString()).toBe('%PDF-')
  picturePdf(join(app.saveDir, file!), 'paper-appeal-letter')
  await keys.sees(/Dec 29, 2026/)
  await keys.key('Alt+4')
  await keys.press(/^Summary…/)
  await keys.press(/Summary as PDF/)
  await expect.poll(() => readdirSync(app.saveDir).length).toBe(2)
  const summary = readdirSync(app.saveDir).find((one) => one !== file)!
  picturePdf(join(app.saveDir, summary), 'paper-claim-summary')
  expect(app.complaints).toEqual([])
  await app.close()
})
