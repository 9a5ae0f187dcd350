// Closed months and PINs of the day in Settings, on the real host: what an owner says there is what counts at once.
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { putBehind } from '#test/helpers/render.tsx'
import { openTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

let host: TestHost
const user = userEvent.setup({ delay: null })
beforeEach(async () => {
  host = await openTestHost()
  putBehind(host)
  location.hash = '#/settings'
  render(<App client={createQueryClient()} />)
})
afterEach(() => host.close())

const closedThrough = async () => (await host.call('setting.get', {})).closedThrough

it('an owner closes months, and opens one again only with a reason', async () => {
  const months = await screen.findByRole('combobox', { name: 'Closed months' })
  await user.selectOptions(months, 'Closed through Oct 31, 2026')
  expect(screen.queryByRole('textbox', { name: /Why it is opened again/ })).not.toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Close' }))
  await waitFor(async () => expect(await closedThrough()).toBe('2026-10-31'))
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Closed months' })).toHaveValue('2026-10-31'))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Closed months' }), 'No month is closed')
  const open = screen.getByRole('button', { name: 'Open the months after it' })
  await user.click(open)
  expect(await screen.findByText('Say why')).toBeVisible()
  expect(await closedThrough()).toBe('2026-10-31')
  await user.type(screen.getByRole('textbox', { name: /Why it is opened again/ }), 'A check was found{Enter}')
  await waitFor(async () => expect(await closedThrough()).toBeNull())
})

it('the trail is read as sentences, narrowed by kind, and saved as CSV; that stands in it too', async () => {
  const saved: { name: string; content: Uint8Array }[] = []
  const { claimwright } = window
  window.claimwright = {
    ...claimwright!,
    call: async (route, input) => {
      if (route !== 'shell.saveFile') return claimwright!.call(route, input)
      saved.push(input as (typeof saved)[number])
      return { ok: true, data: { saved: true } }
    },
  }
  expect(await screen.findByText('Ana set up the office')).toBeVisible()
  await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Backups and audit')
  await waitFor(() => expect(screen.queryByText('Ana set up the office')).not.toBeInTheDocument())
  expect((await screen.findAllByText('Ana looked at the audit trail'))[0]).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Save as CSV' }))
  expect(await screen.findByText('Audit trail saved')).toBeVisible()
  const text = new TextDecoder().decode(saved[0]!.content)
  expect(text).toContain('Ana looked at the audit trail')
  expect(text).not.toContain('Ana set up the office')
  expect((await host.call('audit.list', { limit: 5 })).rows.map(({ action }) => action)).toContain('audit.export')
})

it('a PIN that is easy to guess is not sent; a good one stands at the lock screen; forbidding ends it and its form', async () => {
  const pin = await screen.findByLabelText('PIN for today')
  await user.type(pin, '111111')
  await user.type(screen.getByLabelText('Your password, for the PIN'), TEST_PASSWORD)
  await user.click(screen.getByRole('button', { name: 'Use this PIN today' }))
  expect(await screen.findByText(/easy to guess/)).toBeVisible()
  await user.clear(pin)
  await user.type(pin, '482913{Enter}')
  expect(await screen.findByText(/the lock screen takes it until midnight/)).toBeVisible()
  await user.click(screen.getByRole('checkbox', { name: /People may switch by a PIN/ }))
  await waitFor(() => expect(screen.queryByLabelText('PIN for today')).not.toBeInTheDocument())
  await host.call('session.lock', { reason: 'user' })
  expect((await host.call('session.status', {})).users).toMatchObject([{ pin: false }])
  expect(await screen.findByLabelText('Password of Ana')).toBeVisible()
})
