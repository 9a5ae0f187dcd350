// The Code step of other procedures by keyboard: single keys, a typed date, counts per quadrant, two codes of one visit.
import { expect, test } from '@playwright/test'
import { launchApp } from '../pages/app.ts'
import { expectAccessible } from '../pages/axe.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { shoot } from '../pages/pictures.ts'

/** A case of a known patient of the demo practice. */
async function openCase(keys: Keyboard, procedure: string, tooth?: string): Promise<void> {
  await keys.key('Control+n')
  await expect(keys.field(/^Patient/)).toBeFocused()
  await keys.type('dummy')
  await expect(keys.page.locator('[data-combobox-option]').first()).toBeVisible()
  await keys.key('Tab')
  await keys.reach(keys.field(/^Procedure/))
  await keys.type(procedure)
  await expect(keys.page.getByRole('listbox', { name: 'Procedure' }).getByRole('option').first()).toContainText(
    procedure,
  )
  await keys.key('Tab')
  if (tooth !== undefined) await keys.fill(/^Tooth/, tooth)
  await keys.press('Open case')
  await keys.sees('Questions')
}

/** Answers a question that has a field. */
async function type(keys: Keyboard, question: RegExp, text: string): Promise<void> {
  await keys.reach(keys.field(question))
  await keys.type(text)
  await keys.key('Enter')
  await expect(keys.field(question)).toHaveCount(0)
}

test('a crown on its build-up, an extraction, and root planing by quadrant', async () => {
  const app = await launchApp()
  const keys = new Keyboard(app.page)
  await keys.press('Explore with a demo practice')
  await expect(app.page.getByRole('button', { name: 'Leave demo' })).toBeVisible()

  await openCase(keys, 'Crowns', '3')
  await keys.answer(/What is done/, /^New crown/)
  await keys.answer(/stand on/, /^Natural tooth/)
  await keys.answer(/made of/, /^Ceramic or zirconia/)
  await keys.answer(/build-up or a post placed/, /^Yes/)
  await keys.answer(/post/i, /^No/)
  await keys.sees('D2740')
  await shoot(app.page, 'step-code-crown')
  await expectAccessible(app.page)

  await openCase(keys, 'Extraction', '19')
  await keys.answer(/Is a tooth removed/, /^Tooth or root removed/)
  await keys.answer(/What is there to remove/, /^Tooth with its crown/)
  await keys.answer(/come through/, /^Erupted/)
  await keys.answer(/bone taken away/, /^No/)
  await keys.answer(/tooth split/, /^No/)
  await keys.sees('D7140')
  await shoot(app.page, 'step-code-extraction')

  await openCase(keys, 'Periodontal')
  await keys.answer(/evaluation completed/, /^Yes/)
  await keys.answer(/films show bone loss/, /^Yes/)
  await keys.answer(/treatment is on record/, /^None/)
  await shoot(app.page, 'step-code-periodontal')
  await keys.reach(keys.field('Upper right quadrant'))
  await keys.type('5')
  await keys.key('Tab')
  await keys.type('2')
  await keys.key('Enter')
  await keys.sees('D4341')
  await keys.sees('D4342')
  await type(keys, /six-point chart/, '11/2/2026')
  expect(app.complaints).toEqual([])
  await app.close()
})
