// Pictures of what a journey shows. They are kept in docs/screenshots by `npm run screenshots` only: a test run leaves the tree as it is.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

const isKept = process.env['CLAIMWRIGHT_SCREENSHOTS'] === '1'
const folder = fileURLToPath(
  new URL(isKept ? '../../../docs/screenshots' : '../../../test-results/pictures', import.meta.url),
)
mkdirSync(folder, { recursive: true })

/** Draws the pages of a PDF as <name>-1.png and so on, to be looked at; fails for a PDF that cannot be drawn. */
export function picturePdf(file: string, name: string): void {
  execFileSync('pdftoppm', ['-r', '80', '-png', file, join(folder, name)])
}

/** A page of the documentation that a journey measures, above the sections that people wrote: kept where pictures are, never by a mere run. */
export function keepPage(name: string, text: string): void {
  if (!isKept) return
  const file = join(folder, '..', name)
  const written = existsSync(file) ? (/\n## [^]*/.exec(readFileSync(file, 'utf8'))?.[0] ?? '') : ''
  writeFileSync(file, text + written)
}

/** A picture that the app itself made. */
export function keepPicture(file: string, name: string): void {
  copyFileSync(file, join(folder, name))
}

/** Chromium 114 may never answer a screenshot that is asked for in the middle of a movement. */
async function comeToRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const movements = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(movements.map(({ finished }) => finished))
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
}

/** The page as <name>-light.png and -dark.png, where pictures are kept. */
export async function shoot(page: Page, name: string): Promise<void> {
  for (const scheme of isKept ? (['light', 'dark'] as const) : []) {
    await page.emulateMedia({ colorScheme: scheme })
    await comeToRest(page)
    await page.screenshot({ path: join(folder, `${name}-${scheme}.png`), animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
