// Goes to a place and looks at it: picture in light and dark, accessible, nothing cut sideways, no key with two meanings.
import { expect } from '@playwright/test'
import { type RunningApp } from './app.ts'
import { expectAccessible } from './axe.ts'
import { shoot } from './pictures.ts'

/** Goes to a place and waits for what it must show. */
export async function goTo(app: RunningApp, place: string, shows: string | RegExp): Promise<void> {
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
      [document.documentElement, ...document.querySelectorAll('main, main *, [role=dialog], [role=dialog] *')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
        .filter((element) => !(tables && element.querySelector(':scope > table')))
        .map((element) => `${element.tagName} ${element.className}`),
    isNarrow,
  )

/** Keys printed on two things that are on screen at once: one of them would never work. Those of a question count where it has the focus. */
const clashes = (app: RunningApp) =>
  app.page.evaluate(() => {
    const dialogs = [...document.querySelectorAll('[role=dialog]')]
    const keys = [...(dialogs.at(-1) ?? document).querySelectorAll<HTMLElement>('button[aria-keyshortcuts]')]
      .filter((element) => element.checkVisibility() && !element.matches(':disabled, [role=radio]'))
      .map((element) => element.getAttribute('aria-keyshortcuts') ?? '')
    return keys.filter((key, at) => keys.indexOf(key) !== at)
  })

export async function look(app: RunningApp, name: string, isNarrow = false): Promise<void> {
  await shoot(app.page, name)
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'light' })
  expect.soft(await sideways(app, isNarrow), `${name} scrolls sideways`).toEqual([])
  expect.soft(await clashes(app), `${name} prints a key twice`).toEqual([])
}
