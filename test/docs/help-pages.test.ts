// Bug: F1 on a new screen opened nothing.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findHelp, helpFor, HelpPage } from '#core/help.ts'
import { paths } from '#renderer/paths.ts'

const pages = HelpPage.array().parse(
  JSON.parse(readFileSync(new URL('../../assets/help.json', import.meta.url), 'utf8')),
)

it('every place of the app has its help page', () => {
  const places = Object.values(paths).flatMap((path) => (typeof path === 'string' ? path : path('one')))
  const missing = places.filter((path) => path !== paths.gallery && !pages.some(({ id }) => id === helpFor(path)))
  expect(missing).toEqual([])
})
it('is found by its name first, then by other words; never by nothing', () => {
  expect(findHelp(pages, 'patients')[0]?.id).toBe('patients')
  expect(findHelp(pages, 'merge twice').map(({ id }) => id)).toContain('patients')
  expect(findHelp(pages, 'zebra')).toEqual([])
})
