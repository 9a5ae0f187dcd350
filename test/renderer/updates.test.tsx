// Settings → Updates: nothing is asked for while it is off, what is new is text, nothing is installed before a person says so twice.
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Settings } from '#core/contract/office.ts'
import { AppError } from '#core/errors.ts'
import { UPDATE_REFUSALS } from '#core/update/refusals.ts'
import { Updates } from '#renderer/features/office/updates.tsx'
import { renderApp, type Replies } from '#test/helpers/render.tsx'

const OFF = Settings.parse({})
const ON = { ...OFF, updates: { on: true, address: 'http://192.168.1.20/' } }
const shown = (replies: Replies) =>
  renderApp(<Updates />, { replies: { 'setting.get': ON, 'shell.updateState': { updatesItself: true }, ...replies } })

it('while it is off nothing can be looked for at an address', async () => {
  shown({ 'setting.get': OFF })
  expect(await screen.findByRole('button', { name: 'Check now' })).toBeDisabled()
  expect(screen.getByRole('button', { name: 'Import an update file' })).toBeEnabled()
})
it('an address that leaves the office without encryption is refused at its field', async () => {
  const user = userEvent.setup()
  const host = shown({ 'setting.set': {} })
  const address = await screen.findByRole('textbox', { name: /Update address/ })
  await user.clear(address)
  await user.type(address, 'http://8.8.8.8/{Enter}')
  expect(await screen.findByText(/Type an address that begins with https/)).toBeVisible()
  expect(host.asked('setting.set')).toEqual([])
})
it('says what is new as text, and installs after a question', async () => {
  const user = userEvent.setup()
  const host = shown({
    'shell.findUpdate': { version: '0.3.0', notes: 'Lists open <b>faster</b>.' },
    'shell.installUpdate': {},
  })
  await user.click(await screen.findByRole('button', { name: 'Check now' }))
  expect(await screen.findByText('Lists open <b>faster</b>.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Install and restart' }))
  expect(await screen.findByText(/kept as a draft/)).toBeVisible()
  expect(host.asked('shell.installUpdate')).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Back up, install and restart' }))
  await waitFor(() => expect(host.asked('shell.installUpdate')).toHaveLength(1))
})
it('a file from a folder that is refused says why, and offers nothing to install', async () => {
  const user = userEvent.setup()
  const host = shown({
    'shell.chooseFolder': { folder: '/media/stick' },
    'shell.findUpdate': () => {
      throw new AppError('FILE_REJECTED', UPDATE_REFUSALS.tampered)
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Import an update file' }))
  expect(await screen.findByText(UPDATE_REFUSALS.tampered)).toBeVisible()
  expect(host.asked('shell.findUpdate')).toEqual([{ folder: '/media/stick' }])
  expect(screen.queryByRole('button', { name: 'Install and restart' })).not.toBeInTheDocument()
})
it('a copy that is replaced by hand says so', async () => {
  shown({ 'shell.updateState': { updatesItself: false } })
  expect(await screen.findByText(/This copy does not update itself/)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Check now' })).not.toBeInTheDocument()
})
