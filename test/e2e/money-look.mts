import { launchApp } from './pages/app.ts'
const run = await launchApp().catch(async (e) => {
  console.log(String(e).slice(0, 300))
  process.exit(1)
})
const { page } = run
const out = '/tmp/money/'
const shot = async (name: string, dark = false) => {
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  await page.screenshot({ path: `${out}${name}.png` })
}
const go = async (hash: string) => {
  await page.evaluate((h) => {
    location.hash = h
  }, hash)
  await page.waitForTimeout(900)
}
try {
  await page.getByRole('button', { name: /demo/i }).first().click()
  await page.waitForTimeout(4000)
  await go('#/claims')
  await page.keyboard.press('4')
  await page.waitForTimeout(500)
  await shot('claims')
  await go('#/authorizations')
  await page.keyboard.press('4')
  await page.waitForTimeout(500)
  await shot('auths', true)
  const open = async (hash: string, view: string, state: RegExp, step: string, name: string) => {
    await go(hash)
    await page.keyboard.press(view)
    await page.waitForTimeout(600)
    const row = page
      .getByRole('row')
      .filter({ hasText: state })
      .filter({ has: page.getByRole('gridcell').or(page.locator('td')) })
      .first()
    if (!(await row.count())) {
      console.log('no row', name)
      return
    }
    await row.click()
    await page.waitForTimeout(1200)
    const id = (await page.evaluate(() => location.hash)).split('/')[2]
    await go(`#/cases/${id}/${step}`)
    await page.waitForTimeout(800)
    await shot(name)
    console.log(name, id)
  }
  await open('#/authorizations', '4', /Approved/, 'authorization', 'auth-approved')
  await open('#/authorizations', '4', /Drafting|Sent/, 'authorization', 'auth-open')
  await page.keyboard.press('1')
  await page.waitForTimeout(900)
  await shot('auth-event')
  await page.keyboard.press('Escape')
  await open('#/claims', '4', /Draft/, 'claim', 'claim-draft')
  await page.mouse.move(500, 500)
  await page.mouse.wheel(0, 700)
  await page.waitForTimeout(300)
  await shot('claim-draft-2')
  await page.mouse.wheel(0, 700)
  await page.waitForTimeout(300)
  await shot('claim-draft-3', true)
  await open('#/claims', '2', /Sent/, 'follow_up', 'follow-waiting')

  await page.waitForTimeout(900)
  await shot('eob-empty')
  await page.getByLabel('Allowed, line 1').fill('500')
  await page.getByLabel('Coinsurance, line 1').fill('100')
  await page.getByLabel('Paid, line 1').fill('400')
  await page.waitForTimeout(900)
  await page
    .getByRole('button', { name: /^Add reason/ })
    .first()
    .click()
  await page.waitForTimeout(200)
  await page.keyboard.type('197')
  await page.waitForTimeout(700)
  await shot('eob-typed')

  for (const who of ['Page, Pia', 'Doe, Pia', 'Modelo', 'Trial']) {
    await open('#/claims', '3', new RegExp(who), 'follow_up', 'follow-' + who.slice(0, 3))
    if (await page.getByRole('button', { name: /^Start: (First|Recon)/ }).count()) break
  }
  const start = page.getByRole('button', { name: /^Start: (First|Recon)/ })
  console.log('start buttons', await start.count())
  if (await start.count()) {
    await start.first().click()
    await page.waitForTimeout(1500)
    await page.getByRole('form', { name: 'Appeal letter' }).scrollIntoViewIfNeeded()
    await shot('letter')
  }
  console.log(run.complaints)
} catch (e) {
  console.log(String(e))
  await shot('error')
}
await run.close()
