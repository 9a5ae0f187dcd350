// Approvals at the screen, against the real host: extended, confirmed, appealed; and which of a payer's figures counts.
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthorizationEvent } from '#core/authorization/schema.ts'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { createD3353, type D3353, requestAuthorization } from '#test/helpers/d3353.ts'
import { putBehind } from '#test/helpers/render.tsx'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'
import { days } from '#test/helpers/payer-rules.ts'

let host: TestHost
let story: D3353
const user = userEvent.setup({ delay: null })
beforeEach(async () => {
  host = await openTestHost()
  story = await createD3353(host, 0, { rulesKey: 'northeast-delta', terms: [days('answer', 10, 'bd')] })
  putBehind(host)
})
afterEach(() => host.close())

function open(path: string) {
  location.hash = `#${path}`
  render(<App client={createQueryClient()} />)
}
const one = async () => (await host.call('authorization.forCase', { caseId: story.caseId })).authorizations[0]!
const move = async (event: AuthorizationEvent, on: string, details = {}) => {
  const { id, version } = await one()
  await host.call('authorization.transition', { id, version, event, on, details })
}

describe('Authorization step', () => {
  // Bug: the end could only be typed over: nobody saw that, when and by whom the payer had extended it.
  it('an expired approval is extended: new end and who said so are asked for, and both are shown', async () => {
    await requestAuthorization(host, story, 'approved')
    host.setNow('2027-04-05T15:00:00')
    await move('expire', '2027-04-01')
    open(`/cases/${story.caseId}/authorization`)
    await user.click(await screen.findByRole('button', { name: /^Payer extends it/ }))
    const dialog = await screen.findByRole('dialog', { name: 'Payer extends it' })
    await user.type(within(dialog).getByRole('textbox', { name: /New last day/ }), '9/30/2027{Tab}')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await within(dialog).findByText('Type who said so, or where it is written.')).toBeVisible()
    await user.type(
      within(dialog).getByRole('textbox', { name: /Said by/ }),
      'Dana, call 4711{Control>}{Enter}{/Control}',
    )
    await waitFor(async () => expect(await one()).toMatchObject({ state: 'approved', validTo: '2027-09-30' }))
    expect(await screen.findByText(/to Sep 30, 2027.*Extended Apr 5, 2027: Dana, call 4711/)).toBeVisible()
    const history = screen.getByRole('list', { name: 'History of the authorization' })
    expect(within(history).getByText(/Extended/)).toBeVisible()
  }, 30_000)

  it('“still valid” is offered only where something is in doubt, and settles it', async () => {
    await requestAuthorization(host, story, 'approved')
    open(`/cases/${story.caseId}/authorization`)
    await screen.findByRole('button', { name: /^Payer extends it/ })
    expect(screen.queryByRole('button', { name: /still valid/ })).toBeNull()
    const { version, lines } = await host.call('case.get', { id: story.caseId })
    const dearer = lines.map(({ seq: _, ...line }) => ({ ...line, feeCents: 90_000 }))
    await host.call('case.setLines', { id: story.caseId, version, lines: dearer })
    expect(await screen.findByText(/fee now \$900\.00, approved at \$850\.00/)).toBeVisible()
    await user.click(await screen.findByRole('button', { name: /still valid/ }))
    const dialog = await screen.findByRole('dialog', { name: /still valid/ })
    await user.type(within(dialog).getByRole('textbox', { name: /Said by/ }), 'Lee, ref 12{Control>}{Enter}{/Control}')
    await waitFor(() => expect(screen.queryByText(/fee now/)).toBeNull())
    expect((await one()).history.at(-1)).toMatchObject({ event: 'confirm', note: 'Lee, ref 12' })
  }, 30_000)

  it('a denial shows until when it may be appealed and by whose figure; the appeal goes out by a channel', async () => {
    await requestAuthorization(host, story, 'submitted')
    await move('deny', '2026-11-02')
    open(`/cases/${story.caseId}/authorization`)
    expect(await screen.findByText(/Appeal until May 2, 2027.*6 months\. Northeast Delta Dental/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: /^Appeal/ }))
    const dialog = await screen.findByRole('dialog', { name: 'Send the appeal' })
    expect(await within(dialog).findByText('Still to fill in: [reason of the denial].')).toBeVisible()
    await user.type(within(dialog).getByRole('textbox', { name: /Reason for sending/ }), 'Stands in the letter')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(async () => expect(await one()).toMatchObject({ state: 'appealed', channel: 'portal' }))
  }, 30_000)
})

describe('Settings', () => {
  // Bug: shipped figures were a text beside the fields; which figure a clock went by stood nowhere.
  it('a payer’s figures stand beside each other, and the one that counts is marked', async () => {
    open('/settings')
    await user.click(await screen.findByRole('button', { name: 'Edit Sample Dental Plan' }))
    const list = await screen.findByRole('list', { name: 'Which figures count' })
    const row = (name: string) => {
      const item = within(list).getByText(name).closest('li')!
      return [...item.children].map((part) => part.textContent).slice(1, 4)
    }
    expect(row('Answers in').slice(0, 2)).toEqual([
      'Office’s own: 10 business days, counts',
      'Assumed: 14 business days',
    ])
    expect(row('Time to appeal').slice(0, 2)).toEqual(['Shipped: 6 months, counts', 'Assumed: 180 days'])
    expect(row('Time to appeal')[2]).toContain('nedelta.com')
    expect(row('Time to file a claim')).toEqual(['Not known: check with the payer'])
  }, 30_000)
})
