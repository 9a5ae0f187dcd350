// Every screen of the demo practice, looked at: accessible, no sideways scroll at 1366 × 768 and at 200 %, pictures kept.
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, shoot } from '../pages/app.ts'
import { expectAccessible } from '../pages/axe.ts'
import { Keyboard } from '../pages/keyboard.ts'

async function goTo(app: RunningApp, place: string): Promise<void> {
  await app.page.evaluate((hash) => {
    location.hash = hash
  }, `#${place}`)
  await expect(app.page.locator('main h1').first()).toBeVisible()
  await expect(app.page.locator('[aria-busy=true]')).toHaveCount(0)
}

/** How far the page can be scrolled sideways, in pixels. */
const sideways = (app: RunningApp) =>
  app.page.evaluate(() => {
    const wide = [document.documentElement, ...document.querySelectorAll('main, main > *')]
    return Math.max(...wide.map((element) => element.scrollWidth - element.clientWidth))
  })

async function look(app: RunningApp, name: string): Promise<void> {
  await shoot(app.page, name)
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'light' })
  expect(await sideways(app), `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

test('every screen of the demo practice: accessible, fitting, in pictures', async () => {
  const app = await launchApp()
  const keys = new Keyboard(app.page)
  await keys.press('Explore with a demo practice')
  await expect(app.page.getByText('Demo practice').first()).toBeVisible()
  await expect(app.page.locator('main h1').first()).toBeVisible()
  for (const [name, place] of [
    ['today', '/'],
    ['cases', '/cases'],
    ['authorizations', '/authorizations'],
    ['claims', '/claims'],
    ['patients', '/patients'],
    ['guides', '/guides'],
    ['guide', '/guides/endodontics'],
    ['guide-code', '/guides/endodontics/D3353'],
    ['settings', '/settings'],
  ] as const) {
    await goTo(app, place)
    await look(app, name)
  }

  await goTo(app, '/patients')
  await app.page.locator('main table tbody tr, main [role=row][aria-rowindex]').first().waitFor()
  await keys.key('Control+k')
  await expect(app.page.getByRole('dialog')).toBeVisible()
  await keys.type('D3353')
  await expect(app.page.getByRole('option').first()).toBeVisible()
  await look(app, 'palette')
  await keys.key('Escape')
  await keys.key('Shift+?')
  await expect(app.page.getByRole('dialog')).toBeVisible()
  await look(app, 'keys')
  await keys.key('Escape')

  // The steps of a case in full: 200 % scaling halves the window.
  const ids = await app.page.evaluate(async () => {
    const reply = await window.claimwright!.call('case.list', {})
    return reply.ok ? (reply.data as { cases: { id: string; patientId: string }[] }).cases[0]! : null
  })
  if (!ids) throw new Error('the demo practice has no case')
  await goTo(app, `/patients/${ids.patientId}`)
  await look(app, 'patient')
  for (const step of ['code', 'documentation', 'authorization', 'claim', 'follow-up']) {
    await goTo(app, `/cases/${ids.id}/${step}`)
    await look(app, `demo-case-${step}`)
  }
  await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2))
  for (const place of [
    '/',
    '/cases',
    '/authorizations',
    '/claims',
    '/patients',
    `/cases/${ids.id}/code`,
    `/cases/${ids.id}/claim`,
    '/settings',
  ]) {
    await goTo(app, place)
    expect(await sideways(app), `${place} scrolls sideways at 200 %`).toBeLessThanOrEqual(0)
  }
  expect(app.complaints).toEqual([])
  await app.close()
})
