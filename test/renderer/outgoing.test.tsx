// Letters on their way out, at the screen against the real host, by keyboard: what is open is named before anything leaves.
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseId } from '#core/ids.ts'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { attach, createD3353, DENIED_LINE, eobOf, requestAuthorization, sendClaim } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let host: TestHost
/** What the shell was asked, which only exists in the desktop app. */
let shell: { route: string; input: unknown }[]
beforeEach(async () => {
  host = await openTestHost()
  shell = []
  window.claimwright = {
    call: (route, input) => {
      if (!route.startsWith('shell.')) return host.host.call(route, input)
      shell.push({ route, input })
      return Promise.resolve({ ok: true, data: { saved: true } })
    },
    on: (listener) => host.host.on(listener),
  }
})
afterEach(() => host.close())

const open = (caseId: CaseId, step: string) => {
  location.hash = `#/cases/${caseId}/${step}`
  return render(<App client={createQueryClient()} />)
}
const typist = () => userEvent.setup({ delay: null })

async function withBlank() {
  const story = await createD3353(host)
  await host.call('narrative.save', { caseId: story.caseId, version: 0, text: 'Prognosis: [prognosis].' })
  const id = await requestAuthorization(host, story, 'drafting')
  return { ...story, id }
}

describe('Authorization', () => {
  // Bug: Alt+P printed a letter that read “Prognosis: [prognosis].” at once.
  it('the letter is printed only with a reason while something is blank, all by keyboard', async () => {
    const user = typist()
    const { caseId, id } = await withBlank()
    open(caseId, 'authorization')
    await screen.findByRole('button', { name: /Print letter/ })
    await user.keyboard('{Alt>}p{/Alt}')
    const dialog = await screen.findByRole('dialog', { name: 'Not finished yet' })
    expect(within(dialog).getByText(/Still to fill in: \[prognosis\]/)).toBeVisible()
    const reason = within(dialog).getByRole('textbox', { name: /^Reason/ })
    await waitFor(() => expect(reason).toHaveFocus())
    await user.click(within(dialog).getByRole('button', { name: 'Print anyway' }))
    expect(shell).toEqual([])
    await user.type(reason, 'Dentist adds it by hand')
    await user.click(within(dialog).getByRole('button', { name: 'Print anyway' }))
    await waitFor(() =>
      expect(shell).toEqual([
        { route: 'shell.print', input: { kind: 'authorization-request', id, reason: 'Dentist adds it by hand' } },
      ]),
    )
  })

  it('a finished letter is printed at once', async () => {
    const user = typist()
    const { caseId, id } = await withBlank()
    await host.call('narrative.save', { caseId, version: 1, text: 'Prognosis: good.' })
    open(caseId, 'authorization')
    await screen.findByRole('button', { name: /Print letter/ })
    await user.keyboard('{Alt>}p{/Alt}')
    await waitFor(() => expect(shell).toEqual([{ route: 'shell.print', input: { kind: 'authorization-request', id } }]))
  })

  it('the packet names what is open and asks for the reason before it can be saved', async () => {
    const user = typist()
    const { caseId } = await withBlank()
    open(caseId, 'authorization')
    await screen.findByRole('button', { name: /Packet/ })
    await user.keyboard('{Alt>}x{/Alt}')
    const dialog = await screen.findByRole('dialog', { name: 'Packet for the payer' })
    expect(await within(dialog).findByText(/Still to fill in: \[prognosis\]/)).toBeVisible()
    expect(within(dialog).getByRole('button', { name: 'Save packet' })).toBeDisabled()
    await user.type(within(dialog).getByRole('textbox', { name: /^Reason/ }), 'Follows by phone')
    await user.click(within(dialog).getByRole('button', { name: 'Save packet' }))
    await waitFor(() => expect(shell[0]).toMatchObject({ input: { reason: 'Follows by phone' } }))
  })

  it('marking it as sent names the blank beside the papers that are missing', async () => {
    const user = typist()
    const { caseId } = await withBlank()
    open(caseId, 'authorization')
    await user.click(await screen.findByRole('button', { name: /Mark as sent/ }))
    const dialog = await screen.findByRole('dialog', { name: 'Mark as sent' })
    expect(await within(dialog).findByText('Still to fill in: [prognosis].')).toBeVisible()
    expect(within(dialog).getByRole('textbox', { name: /^Reason for sending/ })).toBeVisible()
  })
})

describe('Documentation', () => {
  // Bug: Copy took the blank along without a word, and left no trace.
  it('a narrative with a blank is copied only with a reason, which the trail keeps', async () => {
    const user = typist()
    const { caseId } = await withBlank()
    open(caseId, 'documentation')
    await screen.findByRole('button', { name: /^Copy/ })
    await user.keyboard('{Alt>}y{/Alt}')
    const dialog = await screen.findByRole('dialog', { name: 'Not finished yet' })
    await user.type(within(dialog).getByRole('textbox', { name: /^Reason/ }), 'Portal asks for it')
    await user.click(within(dialog).getByRole('button', { name: 'Copy anyway' }))
    await waitFor(() => expect(shell).toEqual([{ route: 'shell.copy', input: { text: 'Prognosis: [prognosis].' } }]))
    const { rows } = await host.call('audit.list', { entityId: null, before: null, limit: 5 })
    expect(rows.some((row) => row.reason === 'Portal asks for it')).toBe(true)
  })
})

describe('Follow-up', () => {
  it('a film that the checklist rejects cannot be ticked as an enclosure', async () => {
    const story = await createD3353(host, 3)
    await attach(host, story.caseId, { takenOn: '2026-11-03' })
    const claimId = await sendClaim(host, story)
    await host.call('remittance.post', { remittance: await eobOf(host, story, DENIED_LINE) })
    await host.call('appeal.create', { claimId, remittanceId: null, level: 'first' })
    open(story.caseId, 'follow_up')
    expect(await screen.findByRole('checkbox', { name: /Pre-op periapical/ })).toBeDisabled()
  })
})
