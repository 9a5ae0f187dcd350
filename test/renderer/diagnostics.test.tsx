// Help → Diagnostics on the screen: reached by the menu, by its key and from the search; what is copied and saved is what stands there.
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Diagnostics } from '#core/diagnostics.ts'
import { type Replies, renderWholeApp } from '#test/helpers/render.tsx'

const REPORT: Diagnostics = {
  at: '2026-11-23T15:00:00.000Z',
  checks: [
    { name: 'Audit trail', state: 'bad', words: 'Altered at entry 7.' },
    { name: 'Database', state: 'ok', words: 'Whole at this sign-in.' },
  ],
  versions: [{ name: 'Node', value: '18.15.0' }],
  sizes: [{ name: 'Cases', value: '1,204' }],
  log: ['2026-11-23T14:00:00.000Z page-gone exitCode=5'],
}
const TODAY = { rows: [], next: null, counts: { late: 0, overdue: 0, today: 0, week: 0, waiting: 0, all: 0 } }
const replies = {
  'diagnostics.get': REPORT,
  'shell.copy': {},
  'shell.saveFile': { saved: true },
  'shell.thirdParties': {
    parties: [{ name: 'react', version: '19.3.1', license: 'MIT', text: 'Permission is granted' }],
  },
  'today.list': TODAY as never,
} satisfies Replies

it('opens from the menu and from its key, says what to look at, and gives it as text', async () => {
  const user = userEvent.setup()
  const host = renderWholeApp(replies, '/nowhere')
  await screen.findByText('This address shows nothing.')
  host.emit({ type: 'menu', action: 'diagnostics' })
  expect(await screen.findByRole('row', { name: /Audit trail Act now Altered at entry 7/ })).toBeVisible()
  location.hash = '#/nowhere'
  await screen.findByText('This address shows nothing.')
  await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}')
  expect(await screen.findByText('2026-11-23T14:00:00.000Z page-gone exitCode=5')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  await waitFor(() => expect(host.asked('shell.copy')).toHaveLength(1))
  await user.click(screen.getByRole('button', { name: 'Save as text' }))
  await waitFor(() => expect(host.asked('shell.saveFile')).toHaveLength(1))
  const [file] = host.asked('shell.saveFile')
  expect(file!.name).toBe('claimwright-diagnostics-2026-11-23.txt')
  const text = new TextDecoder().decode(file!.content as Uint8Array)
  expect(text).toBe(host.asked('shell.copy')[0]!.text)
  for (const words of [
    'Audit trail: Act now. Altered at entry 7.',
    'Node: 18.15.0',
    'Cases: 1,204',
    'page-gone exitCode=5',
  ])
    expect(text).toContain(words)
})

it('shows the licenses of what others wrote', async () => {
  const user = userEvent.setup()
  renderWholeApp(replies, '/diagnostics')
  await user.click(await screen.findByRole('button', { name: 'Show the licenses of others' }))
  await user.click(await screen.findByText(/react 19.3.1/))
  expect(screen.getByText('Permission is granted')).toBeVisible()
})
