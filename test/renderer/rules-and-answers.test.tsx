// Overrides and payers' own answers at the screen, against the real host: asked once, kept, offered again.
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { createD3353, requestAuthorization, sendClaim } from '#test/helpers/d3353.ts'
import { putBehind } from '#test/helpers/render.tsx'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let host: TestHost
const user = userEvent.setup({ delay: null })
beforeEach(async () => {
  host = await openTestHost()
  putBehind(host)
})
afterEach(() => host.close())
function open(path: string) {
  location.hash = `#${path}`
  return render(<App client={createQueryClient()} />)
}
const typeReason = async (code: string) => {
  await user.type(await screen.findByLabelText('Reason, line 1', { selector: 'input' }), code)
}

describe('a payer’s own code on a paper EOB', () => {
  it('is asked about once, remembered for that payer, applied the next time, and can be forgotten', async () => {
    const story = await createD3353(host, 3)
    await sendClaim(host, story)
    const { payers } = await host.call('payer.list', {})
    const payerId = payers[0]!.id
    const own = async () => (await host.call('reason.own', { payerId })).codes
    const first = open(`/cases/${story.caseId}/follow_up`)
    await user.click(await screen.findByRole('button', { name: /Enter the EOB/ }))
    await typeReason('px12')
    await user.click(await screen.findByRole('option', { name: /own code/ }))
    const dialog = await screen.findByRole('dialog', { name: 'What does PX12 stand for?' })
    await user.type(within(dialog).getByLabelText('Standard reason', { selector: 'input' }), '197')
    await user.click(await screen.findByRole('option', { name: /197.*uthorization/ }))
    await user.click(within(dialog).getByRole('button', { name: 'Remember' }))
    await waitFor(async () => expect(await own()).toMatchObject([{ code: 'PX12', group: 'CO', carc: '197' }]))
    expect(screen.getByLabelText('Reason, line 1', { selector: 'input' })).toHaveValue('197')
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    await typeReason('px12')
    await user.click(await screen.findByRole('option', { name: /PX12/ }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByLabelText('Reason, line 1', { selector: 'input' })).toHaveValue('197')
    first.unmount()

    open('/settings')
    const payer = (await screen.findByText('Sample Dental Plan', { selector: 'strong' })).closest('li')!
    await user.click(within(payer).getByRole('button', { name: 'Edit Sample Dental Plan' }))
    const list = await screen.findByRole('list', { name: 'Own reason codes' })
    expect(within(list).getByText('PX12')).toBeVisible()
    await user.click(within(list).getByRole('button', { name: 'Forget: PX12' }))
    await waitFor(async () => expect(await own()).toEqual([]))
  }, 60_000)
})

describe('Code step', () => {
  it('row 26: a visit done while the required authorization is open asks for a reason and then saves it', async () => {
    const story = await createD3353(host)
    await requestAuthorization(host, story, 'submitted')
    open(`/cases/${story.caseId}/code`)
    await user.type(await screen.findByRole('textbox', { name: 'Done, visit 1' }), '10/05/2026{Tab}')
    await user.click(screen.getByRole('button', { name: 'Save visits' }))
    const dialog = await screen.findByRole('dialog', { name: /without the authorization/ })
    const view = () => host.call('case.get', { id: story.caseId })
    expect((await view()).treatment).toBe('planned')
    await user.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'Acute pain{Control>}{Enter}{/Control}')
    await waitFor(async () => expect((await view()).treatment).toBe('in_progress'))
    expect((await view()).timeline.some((entry) => entry.text.includes('Acute pain'))).toBe(true)
  })

  it('row 30: a bundling answer of another case of the payer is offered, and taken with its source', async () => {
    const story = await createD3353(host)
    const { patientId, coverageId } = story
    const check = { kind: 'bundling', coverageId, code: 'D3353', answer: 'no', checkedOn: '2026-11-10' } as const
    await host.call('case.recordBenefit', { id: story.caseId, check: { ...check, source: 'Phone', reference: 'C-7' } })
    const next = { patientId, guideId: 'endodontics', tooth: '9', area: null, coverageId }
    const { id } = await host.call('case.create', next)
    for (const [fact, value] of Object.entries({ apex: 'open', pulp: 'necrotic', goal: 'barrier', phase: 'final' }))
      await host.call('case.answer', { id, fact, value })
    open(`/cases/${id}/code`)
    expect(await screen.findByText(/This payer in another case, D3353: No · Nov 10, 2026 · Phone/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Use: earlier answer, bundling policy' }))
    const dialog = await screen.findByRole('dialog', { name: 'Bundling policy' })
    await user.click(within(dialog).getByRole('button', { name: 'Record' }))
    await waitFor(async () =>
      expect((await host.call('case.get', { id })).benefitChecks).toMatchObject([
        { kind: 'bundling', answer: 'no', checkedOn: '2026-11-10', reference: 'C-7' },
      ]),
    )
  })
})
