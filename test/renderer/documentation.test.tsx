// The Documentation step on the real host: a line of the checklist opens what settles it, and nothing typed may get lost.
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { createD3353, pngFilm } from '#test/helpers/d3353.ts'
import { putBehind } from '#test/helpers/render.tsx'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let host: TestHost
const user = userEvent.setup({ delay: null })

beforeEach(async () => {
  host = await openTestHost()
  putBehind(host)
})
afterEach(() => host.close())

function open(path: string): void {
  location.hash = `#${path}`
  render(<App client={createQueryClient()} />)
}

describe('Documentation step', () => {
  it('keeps dropped files and their answers when Esc closes the questions', async () => {
    const { caseId } = await createD3353(host)
    open(`/cases/${caseId}/documentation`)
    const film = new File([new Uint8Array(pngFilm())], 'pa 8 2026-10-01.png', { type: 'image/png' })
    await user.upload(await screen.findByLabelText('Choose files', { selector: 'input' }), film)
    const dialog = await screen.findByRole('dialog', { name: 'New file' })
    expect(within(dialog).getByRole('radio', { name: 'Oct 1, 2026' })).toBeChecked()
    await user.keyboard('i{Escape}')
    await user.click(await screen.findByRole('button', { name: 'Go on' }))
    expect(await screen.findByRole('radio', { name: 'Interim periapical' })).toBeChecked()
    await user.keyboard('p')
    await user.click(screen.getByRole('button', { name: 'Add to the case' }))
    await waitFor(async () =>
      expect((await host.call('documentation.get', { caseId })).attachments).toMatchObject([
        { kind: 'pre_op_periapical', takenOn: '2026-10-01', tooth: '8' },
      ]),
    )
  })

  // Bug: a film chosen for the checklist's line came in as what its name looked like, and the line stayed open.
  it('a line of the checklist opens what settles it, with what it asks for', async () => {
    const { caseId } = await createD3353(host)
    open(`/cases/${caseId}/documentation`)
    await user.click(await screen.findByRole('button', { name: 'Pre-op periapical showing the open apex' }))
    const dialog = await screen.findByRole('dialog', { name: 'Pre-op periapical showing the open apex' })
    const film = new File([new Uint8Array(pngFilm())], 'IMG_0001.png', { type: 'image/png' })
    await user.upload(within(dialog).getByLabelText('Choose files', { selector: 'input' }), film)
    expect(await screen.findByRole('radio', { name: 'Pre-op periapical' })).toBeChecked()
    await user.keyboard('{Escape}')
    await user.click(await screen.findByRole('button', { name: 'Eligibility and history' }))
    expect(await screen.findByRole('dialog', { name: 'Coverage verified' })).toBeVisible()
  })

  // Bug: Tab left the narrative with its blanks open.
  it('the narrative opens at its first blank, Tab goes to the next; filled in it goes into box 35, and out again', async () => {
    const { caseId, coverageId } = await createD3353(host, 3)
    await host.call('claim.create', { caseId, coverageId })
    open(`/cases/${caseId}/documentation`)
    await user.click(await screen.findByRole('button', { name: 'Necessity narrative' }))
    const text: HTMLTextAreaElement = screen.getByRole('textbox', { name: 'Text for the payer' })
    expect(text).toHaveFocus()
    const chosen = () => text.value.slice(text.selectionStart, text.selectionEnd)
    const first = chosen()
    expect(first).toMatch(/^\[.+\]$/)
    await user.tab()
    expect(chosen()).toMatch(/^\[.+\]$/)
    expect(chosen()).not.toBe(first)
    await user.clear(text)
    await user.type(text, 'Open apex, necrotic pulp.')
    await user.click(screen.getByRole('button', { name: 'Save narrative' }))
    const put = screen.getByRole('button', { name: /Put into box 35/ })
    await waitFor(() => expect(put).toBeEnabled())
    await user.click(put)
    const remarks = async () => (await host.call('claim.forCase', { caseId })).claims[0]!.form.remarks
    await waitFor(async () => expect(await remarks()).toBe('Open apex, necrotic pulp.'))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(async () => expect(await remarks()).toBe(''))
  })

  it('a waiver shows its person and reason, and can be taken back', async () => {
    const { caseId } = await createD3353(host)
    open(`/cases/${caseId}/documentation`)
    const needed = await screen.findByRole('list', { name: 'Still needed' })
    const consent = within(needed)
      .getByText(/^Signed consent/)
      .closest('li')!
    await user.click(within(consent).getByRole('button', { name: /^Waive/ }))
    await user.type(await screen.findByRole('textbox', { name: /Reason/ }), 'Signed on paper, in the chart')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Waive' }))
    expect(await screen.findByText(/Waived by Ana.*Signed on paper, in the chart/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: /^Reopen/ }))
    await waitFor(() => expect(screen.queryByText(/Waived by Ana/)).not.toBeInTheDocument())
  })
})
