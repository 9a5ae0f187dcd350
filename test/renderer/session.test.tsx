// Set-up, sign-in, lock, recovery and damaged data, as a person at the keyboard meets them.
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { Step } from '#core/case/schema.ts'
import { AppError } from '#core/errors.ts'
import { ANA, aSession, renderWholeApp, TODAY } from '#test/helpers/render.tsx'

const CODE = 'A7KF-9QWM-2XTB-LR4C'
const BEN = { id: '019ab000-0000-7000-8000-00000000000b', name: 'Ben' } as { id: typeof ANA.id; name: string }

describe('set-up', () => {
  it('asks one question at a time, keeps answers on Back, and opens only after the code is typed back', async () => {
    const user = userEvent.setup({ delay: null })
    let isConfirmed = false
    const host = renderWholeApp({
      'session.status': () => (isConfirmed ? aSession() : aSession({ state: 'setup', user: null })),
      'session.setup': { recoveryCode: CODE, user: ANA },
      'session.confirmRecovery': ({ recoveryCode }) => {
        if (recoveryCode !== CODE) throw new AppError('WRONG_PASSWORD', 'That is not the code.')
        isConfirmed = true
        return {}
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Set up this office' }))
    await user.keyboard('{Enter}')
    expect(screen.getByText('Office name is required')).toBeVisible()
    await user.type(screen.getByRole('textbox', { name: 'Office name' }), 'Example Dental{Enter}')
    await user.type(screen.getByRole('textbox', { name: 'State' }), 'c')
    await user.keyboard('{Enter}')
    expect(screen.getByText('State must be two letters')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.getByRole('textbox', { name: 'Office name' })).toHaveValue('Example Dental')
    await user.keyboard('{Enter}')
    await user.type(screen.getByRole('textbox', { name: 'State' }), 'a{Enter}')
    await user.type(screen.getByRole('textbox', { name: /Billing NPI/ }), '1234567890{Tab}{Enter}')
    expect(screen.getByText(/compare its 10 digits/)).toBeVisible()
    // Bug: the focus stayed where Enter was pressed, away from the field with the error.
    expect(screen.getByRole('textbox', { name: /Billing NPI/ })).toHaveFocus()
    await user.clear(screen.getByRole('textbox', { name: /Billing NPI/ }))
    await user.keyboard('{Enter}')
    await user.type(screen.getByRole('textbox', { name: 'First name' }), 'Pat{Enter}')
    expect(
      screen.getByRole('heading', { name: 'Who treats?' }),
      'a half-typed dentist is not dropped silently',
    ).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Skip for now' }))
    await user.type(screen.getByRole('textbox', { name: /Your name/ }), 'Ana')
    await user.type(screen.getByLabelText(/^New password$/), 'three calm words')
    await user.type(screen.getByLabelText('New password again'), 'three calm word{Enter}')
    expect(screen.getByText('The two do not match')).toBeVisible()
    expect(host.asked('session.setup')).toHaveLength(0)
    await user.type(screen.getByLabelText('New password again'), 's{Enter}')

    expect(await screen.findAllByText(CODE)).not.toHaveLength(0)
    expect(host.asked('session.setup')[0]).toMatchObject({
      office: { name: 'Example Dental', address: { state: 'CA' } },
      provider: null,
      user: { name: 'Ana', password: 'three calm words' },
    })
    await user.click(screen.getByRole('button', { name: 'I have it on paper' }))
    expect(screen.queryByText(CODE), 'the code is not on screen while it is typed').not.toBeInTheDocument()
    await user.type(screen.getByRole('textbox', { name: 'Recovery code' }), 'wrong{Enter}')
    expect(await screen.findByText('That is not the code.')).toBeVisible()
    await user.clear(screen.getByRole('textbox', { name: 'Recovery code' }))
    await user.keyboard(`${CODE}{Enter}`)
    expect(await screen.findByRole('navigation', { name: 'Main' })).toBeInTheDocument()
  })
})

describe('sign-in and lock', () => {
  const locked = () =>
    aSession({
      state: 'locked',
      user: null,
      users: [ANA, BEN].map(({ id, name }) => ({ id, name, pin: false })),
      lockedBy: 'Ana',
    })

  it('says who locked it, has the focus in the password, and clears a wrong one', async () => {
    const user = userEvent.setup({ delay: null })
    const host = renderWholeApp({
      'session.status': locked(),
      'session.signIn': () => {
        throw new AppError('WRONG_PASSWORD', 'Name or password is wrong.')
      },
    })
    expect(await screen.findByText(/Ana was signed in. Open work is kept/)).toBeVisible()
    const password = screen.getByLabelText('Password of Ana')
    expect(password).toHaveFocus()
    await user.keyboard('guess{Enter}')
    expect(await screen.findByText('Name or password is wrong.')).toBeVisible()
    expect(password).toHaveValue('')
    expect(host.asked('session.signIn')).toEqual([{ name: 'Ana', password: 'guess' }])
  })

  // Bug: Today was asked for after the frame was drawn, behind the counts of its navigation.
  it('the first question after signing in is what Today shows, and it is asked once', async () => {
    const user = userEvent.setup({ delay: null })
    const steps = Object.fromEntries(Step.options.map((step) => [step, 0])) as Record<Step, number>
    const counts = { overdue: 0, today: 0, week: 0, waiting: 0 }
    const today = { today: TODAY, rows: [], next: null, counts, atStakeCents: 0, steps }
    const host = renderWholeApp({ 'session.status': locked(), 'session.signIn': { user: ANA }, 'today.list': today })
    await screen.findByLabelText('Password of Ana')
    await user.keyboard('secret{Enter}')
    expect(await screen.findByText('Nothing is due')).toBeVisible()
    const asked = host.calls.slice(host.calls.findIndex(({ route }) => route === 'session.signIn') + 1)
    expect(asked[0]).toMatchObject({ route: 'today.list', input: { limit: 200 } })
    expect(host.asked('today.list').filter(({ limit }) => limit === 200)).toHaveLength(1)
  })

  it('another person is picked by keyboard: a quick switch', async () => {
    const user = userEvent.setup({ delay: null })
    const host = renderWholeApp({ 'session.status': locked(), 'session.signIn': { user: { ...ANA, name: 'Ben' } } })
    await screen.findByLabelText('Password of Ana')
    await user.tab({ shift: true })
    await user.keyboard('{ArrowDown}{Enter}')
    expect(screen.getByLabelText('Password of Ben')).toHaveFocus()
    await user.keyboard('secret{Enter}')
    await waitFor(() => expect(host.asked('session.signIn')).toEqual([{ name: 'Ben', password: 'secret' }]))
  })

  it('who chose a PIN today is one key away: Alt+2, PIN, Enter; the others type their password', async () => {
    const user = userEvent.setup({ delay: null })
    const CY = { ...BEN, id: `${BEN.id.slice(0, -1)}c` as typeof BEN.id, name: 'Cy' }
    const users = [ANA, BEN, CY].map(({ id, name }) => ({ id, name, pin: name !== 'Ben' }))
    let ended = false
    const host = renderWholeApp({
      'session.status': () => ({ ...locked(), users: users.map((one) => ({ ...one, pin: one.pin && !ended })) }),
      'session.signInByPin': () => {
        ended = true
        throw new AppError('WRONG_PASSWORD', 'This PIN is not right. It has ended: type the password.')
      },
      'session.signIn': { user: { ...ANA, name: 'Cy' } },
    })
    expect(await screen.findByLabelText('PIN of Ana')).toHaveFocus()
    expect(screen.getByRole('radio', { name: 'Ben' })).not.toHaveAttribute('aria-keyshortcuts')
    await user.keyboard('{Alt>}2{/Alt}')
    expect(screen.getByLabelText('PIN of Cy')).toHaveFocus()
    await user.keyboard('482913{Enter}')
    expect(await screen.findByText(/It has ended: type the password/)).toBeVisible()
    expect(host.asked('session.signInByPin')).toEqual([{ id: CY.id, pin: '482913' }])
    expect(await screen.findByLabelText('Password of Cy')).toBeVisible()
    await user.type(screen.getByLabelText('Password of Cy'), 'secret{Enter}')
    await waitFor(() => expect(host.asked('session.signIn')).toEqual([{ name: 'Cy', password: 'secret' }]))
  })

  it('the password is there for who forgot their PIN', async () => {
    const user = userEvent.setup({ delay: null })
    const users = [{ id: ANA.id, name: ANA.name, pin: true }]
    renderWholeApp({ 'session.status': { ...locked(), users } })
    await screen.findByLabelText('PIN of Ana')
    await user.click(screen.getByRole('button', { name: 'Use the password instead' }))
    expect(screen.getByLabelText('Password of Ana')).toBeVisible()
  })

  it('says when to try again after too many wrong passwords', async () => {
    const user = userEvent.setup({ delay: null })
    renderWholeApp({
      'session.status': locked(),
      'session.signIn': () => {
        throw new AppError('TOO_MANY_ATTEMPTS', 'Too many', { retryAt: '2026-11-23T12:05:00.000Z' })
      },
    })
    await screen.findByLabelText('Password of Ana')
    await user.keyboard('x{Enter}')
    expect(await screen.findByText(/Try again after Nov 23, 2026/)).toBeVisible()
  })

  it('says after a restore what came back, and names the films that did not (the page drawn anew forgot it)', async () => {
    const missing = Array.from({ length: 7 }, (_, index) => ({
      id: `film-${index}`,
      title: `Bitewing, tooth #${index}`,
    }))
    const status = aSession({ state: 'locked', user: null, restored: { missing: [], rows: 1234, films: 56 } })
    const host = renderWholeApp({ 'session.status': status })
    expect(await screen.findByText(/1,234 entries of the audit trail and 56 films, as the backup says/)).toBeVisible()
    host.replies['session.status'] = { ...status, restored: { missing, rows: 1234, films: 49 } }
    host.emit({ type: 'changed', topics: ['session'] })
    const message = await screen.findByRole('alert')
    expect(message).toHaveTextContent(/7 files could not be found in it: Bitewing, tooth #0; .*; and 2 more\./)
    expect(message).toHaveTextContent('Settings → Audit trail says whose')
  })

  it('the recovery code opens and sets a new password', async () => {
    const user = userEvent.setup({ delay: null })
    const host = renderWholeApp({ 'session.status': locked(), 'session.recover': { recoveryCode: 'AAAA-BBBB' } })
    await user.click(await screen.findByRole('button', { name: /Forgot the password/ }))
    await user.type(await screen.findByRole('textbox', { name: 'Recovery code' }), 'a7kf 9qwm')
    await user.type(screen.getByLabelText(/^New password$/), 'three calm words')
    await user.type(screen.getByLabelText('New password again'), 'three calm words{Enter}')
    await waitFor(() =>
      expect(host.asked('session.recover')).toEqual([
        { recoveryCode: 'a7kf 9qwm', name: 'Ana', newPassword: 'three calm words' },
      ]),
    )
  })

  it('a locked event hides everything at once, before the host has answered again', async () => {
    const host = renderWholeApp({ 'session.status': aSession() })
    await screen.findByRole('navigation', { name: 'Main' })
    host.replies['session.status'] = () => new Promise(() => {}) as never
    host.emit({ type: 'locked', reason: 'idle' })
    await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Main' })).not.toBeInTheDocument())
    expect(screen.getByLabelText('Password of Ana')).toBeInTheDocument()
  })

  it('when the computer is about to lock, the session is locked too', async () => {
    const host = renderWholeApp({ 'session.status': aSession(), 'session.lock': {} })
    await screen.findByRole('navigation', { name: 'Main' })
    host.emit({ type: 'lock-soon' })
    await waitFor(() => expect(host.asked('session.lock')).toEqual([{ reason: 'system' }]))
  })
})

describe('damaged data', () => {
  const backup = {
    at: '2026-11-23T13:02:00.000Z',
    place: 'local',
    bytes: 4_100_000,
    verified: true,
    missing: 0,
    reason: 'quit',
  } as const
  const damaged = (backups: { id: string; verified?: boolean }[]) =>
    aSession({
      state: 'damaged',
      user: null,
      problem: {
        code: 'DATA_DAMAGED',
        message: 'The database does not begin as it should.',
        backups: backups.map((each) => ({ ...backup, ...each })),
      },
    })

  it('offers verified backups only, restores with a secret, and never a fresh start', async () => {
    const user = userEvent.setup({ delay: null })
    const host = renderWholeApp({
      'session.status': damaged([{ id: 'good' }, { id: 'older' }, { id: 'broken', verified: false }]),
      'backup.restore': { missing: [{ id: 'film', title: 'Bitewing, tooth #9, Oct 1, 2026' }], rows: 40, films: 3 },
    })
    expect(await screen.findByText('The database does not begin as it should.')).toBeVisible()
    expect(screen.getAllByRole('radio')).toHaveLength(2)
    expect(screen.queryByText(/fresh|new office|start over/i)).not.toBeInTheDocument()
    await user.click(screen.getAllByRole('radio')[1]!)
    await user.type(screen.getByLabelText(/^Owner’s password or the recovery code/), 'secret{Enter}')
    await waitFor(() => expect(host.asked('backup.restore')).toEqual([{ id: 'older', secret: 'secret', folder: null }]))
    // Today the key file counts: an owner who changed the password since would type the wrong one.
    expect(screen.getByText(/signed in with last, not the one of the backup’s day/)).toBeVisible()
  })

  it('a newer database asks for the newer app, and offers no older backup', async () => {
    const newer = damaged([{ id: 'older' }])
    renderWholeApp({ 'session.status': { ...newer, problem: { ...newer.problem!, code: 'newer-schema' } } })
    expect(await screen.findByRole('heading', { name: 'Update Claimwright' })).toBeVisible()
    expect(screen.queryByRole('radio')).not.toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /Restore/ })).not.toBeInTheDocument()
  })

  it('on a new PC the stick and the code are asked for on the first screen (files had to be copied by hand)', async () => {
    const user = userEvent.setup({ delay: null })
    const found = { ...backup, id: 'stick', place: 'second', missing: 0, office: 'Example Dental' } as const
    const host = renderWholeApp({
      'session.status': aSession({ state: 'setup', user: null }),
      'shell.chooseFolder': { folder: 'E:\\' },
      'backup.look': { folder: 'E:\\backups', backups: [found] },
      'backup.restore': { missing: [], rows: 1234, films: 56 },
    })
    await user.click(await screen.findByRole('button', { name: 'Restore a backup' }))
    await user.click(await screen.findByRole('button', { name: 'Choose a USB drive or folder' }))
    expect(await screen.findByRole('radio', { name: /Example Dental/ })).toBeChecked()
    await user.type(screen.getByLabelText(/^Owner’s password or the recovery code/), 'code{Enter}')
    await waitFor(() => expect(host.asked('backup.restore')).toHaveLength(1))
    expect(host.asked('backup.restore')).toEqual([{ id: 'stick', secret: 'code', folder: 'E:\\backups' }])
  })

  it('says what to do when there is no backup', async () => {
    renderWholeApp({ 'session.status': damaged([]) })
    expect(await screen.findByText('No verified backup was found')).toBeVisible()
    expect(screen.queryByRole('button', { name: /Set up/ })).not.toBeInTheDocument()
  })
})
