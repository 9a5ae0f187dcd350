// The next step done where it is read, against the real host: Enter on a row opens its form, saving settles status and list.
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { createD3353, type D3353, eobOf, requestAuthorization, sendClaim } from '#test/helpers/d3353.ts'
import { putBehind } from '#test/helpers/render.tsx'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let host: TestHost
let story: D3353
const user = userEvent.setup({ delay: null })
beforeEach(async () => {
  host = await openTestHost()
  putBehind(host)
})
afterEach(() => host.close())

function open(path: string) {
  location.hash = `#${path}`
  render(<App client={createQueryClient()} />)
}
const request = async () => (await host.call('authorization.forCase', { caseId: story.caseId })).authorizations[0]!
const rows = async () => (await host.call('today.list', {})).rows
const events = async () => (await host.call('case.get', { id: story.caseId })).timeline.map(({ text }) => text)
/** Enter on the first row of Today, as from anywhere on the page. */
async function enter(action: RegExp, title = action): Promise<HTMLElement> {
  const list = await screen.findByRole('grid', { name: 'Today' })
  await within(list).findByText(action)
  await user.keyboard('{ArrowDown}{Enter}')
  return screen.findByRole('dialog', { name: title })
}

it('from the case as from the list: its first button is what comes next, and a task is done in one field', async () => {
  story = await createD3353(host, 0)
  await host.call('task.add', { task: { caseId: story.caseId, title: 'Ask for the old film', dueOn: '2026-11-20' } })
  open(`/cases/${story.caseId}/authorization`)
  await user.click(await screen.findByRole('button', { name: /^Open the task/ }))
  await screen.findByRole('dialog', { name: 'Task: Ask for the old film' })
  await user.keyboard('by mail{Enter}')
  await waitFor(async () => expect(await events()).toContain('Done: Ask for the old film (by mail)'))
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Open the task/ })).toBeNull())
}, 30_000)

// Bug: Enter opened the page, and whoever had the payer on the phone looked for the form there.
it('a payer that denies: its answer settles the request, and the row asks for the next step', async () => {
  story = await createD3353(host, 0)
  await requestAuthorization(host, story, 'submitted')
  host.setNow('2026-12-30T15:00:00')
  open('/')
  const dialog = await enter(/^Call the payer$/)
  expect(within(dialog).getByRole('combobox', { name: 'Said' })).toHaveFocus()
  expect(within(dialog).getByRole('button', { name: /^member/ })).toBeVisible()
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Said' }), 'Denied')
  await user.type(within(dialog).getByRole('textbox', { name: /Spoke to/ }), 'Kim{Enter}')
  await waitFor(async () => expect(await request()).toMatchObject({ state: 'denied' }))
  expect((await request()).history.at(-1)!.note).toBe('Denied, said by Kim')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(await screen.findByText('Correct or appeal')).toBeVisible()
}, 30_000)

it('a payer that has not decided: the call is logged, and the case rests until the day of the next one', async () => {
  story = await createD3353(host, 0)
  await requestAuthorization(host, story, 'submitted')
  host.setNow('2026-12-30T15:00:00')
  open('/')
  await enter(/^Call the payer$/)
  await user.keyboard('{Enter}')
  await waitFor(async () => expect(await rows()).toMatchObject([{ bucket: 'waiting', dueOn: '2027-01-06' }]))
  expect(await events()).toContain('Call: Still pending')
}, 30_000)

it('a patient who is called and books: both days are kept, and the row waits for the visit', async () => {
  story = await createD3353(host, 0)
  await requestAuthorization(host, story, 'approved')
  open('/')
  const dialog = await enter(/^Call the patient$/)
  expect(within(dialog).getByRole('combobox', { name: 'Call' })).toHaveFocus()
  await user.type(within(dialog).getByRole('textbox', { name: 'Visit booked for' }), '12/15/2026{Enter}')
  await waitFor(async () => expect(await request()).toMatchObject({ bookedFor: '2026-12-15' }))
  expect((await request()).patientCalledOn).toBe('2026-11-23')
  await waitFor(async () => expect(await rows()).toMatchObject([{ bucket: 'waiting', action: 'Wait for the visit' }]))
}, 30_000)

it('an extension needs who said so; without a day yet the asking is logged', async () => {
  story = await createD3353(host, 0)
  await requestAuthorization(host, story, 'approved')
  const { validTo } = await request()
  host.setNow('2027-06-01T15:00:00')
  expect(validTo! < '2027-06-01').toBe(true)
  open('/')
  const dialog = await enter(/^Ask for an extension$/)
  await user.keyboard('9/30/2027{Enter}')
  expect(await within(dialog).findByText('Who said so?')).toBeVisible()
  await user.type(within(dialog).getByRole('textbox', { name: /Said by/ }), 'Dana{Enter}')
  await waitFor(async () => expect(await request()).toMatchObject({ validTo: '2027-09-30' }))
}, 30_000)

// Bug: "Send the request" and "Ask the payer" opened a page, where the form had to be found.
it('a request is started and sent where it is read; whether one is needed is asked in the same way', async () => {
  story = await createD3353(host, 0)
  host.setNow('2026-11-27T15:00:00')
  open('/')
  const asked = await enter(/^Ask the payer$/, /^Is an authorization needed/)
  expect(within(asked).getByRole('button', { name: /^member/ })).toBeVisible()
  await user.keyboard('y')
  await user.click(within(asked).getByRole('button', { name: 'Record' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const dialog = await enter(/^Send the request$/)
  expect(within(dialog).getByRole('combobox', { name: 'Kind' })).toHaveFocus()
  await user.keyboard('{Enter}')
  const sending = await screen.findByRole('combobox', { name: 'Sent by' })
  await waitFor(() => expect(sending).toHaveFocus())
  const reason = await screen.findByRole('textbox', { name: /^Reason for sending/ })
  await user.type(reason, 'films follow{Control>}{Enter}{/Control}')
  await waitFor(async () => expect(await request()).toMatchObject({ state: 'submitted', channel: 'portal' }))
  // A mistake that was the last act.
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(async () => expect(await request()).toMatchObject({ state: 'drafting', sentOn: null }))
}, 30_000)

it('a case that is paid is closed by its next action', async () => {
  story = await createD3353(host, 3)
  await sendClaim(host, story)
  const paid = {
    allowedCents: 60000,
    paidCents: 60000,
    adjustments: [{ group: 'CO' as const, carc: '45', cents: 25000 }],
  }
  await host.call('remittance.post', { remittance: await eobOf(host, story, paid) })
  open(`/cases/${story.caseId}`)
  await user.click(await screen.findByRole('button', { name: /^Close the case/ }))
  await screen.findByRole('dialog', { name: /^Close the case/ })
  await user.keyboard('{Enter}')
  await waitFor(async () =>
    expect(await host.call('case.get', { id: story.caseId })).toMatchObject({
      state: 'closed',
      closeReason: 'Paid in full',
    }),
  )
}, 30_000)

// Bug: a reduction that is no contract's left a task, and no place where anybody could write it off.
it('a reduction that nobody contests: Enter on its task writes it off, and the row is gone; undone, it is back', async () => {
  story = await createD3353(host, 3)
  await sendClaim(host, story)
  const cut = [
    { group: 'CO' as const, carc: '45', cents: 17000 },
    { group: 'PI' as const, carc: '45', cents: 8000 },
  ]
  await host.call('remittance.post', {
    remittance: await eobOf(host, story, { paidCents: 60000, adjustments: cut }),
  })
  host.setNow('2026-12-15T15:00:00')
  const money = async () => (await host.call('case.get', { id: story.caseId })).money
  open(`/cases/${story.caseId}/follow_up`)
  const section = await screen.findByRole('region', { name: 'What is open' })
  expect(within(section).getByText('D3353 #8: $80.00 open · PI-45 $80.00')).toBeVisible()
  await user.click(await screen.findByRole('link', { name: /^Today/ }))
  const dialog = await enter(/^Write off or bill$/, /D3353 #8/)
  expect(within(dialog).getByRole('combobox', { name: 'What to do' })).toHaveFocus()
  await user.type(within(dialog).getByRole('textbox', { name: /^Reason/ }), 'Too small{Enter}')
  await waitFor(async () => expect(await money()).toMatchObject({ writeOffCents: 25000, openCents: 0 }))
  await waitFor(() => expect(screen.queryByText('Write off or bill')).toBeNull())
  await user.click(await screen.findByRole('button', { name: /^Undo/ }))
  await waitFor(async () => expect(await money()).toMatchObject({ writeOffCents: 17000, openCents: 8000 }))
}, 30_000)
