// Files for the file chooser of the open dialog: the one place where a test hands something over without the keyboard.
import type { Page } from '@playwright/test'

/** Chooses files of these names and texts. */
export async function chooseFiles(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const picked = Object.entries(files).map(([name, text]) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from(text),
  }))
  await page.locator('[role=dialog] input[type=file]').setInputFiles(picked)
}
