// Every screen of the demo practice, looked at: accessible, no sideways scroll at 1366 × 768 and at 200 %, pictures kept.
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, shoot } from '../pages/app.ts'
import { expectAccessible } from '../pages/axe.ts'
import { Keyboard } from '../pages/keyboard.ts'

const LISTS = [
  'Open',
  'No answer',
  'Information',
  'Expiring',
  'Not called',
  'Not booked',
  'Booked late',
  'To verify',
  'Stale',
]

/** Goes to a place and waits for what it must show. */
async function goTo(app: RunningApp, place: string, shows: string | RegExp): Promise<void> {
  await app.page.evaluate((hash) => {
    location.hash = hash
  }, `#${place}`)
  await expect(app.page.getByRole('main').getByText(shows).filter({ visible: true }).first()).toBeVisible()
  await expect(app.page.getByLabel('Loading')).toHaveCount(0)
}

/** What can be scrolled sideways: nothing of the page may, a table of records only in a narrow window. */
const sideways = (app: RunningApp, isNarrow: boolean) =>
  app.page.evaluate(
    (tables) =>
      [document.documentElement, ...document.querySelectorAll('main, main *')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
        .filter((element) => !(tables && element.querySelector(':scope > table')))
        .map((element) => `${element.tagName} ${element.className}`),
    isNarrow,
  )

async function look(app: RunningApp, name: string, isNarrow = false): Promise<void> {
  await shoot(app.page, name)
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'light' })
  expect(await sideways(app, isNarrow), `${name} scrolls sideways`).toEqual([])
}

test('every screen of the demo practice: accessible, fitting, in pictures', async () => {
  const app = await launchApp()
  const keys = new Keyboard(app.page)
  await keys.press('Explore with a demo practice')
  await expect(app.page.getByRole('button', { name: 'Leave demo' })).toBeVisible()
  for (const [name, place, shows] of [
    ['today', '/', /overdue|due/],
    ['cases', '/cases', 'D3353'],
    ['authorizations', '/authorizations', 'D3353'],
    ['calendar', '/calendar', /Nothing on this day|Patient/],
    ['huddle', '/huddle', 'Not called'],
    ['reports', '/reports', 'How long payers take'],
    ['claims', '/claims', 'D3353'],
    ['patients', '/patients', 'Sample Dental Plan'],
    ['guides', '/guides', 'D3353'],
    ['guide', '/guides/endodontics', 'When to use'],
    ['guide-code', '/guides/endodontics/D3353', 'When to use'],
    ['settings', '/settings', 'Office name'],
  ] as const) {
    await goTo(app, place, shows)
    await look(app, name)
  }

  for (const [digit, list] of LISTS.entries()) {
    await goTo(app, '/authorizations', 'Authorizations')
    await keys.key(String(digit + 1))
    await expect(app.page.getByRole('tab', { selected: true })).toContainText(list)
    await expect(app.page.getByLabel('Loading')).toHaveCount(0)
    await look(app, `list-${list.toLowerCase().replace(' ', '-')}`)
  }
  await keys.key('1')
  await expect(app.page.getByRole('tab', { selected: true })).toContainText('Open')
  await keys.key('v')
  await expect(app.page.getByRole('dialog', { name: 'View' })).toBeVisible()
  await look(app, 'list-view')
  await keys.key('Escape')
  await goTo(app, '/patients', 'Sample Dental Plan')
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

  // The steps of a case in full.
  const ids = await app.page.evaluate(async () => {
    const reply = await window.claimwright!.call('case.list', { step: 'follow_up' })
    return reply.ok ? (reply.data as { cases: { id: string; patientId: string }[] }).cases[0]! : null
  })
  if (!ids) throw new Error('the demo practice has no case')
  await goTo(app, `/patients/${ids.patientId}`, 'Coverage')
  await look(app, 'patient')
  const steps = [
    ['code', 'Recommended'],
    ['documentation', 'Checklist'],
    ['authorization', 'Is an authorization needed?'],
    ['claim', 'Print summary'],
    ['follow-up', /EOB of/],
  ] as const
  for (const [step, shows] of steps) {
    await goTo(app, `/cases/${ids.id}/${step}`, shows)
    await look(app, `demo-case-${step}`)
  }
  // What 200 % leaves of 1366 × 768.
  await app.page.setViewportSize({ width: 683, height: 384 })
  for (const [name, place, shows] of [
    ['today', '/', /overdue|due/],
    ['cases', '/cases', 'D3353'],
    ['authorizations', '/authorizations', 'D3353'],
    ['calendar', '/calendar', /Nothing on this day|Patient/],
    ['huddle', '/huddle', 'Not called'],
    ['reports', '/reports', 'How long payers take'],
    ['claims', '/claims', 'D3353'],
    ['patients', '/patients', 'Sample'],
    ['step-code', `/cases/${ids.id}/code`, 'Recommended'],
    ['step-documentation', `/cases/${ids.id}/documentation`, 'Checklist'],
    ['settings', '/settings', 'Office name'],
  ] as const) {
    await goTo(app, place, shows)
    await look(app, `scale-200-${name}`, true)
  }
  expect(app.complaints).toEqual([])
  await app.close()
})
