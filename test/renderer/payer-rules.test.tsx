// Settings, Payer rules, on the real host: written by keyboard, errors at the field, tried, changed, and offered from a case.
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { PayerId } from '#core/ids.ts'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { createD3353, type D3353 } from '#test/helpers/d3353.ts'
import { addRule, perTooth } from '#test/helpers/payer-rules.ts'
import { putBehind } from '#test/helpers/render.tsx'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let host: TestHost
let story: D3353
let payerId: PayerId
const user = userEvent.setup({ delay: null })
beforeAll(async () => {
  host = await openTestHost()
  story = await createD3353(host)
  payerId = (await host.call('payer.list', { text: '' })).payers[0]!.id
})
beforeEach(() => putBehind(host))
afterAll(() => host.close())
afterEach(async () => {
  for (const { id, version } of await own()) await host.call('payerRule.remove', { id, version })
})
const own = async () => (await host.call('payerRule.list', { payerId })).own
function open(path: string) {
  location.hash = `#${path}`
  return render(<App client={createQueryClient()} />)
}
const field = (within_: HTMLElement, name: RegExp | string) => within(within_).getByRole('textbox', { name })

it('a limit is written, each wrong field says what it needs, and “Try it” answers by it', async () => {
  open('/settings')
  await user.click(await screen.findByRole('button', { name: /Add a rule/ }))
  const dialog = await screen.findByRole('dialog', { name: /Add rule: Sample Dental Plan/ })
  await user.type(field(dialog, 'Codes'), 'crown')
  await user.type(field(dialog, /State/), 'Texas{Enter}')
  expect(await within(dialog).findByText(/codes such as D2740 or D2950-D2957/)).toBeVisible()
  expect(within(dialog).getByText('Two letters, such as TX')).toBeVisible()
  expect(within(dialog).getByText('Say where it comes from')).toBeVisible()
  expect(await own()).toEqual([])
  await user.clear(field(dialog, 'Codes'))
  await user.type(field(dialog, 'Codes'), 'd2710-d2794')
  await user.clear(field(dialog, /State/))
  await user.clear(field(dialog, /Length of the period/))
  await user.type(field(dialog, /Length of the period/), 'x')
  await user.type(field(dialog, /^Source/), 'Booklet 2026{Enter}')
  expect(await within(dialog).findByText('Type a whole number')).toBeVisible()
  await user.clear(field(dialog, /Length of the period/))
  await user.type(field(dialog, /Length of the period/), '60{Enter}')
  await waitFor(async () =>
    expect(await own()).toMatchObject([
      { body: { term: perTooth(1, 60), codes: ['D2710-D2794'], source: 'Booklet 2026' } },
    ]),
  )
  const panel = await screen.findByRole('region', { name: 'Try it' })
  await user.type(within(panel).getByRole('textbox', { name: 'Code' }), 'D2740')
  await user.type(within(panel).getByRole('textbox', { name: 'Tooth' }), '3')
  await user.type(within(panel).getByRole('textbox', { name: 'Last done on' }), '03/15/2022{Tab}')
  expect(
    await within(panel).findByText(/For D2740 on #3, last done Mar 15, 2022: refused until Mar 15, 2027/),
  ).toBeVisible()
}, 30_000)

it('a rule is looked up where it is used, changed in its own version, and removed', async () => {
  await addRule(host, payerId, { topic: 'need', need: 'required' }, { codes: ['D3353'] })
  open('/settings')
  await user.click(await screen.findByRole('button', { name: 'Where used Authorization needed, D3353' }))
  const used = await screen.findByRole('dialog', { name: /Where used/ })
  expect(await within(used).findByRole('link', { name: /Exampleton, Robin/ })).toHaveAttribute(
    'href',
    expect.stringContaining(story.caseId),
  )
  await user.keyboard('{Escape}')
  await user.click(await screen.findByRole('button', { name: 'Edit Authorization needed, D3353' }))
  const dialog = await screen.findByRole('dialog', { name: /Edit rule/ })
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Authorization' }), 'Not needed')
  await user.click(within(dialog).getByRole('button', { name: /Save/ }))
  await waitFor(async () => expect((await own())[0]!.body.term).toEqual({ topic: 'need', need: 'none' }))
  await user.click(await screen.findByRole('button', { name: 'Remove Authorization needed, D3353' }))
  await waitFor(async () => expect(await own()).toEqual([]))
}, 30_000)

// What a payer said on the phone had to be typed again, without the call it came from.
it('what was said in a case becomes a rule by one key, with the call as its source', async () => {
  const { caseId, coverageId } = story
  const check = {
    kind: 'authorization_need',
    coverageId,
    code: 'D3353',
    answer: 'yes',
    checkedOn: '2026-11-10',
  } as const
  await host.call('case.recordBenefit', {
    id: caseId,
    check: { ...check, authorizationKind: 'required', source: 'Phone', representative: 'Lee', reference: 'C-7' },
  })
  open(`/cases/${caseId}/authorization`)
  await screen.findByRole('button', { name: /Make it a rule/ })
  await user.keyboard('{Alt>}u{/Alt}')
  const dialog = await screen.findByRole('dialog', { name: /Add rule/ })
  await user.click(within(dialog).getByRole('button', { name: /Save/ }))
  await waitFor(async () =>
    expect(await own()).toMatchObject([
      {
        body: {
          term: { topic: 'need', need: 'required' },
          codes: ['D3353'],
          source: 'Phone, Lee, ref. C-7',
          docDate: '2026-11-10',
          confidence: 'reported',
        },
      },
    ]),
  )
  await waitFor(() => expect(screen.queryByRole('button', { name: /Make it a rule/ })).toBeNull())
}, 30_000)
