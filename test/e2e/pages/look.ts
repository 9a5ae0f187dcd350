// Goes to a place and looks at it: picture in light and dark, accessible, nothing cut sideways, no key with two meanings.
import { expect, type Page } from '@playwright/test'
import { MEANINGS } from '#renderer/lib/keys.ts'
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

/** What can be scrolled sideways: nothing may. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main *, [role=dialog], [role=dialog] *')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
      .map((element) => `${element.tagName} ${element.className}`),
  )

/**
 * What is cut: text beyond its cell, and anything that hides what does not fit into it. For screen readers only, or drawn
 * for its width only, counts nothing.
 */
export const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const dialogs = [...document.querySelectorAll('[role=dialog]')].filter((one) => one.checkVisibility())
    const scope = dialogs.at(-1) ?? document.querySelector('main')!
    // A label for screen readers is clipped away whole; a picture alone is fitted to its frame.
    const isHidden = (element: Element) =>
      element.closest('[aria-hidden=true]') !== null ||
      getComputedStyle(element).clipPath === 'inset(50%)' ||
      (element.textContent.trim() === '' && !(element instanceof HTMLInputElement))
    const isCut = (element: HTMLElement): boolean => {
      const isCell = element.matches('td, th, td input, [role=gridcell]')
      const { overflowX, overflowY } = getComputedStyle(element)
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
      const isWide = element.scrollWidth > element.clientWidth + 1
      const isHigh = element.scrollHeight > element.clientHeight + 1
      if (isCell) return isWide || (hides(overflowY) && isHigh)
      if (element.matches('input, select, textarea')) return false
      return (hides(overflowX) && isWide) || (hides(overflowY) && isHigh)
    }
    return [...scope.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.clientWidth > 0 && element.checkVisibility() && !isHidden(element) && isCut(element))
      .map((element) => {
        const words = element instanceof HTMLInputElement ? element.value : element.textContent
        return `${element.tagName} ${element.className} "${words.slice(0, 60)}"`
      })
  })

/** Keys printed on two things that are on screen at once: one of them would never work. Those of a question count where it has the focus. */
const clashes = (app: RunningApp) =>
  app.page.evaluate(() => {
    const dialogs = [...document.querySelectorAll('[role=dialog]')]
    const keys = [...(dialogs.at(-1) ?? document).querySelectorAll<HTMLElement>('button[aria-keyshortcuts]')]
      .filter((element) => element.checkVisibility() && !element.matches(':disabled, [role=radio]'))
      .map((element) => element.getAttribute('aria-keyshortcuts') ?? '')
    return keys.filter((key, at) => keys.indexOf(key) !== at)
  })

/** Keys that mean something else here than on every other screen; the answers of a question count where it has the focus. */
const strangers = async (app: RunningApp): Promise<string[]> => {
  const buttons = await app.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main button[aria-keyshortcuts]')]
      .filter((element) => element.checkVisibility() && !element.matches('[role=radio], [role=tab]'))
      .map((element) => {
        const key = element
          .getAttribute('aria-keyshortcuts')!
          .toLowerCase()
          .replace(/^alt\+/, '')
        return { key, name: element.getAttribute('aria-label') ?? element.textContent }
      }),
  )
  return buttons
    .filter(({ key, name }) => MEANINGS[key] && !MEANINGS[key].test(name))
    .map(({ key, name }) => `${key}: ${name}`)
}

export async function look(app: RunningApp, name: string): Promise<void> {
  await shoot(app.page, name)
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(app.page)
  await app.page.emulateMedia({ colorScheme: 'light' })
  expect.soft(await sideways(app.page), `${name} scrolls sideways`).toEqual([])
  expect.soft(await cut(app.page), `${name} cuts something`).toEqual([])
  expect.soft(await clashes(app), `${name} prints a key twice`).toEqual([])
  expect.soft(await strangers(app), `${name} gives a key another meaning`).toEqual([])
}
