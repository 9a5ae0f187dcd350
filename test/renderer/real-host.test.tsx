// The UI against the real host and a real encrypted file: set-up, a draft, lock, sign-in. Catches: two sides that drift apart.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { openEmptyHost, openTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

describe('with the real host', () => {
  it('sets up an office, stays on the code until it is typed back, locks and opens again with preferences kept', async () => {
    const user = userEvent.setup({ delay: null })
    const { host, ...opened } = openEmptyHost()
    close = opened.close
    window.claimwright = {
      call: (route, input) => host.call(route, input),
      on: (listener) => host.on(listener),
    }
    const { unmount } = render(<App client={createQueryClient()} />)
    await user.click(await screen.findByRole('button', { name: 'Set up this office' }))
    await user.type(screen.getByRole('textbox', { name: 'Office name' }), 'Example Dental{Enter}')
    await user.keyboard('{Enter}{Enter}{Enter}')
    await user.type(screen.getByRole('textbox', { name: /Your name/ }), 'Ana')
    await user.type(screen.getByLabelText(/^New password$/), TEST_PASSWORD)
    await user.type(screen.getByLabelText('New password again'), `${TEST_PASSWORD}{Enter}`)
    await screen.findByRole('heading', { name: 'Your recovery code' })
    const code = document.querySelector('[data-recovery-code]')?.textContent ?? ''
    await user.click(screen.getByRole('button', { name: 'I have it on paper' }))
    await user.type(screen.getByRole('textbox', { name: 'Recovery code' }), `${code.toLowerCase()}{Enter}`)

    await screen.findByRole('navigation', { name: 'Main' })
    await user.click(screen.getByRole('button', { name: 'Fold navigation' }))
    await waitFor(async () =>
      expect(await opened.call('draft.list', {})).toMatchObject({ drafts: [{ scope: 'ui.preferences' }] }),
    )
    await user.keyboard('{Control>}l{/Control}')
    expect(await screen.findByText(/Ana was signed in/)).toBeVisible()

    unmount()
    void act(() => usePreferences.setState({ navFolded: false }))
    render(<App client={createQueryClient()} />)
    await user.type(await screen.findByLabelText('Password of Ana'), 'not the right one{Enter}')
    expect(await screen.findByText(/Check Caps Lock/)).toBeVisible()
    await user.type(screen.getByLabelText('Password of Ana'), `${TEST_PASSWORD}{Enter}`)
    expect(await screen.findByRole('button', { name: 'Widen navigation' })).toBeInTheDocument()
  })

  it('a restore ends at the sign-in, where the missing film still stands (the lock takes the page away before the answer comes)', async () => {
    const user = userEvent.setup({ delay: null })
    const test = await openTestHost()
    close = test.close
    const { caseId } = await createD3353(test)
    await attach(test, caseId)
    await test.call('backup.create', {})
    await test.call('session.lock', { reason: 'user' })
    for (const lost of ['claimwright.db', 'blobs', join('backups', 'blobs')])
      rmSync(join(test.dataDir, lost), { recursive: true })
    window.claimwright = {
      call: (route, input) => test.host.call(route, input),
      on: (listener) => test.host.on(listener),
    }
    render(<App client={createQueryClient()} />)
    await user.type(await screen.findByLabelText(/^Owner’s password or the recovery code/), `${TEST_PASSWORD}{Enter}`)
    expect(await screen.findByLabelText('Password of Ana')).toBeVisible()
    expect(await screen.findByText(/1 file could not be found in it: Pre-op periapical, tooth #8/)).toBeVisible()
  })

  it('an interrupted set-up begins again instead of asking for a login that opens nothing', async () => {
    const { host, ...opened } = openEmptyHost()
    close = opened.close
    await opened.call('session.setup', {
      office: { name: 'Example', address: { street: '', city: '', state: '', zip: '' }, phone: '', npi: '', taxId: '' },
      provider: null,
      user: { name: 'Ana', password: TEST_PASSWORD },
    })
    window.claimwright = {
      call: (route, input) => host.call(route, input),
      on: (listener) => host.on(listener),
    }
    render(<App client={createQueryClient()} />)
    expect(await screen.findByRole('button', { name: 'Set up this office' })).toBeVisible()
  })
})
