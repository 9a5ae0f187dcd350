// The seed's example case (seed-d3353.txt, "Real-World Case Example") by keyboard alone, in the real Electron:
// a new patient to a paid claim, with kill -9 in the middle; and a denied claim to an appeal letter.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, picturePdf, type RunningApp, shoot } from '../pages/app.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { setUpOffice, signIn } from '../pages/office.ts'

/** From an empty office to a D3353 case on tooth 8 with three visits done and lines priced. */
async function openTreatedCase(
  keys: Keyboard,
  patient: { lastName: string; firstName: string },
  pictures: (name: string) => Promise<void>,
): Promise<void> {
  await keys.key('Control+n')
  await expect(keys.field(/^Patient/)).toBeFocused()
  await keys.type(`${patient.lastName}, ${patient.firstName}`)
  await keys.sees(/Add patient/)
  await keys.key('ArrowDown')
  await keys.key('Enter')
  await keys.fill(/^Birth date/, '4/12/2015')
  await keys.fill('Street', '200 Test St')
  await keys.fill('City', 'Springfield')
  await keys.fill('State', 'IL')
  await keys.fill('ZIP', '62702')
  await pictures('new-patient')
  await keys.press(/^Add patient/)
  await keys.sees('Patient added')
  await keys.fill(/^Tooth/, '8')
  await keys.press(/Add coverage/)
  await keys.reach(keys.field(/^Payer/))
  await keys.type('Sample Dental Plan')
  await keys.sees(/Add payer/)
  await keys.key('ArrowDown')
  await keys.key('Enter')
  await keys.fill(/^Plan name/, 'PPO')
  await keys.fill(/^Member id/, 'MEM000001')
  await keys.press(/^Add coverage/)
  await keys.sees('Coverage added')
  await pictures('new-case')
  await keys.press('Open case')
  await keys.sees('Questions')

  await keys.answer(/root tip/i, /^Open/)
  await keys.answer(/pulp/i, /^Necrotic/)
  await keys.answer(/goal|aim|planned/i, /barrier/i)
  await keys.sees(/D3351\s+→\s+D3352\s+→\s+D3353/)
  await pictures('step-code')
  await keys.press(/Record confirmation/)
  await keys.sees(/Confirmed by Dr\. Pat Doe/)
  await keys.fill('Done, visit 1', '6/1/2026')
  await keys.fill('Done, visit 2', '8/3/2026')
  await keys.fill('Done, visit 3', '10/5/2026')
  await keys.press('Save visits')
  await keys.sees('Visits saved')
  for (const [index, fee] of ['450', '250', '1250'].entries()) await keys.fill(`Fee, line ${index + 1}`, fee)
  await keys.press('Save lines')
  await keys.sees('Lines saved')
  await keys.sees(/Total \$1,950\.00/)
  await pictures('step-code-lines')
}

async function document(keys: Keyboard, app: RunningApp): Promise<void> {
  await keys.key('Alt+2')
  await keys.sees(/Ready to/)
  await keys.press(/Add chart note/)
  await keys.fill(/^Entry of/, '6/1/2026')
  await keys.reach(keys.field(/^Text, word for word/))
  await keys.type(
    'Tooth 8: fall at school in May. No response to cold, control 9 normal. Pulp necrosis, open apex on the film. MTA apexification planned.',
  )
  for (const shows of await app.page.locator('[role=dialog] input[type=checkbox]').all()) {
    await keys.reach(shows)
    await keys.key('Space')
  }
  await keys.press('Save note')
  await keys.sees('Note added')
  await keys.press(/Draft from the case/)
  await keys.press('Save narrative')
  await keys.sees('Narrative saved')
}

async function sendClaim(keys: Keyboard): Promise<void> {
  await keys.key('Alt+4')
  await keys.press(/Fill the claim from the case/)
  await keys.sees(/Claim [A-Z0-9-]+/)
  await keys.press(/^Mark as sent/)
  await keys.fill(/^Sent on/, '10/6/2026')
  await keys.fill(/^Reason for sending/, 'films follow by portal')
  await keys.press(/^Save/)
  await keys.sees(/Sent Oct 6, 2026/)
}

test('a new patient to a paid claim, killed and restarted in the middle', async () => {
  let app = await launchApp()
  const pictures = (name: string) => shoot(app.page, name)
  let keys = await setUpOffice(app, pictures)
  await pictures('today-empty')
  await openTreatedCase(keys, { lastName: 'Sample', firstName: 'Alex' }, pictures)
  await document(keys, app)
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
  await keys.press(/^Mark as sent/)
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
  await document(keys, app)
  await sendClaim(keys)
  await keys.key('Alt+5')
  await keys.press(/Enter the EOB/)
  await keys.fill(/^EOB date/, '10/30/2026')
  await keys.fill(/^Days to appeal/, '60')
  for (const [line, billed] of [
    [1, '450'],
    [2, '250'],
    [3, '1250'],
  ] as const) {
    await keys.fill(new RegExp(`^Paid, line ${line}`), '0')
    await keys.press(new RegExp(`^Add reason ?, line ${line}`))
    await keys.reach(keys.field(new RegExp(`^Reason code, line ${line}`)))
    await keys.type('50')
    await keys.sees(/does not see it as necessary/)
    await keys.key('Enter')
    await keys.fill(new RegExp(`^Amount, line ${line}`), billed)
  }
  await keys.press(/^Post EOB/)
  await keys.sees('Denied')
  await pictures('step-follow-up-denied')
  await keys.press(/Reconsideration|First appeal/)
  await keys.sees(/Denial reason/)
  await pictures('appeal-letter')
  await keys.press(/Letter as PDF/)
  await keys.sees('Letter saved')
  const [file] = readdirSync(app.saveDir)
  expect(file).toMatch(/appeal/)
  expect(file).not.toMatch(/Example|Bo/)
  expect(readFileSync(`${app.saveDir}/${file}`).subarray(0, 5).toString()).toBe('%PDF-')
  picturePdf(join(app.saveDir, file!), 'paper-appeal-letter')
  await keys.sees(/Dec 29, 2026/)
  await keys.key('Alt+4')
  await keys.press(/Summary as PDF/)
  await expect.poll(() => readdirSync(app.saveDir).length).toBe(2)
  const summary = readdirSync(app.saveDir).find((one) => one !== file)!
  picturePdf(join(app.saveDir, summary), 'paper-claim-summary')
  expect(app.complaints).toEqual([])
  await app.close()
})
