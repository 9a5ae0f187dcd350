// Every list of the demo practice at the sizes of a front desk's screens: nothing cut, nothing to scroll sideways.
// The gate runs three sizes in light; `npm run e2e -- --all-sizes` the others, 200 % and dark.
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { chooseFiles } from '../pages/files.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { cut, goTo, sideways } from '../pages/look.ts'
import { eraFile } from '#host/demo/era-file.ts'

/** What a zoom leaves of a screen: 1366 × 768 at 150 % has 911 × 512 CSS px. */
const SIZES: readonly { screen: number; zoom: number; width: number; height: number; gate?: true }[] = [
  { screen: 1024, zoom: 100, width: 1024, height: 768, gate: true },
  { screen: 1366, zoom: 100, width: 1366, height: 768, gate: true },
  { screen: 1366, zoom: 150, width: 911, height: 512, gate: true },
  { screen: 1024, zoom: 150, width: 683, height: 512 },
  { screen: 1366, zoom: 200, width: 683, height: 384 },
  { screen: 1920, zoom: 100, width: 1920, height: 1080 },
  { screen: 1920, zoom: 150, width: 1280, height: 720 },
  { screen: 2560, zoom: 100, width: 2560, height: 1440 },
  { screen: 2560, zoom: 150, width: 1707, height: 960 },
]
const isAll = process.env['CLAIMWRIGHT_ALL_SIZES'] === '1'

/** A screen with lists: where, what it must show, its tabs by key, its dialogs by key and name. */
interface Place {
  at: string
  shows: string | RegExp
  tabs?: number
  dialogs?: readonly (readonly [key: string, name: RegExp])[]
}
const PLACES: readonly Place[] = [
  { at: '/', shows: /D\d{4}/, tabs: 5, dialogs: [['v', /View/]] },
  { at: '/cases', shows: /D\d{4}/ },
  { at: '/authorizations', shows: /D\d{4}/, tabs: 10, dialogs: [['i', /Import a list/]] },
  { at: '/claims', shows: /D\d{4}/, tabs: 7 },
  {
    at: '/claims',
    shows: 'Claims',
    dialogs: [
      ['x', /Export/],
      ['f', /Exported files/],
      ['r', /Read answers/],
    ],
  },
  { at: '/remittances', shows: 'Adds up', tabs: 4 },
  { at: '/remittances', shows: 'Remittances', dialogs: [['b', /Post/]] },
  { at: '/patients', shows: 'Sample Dental Plan' },
  { at: '/reports', shows: 'How long payers take' },
  { at: '/reports/denials', shows: 'By cause' },
  { at: '/calendar', shows: /Nothing on this day|Patient/ },
  { at: '/huddle', shows: 'Not called' },
]

async function expectWhole({ page }: RunningApp, name: string): Promise<void> {
  await expect(page.getByLabel('Loading')).toHaveCount(0)
  expect.soft(await cut(page), `${name} cuts something`).toEqual([])
  expect.soft(await sideways(page), `${name} scrolls sideways`).toEqual([])
}

async function lookAt(app: RunningApp, { at, shows, tabs = 0, dialogs = [] }: Place, name: string): Promise<void> {
  const { page } = app
  await goTo(app, at, shows)
  await expectWhole(app, `${name} ${at}`)
  for (let tab = 1; tab <= tabs; tab += 1) {
    const key = String(tab % 10)
    await page.keyboard.press(key)
    await expect(page.getByRole('tab', { selected: true })).toHaveAttribute('aria-keyshortcuts', key)
    await expectWhole(app, `${name} ${at}, tab ${tab}`)
  }
  if (tabs > 0) await page.keyboard.press('1')
  for (const [key, title] of dialogs) {
    const dialog = page.getByRole('dialog', { name: title })
    await page.keyboard.press(key)
    await expect(dialog).toBeVisible()
    await expectWhole(app, `${name} ${at}, ${title.source}`)
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
}

/** Files and matches are looked at in dialogs with lists of their own. */
async function lookAtRemittances(app: RunningApp, name: string): Promise<void> {
  const { page } = app
  const dialog = page.getByRole('dialog')
  await goTo(app, '/remittances', 'Remittances')
  await page.keyboard.press('i')
  await expect(dialog).toBeVisible()
  await chooseFiles(page, {
    'remittance.835': eraFile({
      trace: 'EFT7001',
      payer: { name: 'Harborlight Benefits', id: '00000', taxId: '999999999' },
      claims: [{ number: 'ELM-9', lines: [{ charge: 100, paid: 50, cas: ['CO:45:50'], id: 'X' }] }],
    }),
  })
  await expect(dialog.getByText('EFT7001')).toBeVisible()
  await expectWhole(app, `${name} import of a remittance`)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('2')
  await expect(page.getByRole('tab', { selected: true })).toContainText('Claims to look at')
  await page.locator('tr[data-row="0"]').focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('The claim adds up')).toBeVisible()
  await expectWhole(app, `${name} lines of a claim in a file`)
  await page.keyboard.press('m')
  await expect(page.getByRole('dialog', { name: /Which of our claims/ })).toBeVisible()
  await expectWhole(app, `${name} match of a claim`)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
}

/** The five steps of a case that was denied, and the claim of one that is not sent yet: its boxes are fields. */
async function lookAtCase(app: RunningApp, name: string): Promise<void> {
  const caseIn = (step: string, status: string) =>
    app.page.evaluate(
      async ([at, words]) => {
        const reply = await window.claimwright!.call('case.list', { step: at, limit: 200 })
        const { cases } = (reply.ok ? reply.data : { cases: [] }) as { cases: { id: string; status: string }[] }
        return cases.find((one) => one.status.startsWith(words!))!.id
      },
      [step, status],
    )
  const denied = await caseIn('follow_up', 'Denied')
  for (const [step, shows] of [
    ['code', 'Recommended'],
    ['documentation', 'Checklist'],
    ['authorization', 'Is an authorization needed?'],
    ['claim', /^Claim /],
    ['follow_up', /EOB of/],
  ] as const) {
    await goTo(app, `/cases/${denied}/${step}`, shows)
    await expectWhole(app, `${name} ${step}`)
  }
  await goTo(app, `/cases/${await caseIn('claim', 'Ready')}/claim`, 'Services')
  await expectWhole(app, `${name} claim to send`)
}

/** Whether a message stands over something that is typed into or pressed. */
async function lookUnderMessage(app: RunningApp, name: string): Promise<void> {
  const { page } = app
  await goTo(app, '/', /D\d{4}/)
  await page.locator('tr[data-row="0"]').focus()
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog').locator('textarea')).toBeFocused()
  await page.keyboard.type('Looked at')
  await page.keyboard.press('Control+Enter')
  const message = page.getByRole('status').filter({ hasText: 'Note added' })
  await expect(message).toBeVisible()
  const covered = await message.evaluate((element) => {
    // What the page has scrolled away lies under nothing.
    const end = document.querySelector('main')!.getBoundingClientRect().bottom
    return [...document.querySelectorAll<HTMLElement>('main :is(input, select, textarea, button, [tabindex="0"])')]
      .filter((one) => {
        const { left, top } = one.getBoundingClientRect()
        const at = document.elementFromPoint(left + 2, top + 2)
        return at !== null && element.contains(at) && top + 2 < end
      })
      .map((one) => one.outerHTML.slice(0, 80))
  })
  expect.soft(covered, `${name}: under a message`).toEqual([])
}

for (const colorScheme of isAll ? (['light', 'dark'] as const) : (['light'] as const)) {
  test(`no list cuts anything, ${colorScheme}`, async () => {
    test.setTimeout(600_000)
    const app = await launchApp()
    await new Keyboard(app.page).press('Explore with a demo practice')
    await expect(app.page.getByRole('button', { name: 'Leave demo' })).toBeVisible()
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const { screen, zoom, width, height } of SIZES.filter((one) => one.gate ?? isAll)) {
      await app.page.setViewportSize({ width, height })
      for (const place of PLACES) await lookAt(app, place, `${screen} px ${zoom} %:`)
      await lookAtRemittances(app, `${screen} px ${zoom} %:`)
      await lookAtCase(app, `${screen} px ${zoom} %:`)
      await lookUnderMessage(app, `${screen} px ${zoom} %:`)
    }
    expect(app.complaints).toEqual([])
    await app.close()
  })
}
