// Works the app as a person without a mouse: Tab to a thing, type, press.
import { expect, type Locator, type Page } from '@playwright/test'

const MOST_TABS = 220

export class Keyboard {
  readonly page: Page
  /** Keys sent so far, apart from the characters of the data itself. */
  strokes = 0
  constructor(page: Page) {
    this.page = page
  }

  /** One key, as a keyboard sends it. */
  private async send(combo: string): Promise<void> {
    this.strokes += 1
    await this.page.keyboard.press(combo)
  }

  /** How many keys a piece of work takes. */
  async count(work: () => Promise<void>): Promise<number> {
    const before = this.strokes
    await work()
    return this.strokes - before
  }

  /** Tabs until the thing has the focus; fails when Tab never reaches it. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible()
    const focused = () => target.evaluate((element) => element === document.activeElement)
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await focused()) return
      await this.send('Tab')
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
    await this.send('Control+A')
    await this.type(text)
    await this.send('Tab')
  }

  /** Picks from a short list by typing what the option begins with. */
  async choose(label: string | RegExp, option: string): Promise<void> {
    const field = this.field(label)
    await this.reach(field)
    await this.type(option)
    await expect(field.locator('option:checked')).toHaveText(new RegExp(`^${option}`))
  }

  /** Chooses an option of a question by its single key. */
  async pick(question: RegExp, option: RegExp): Promise<void> {
    const wanted = this.page.getByRole('radio', { name: option })
    const group = this.page.getByRole('radiogroup', { name: question }).filter({ has: wanted }).last()
    await expect(group).toBeVisible()
    const key = await group.getByRole('radio', { name: option }).getAttribute('aria-keyshortcuts')
    await this.reach(group.locator('[role=radio][tabindex="0"]'))
    await this.send((key ?? '').toLowerCase())
  }

  /** Answers a question of the Code step: once answered it is asked no more. */
  async answer(question: RegExp, option: RegExp): Promise<void> {
    await this.pick(question, option)
    await expect(
      this.page
        .getByRole('radiogroup', { name: question })
        .filter({ has: this.page.getByRole('radio', { name: option }) }),
    ).toHaveCount(0)
  }

  async press(name: string | RegExp): Promise<void> {
    await this.reach(this.button(name))
    await this.send('Enter')
  }

  async key(combo: string): Promise<void> {
    await this.send(combo)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** A message of the app that something worked or is so. */
  async sees(text: string | RegExp): Promise<void> {
    await expect(this.page.getByText(text).filter({ visible: true }).first()).toBeVisible()
  }
}
