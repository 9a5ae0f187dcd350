// Works the app as a person without a mouse: Tab to a thing, type, press.
import { expect, type Locator, type Page } from '@playwright/test'

const MOST_TABS = 220

export class Keyboard {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Tabs until the thing has the focus; fails when Tab never reaches it. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible()
    const focused = () => target.evaluate((element) => element === document.activeElement)
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await focused()) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${String(target)}`)
  }

  field(label: string | RegExp): Locator {
    const named = this.page.getByLabel(label, typeof label === 'string' ? { exact: true } : {})
    return this.scope().locator('input, textarea, select').and(named).first()
  }

  button(name: string | RegExp): Locator {
    return this.scope().getByRole('button', { name }).first()
  }

  /** The open dialog, else the page. */
  private scope(): Locator {
    return this.page.locator('[role=dialog]:visible, body:not(:has([role=dialog]:visible))').last()
  }

  /** Replaces what a field holds. */
  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.reach(this.field(label))
    await this.page.keyboard.press('Control+A')
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Tab')
  }

  /** Picks from a short list by typing what the option begins with. */
  async choose(label: string | RegExp, option: string): Promise<void> {
    const field = this.field(label)
    await this.reach(field)
    await this.page.keyboard.type(option)
    await expect(field.locator('option:checked')).toHaveText(new RegExp(`^${option}`))
  }

  async press(name: string | RegExp): Promise<void> {
    await this.reach(this.button(name))
    await this.page.keyboard.press('Enter')
  }

  async key(combo: string): Promise<void> {
    await this.page.keyboard.press(combo)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** A message of the app that something worked or is so. */
  async sees(text: string | RegExp): Promise<void> {
    await expect(this.page.getByText(text).first()).toBeVisible()
  }
}
