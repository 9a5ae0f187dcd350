// Settings → Backups: what a restore asks for, and what it says afterwards.
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { Backups } from '#renderer/features/office/backups.tsx'
import { NO_BACKUPS, renderApp } from '#test/helpers/render.tsx'

const BACKUP = {
  id: 'one',
  at: '2026-11-22T13:02:00.000Z',
  place: 'local',
  bytes: 4_100_000,
  verified: true,
  missing: 0,
  reason: 'quit',
} as const
const LIST = { ...NO_BACKUPS, backups: [BACKUP] }

it('asks for an owner’s password or the code, says what was wrong and when to try again, and keeps the dialog', async () => {
  const user = userEvent.setup({ delay: null })
  const answers = [
    new AppError('WRONG_PASSWORD', 'Neither the password of an owner nor the recovery code.'),
    new AppError('TOO_MANY_ATTEMPTS', 'Too many', { retryAt: '2026-11-23T12:05:00.000Z' }),
  ]
  renderApp(<Backups />, {
    replies: {
      'backup.list': LIST,
      'backup.restore': () => {
        throw answers.shift()!
      },
    },
  })
  await user.click(await screen.findByRole('button', { name: /^Restore Nov 22/ }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText(/People and passwords stay as they are today/)).toBeVisible()
  await user.type(within(dialog).getByLabelText(/^Owner’s password or the recovery code/), 'guess{Enter}')
  expect(await within(dialog).findByText(/Neither the password of an owner/)).toBeVisible()
  await user.click(within(dialog).getByRole('button', { name: 'Restore' }))
  expect(await within(dialog).findByText(/Try again after Nov 23, 2026/)).toBeVisible()
})
