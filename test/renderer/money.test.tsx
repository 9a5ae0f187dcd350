// Claims out, answers and remittances in at the screen, against the real host: what a front desk clicks is what is posted.
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimAnswer, functionalAnswer } from '#host/demo/answer-file.ts'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { type D3353, DENIED_LINE, eobOf, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { TEST_NOW, type TestHost } from '#test/helpers/test-host.ts'

let host: TestHost
let story: D3353
/** Files that the shell would have saved. */
let saved: { name: string; text: string }[]
beforeEach(async () => {
  ;[host, story] = await openTreated()
  saved = []
  window.claimwright = {
    async call(route, input) {
      if (route !== 'shell.saveFile') return host.host.call(route, input)
      const { name, content } = input as { name: string; content: Uint8Array }
      saved.push({ name, text: new TextDecoder().decode(content) })
      return { ok: true, data: { saved: true } }
    },
    on: (listener) => host.host.on(listener),
  }
})
afterEach(() => host.close())

const TODAY = TEST_NOW.slice(0, 10)
const WAIT = 30_000
const open = (place: string) => {
  location.hash = `#${place}`
  return render(<App client={createQueryClient()} />)
}
const typist = () => userEvent.setup({ delay: null })
const claim = async () => (await host.call('claim.forCase', { caseId: story.caseId })).claims[0]!
const paid = (number: string, change: Partial<EraClaimSpec> = {}): EraClaimSpec => ({
  number,
  lines: [{ charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }],
  ...change,
})
const choose = (user: ReturnType<typeof typist>, ...files: [name: string, text: string][]) =>
  user.upload(
    screen.getByLabelText(/^Choose/, { selector: 'input' }),
    files.map(([name, text]) => new File([text], name)),
  )

describe('Remittances', () => {
  it(
    'preview → import → post: nothing moves before the last step, and the posted claim leads to its case',
    async () => {
      const user = typist()
      await sendClaim(host, story)
      const { number } = await claim()
      open('/remittances')
      await user.click(await screen.findByRole('button', { name: /Import a file/ }))
      const text = eraFile({
        trace: 'EFT7',
        claims: [paid('ELM-1', { lastName: 'NOBODY', memberId: 'X' }), paid(number)],
      })
      await choose(user, ['era.835', text])
      const claims = await screen.findByRole('table', { name: 'Claims in the file' })
      const [, first, second] = within(claims).getAllByRole('row')
      expect(first).toHaveTextContent(/NOBODY.*None of ours match/)
      expect(second).toHaveTextContent(/Matched: Claim number/)
      expect((await host.call('era.list', { view: 'all' })).rows).toEqual([])

      await user.click(screen.getByRole('button', { name: /Import 1 payment/ }))
      expect(await screen.findByRole('heading', { name: /SAMPLE DENTAL PLAN \$960\.00/ })).toBeVisible()
      expect((await host.call('case.get', { id: story.caseId })).money.paidCents).toBe(0)
      await user.click(screen.getByRole('button', { name: /Post 1 claim/ }))
      expect(await screen.findByText('1 claim posted, $480.00')).toBeVisible()
      await user.click(await screen.findByRole('row', { name: /EXAMPLETON.*Posted/ }))
      expect(await screen.findByRole('heading', { name: 'EOB of Nov 20, 2026' })).toBeVisible()
    },
    WAIT,
  )

  it(
    'the button counts all claims of the payment, not those that are loaded, and leaves what does not add up',
    async () => {
      await sendClaim(host, story)
      const { number } = await claim()
      const many = Array.from({ length: 230 }, (_, at) => paid(`ELM-${at}`, { lastName: `N${at}`, memberId: `X${at}` }))
      const { payments } = await host.call('era.import', {
        text: eraFile({ trace: 'EFT7', claims: [...many, paid(number), { ...paid(number), paid: 400 }] }),
      })
      open(`/remittances/${payments[0]!}`)
      expect(await screen.findByRole('button', { name: /Post 1 claim/ })).toBeEnabled()
      const user = typist()
      await user.click(screen.getByRole('checkbox', { name: /Also post 1 claim that asks for a check/ }))
      expect(screen.getByRole('button', { name: /Post 2 claims/ })).toBeEnabled()
    },
    WAIT,
  )

  it(
    'what adds up is posted by keys, several payments at once; the one that is off stays',
    async () => {
      const user = typist()
      await sendClaim(host, story)
      const { number } = await claim()
      const stranger = paid('ELM-1', { lastName: 'NOBODY', memberId: 'X' })
      await host.call('era.import', {
        text: eraFile({ trace: 'EFT7', claims: [paid(number)] }, { trace: 'EFT8', claims: [stranger], amount: 1 }),
      })
      open('/remittances')
      await screen.findByRole('button', { name: /Post what adds up/ })
      await user.keyboard('b')
      const dialog = await screen.findByRole('dialog', { name: 'Post what adds up' })
      expect(await within(dialog).findByText(/1 payment of \$480\.00 adds up, with 1 matched claim\./)).toBeVisible()
      await user.keyboard('{Control>}{Enter}{/Control}')
      expect(await screen.findByText('1 claim posted, $480.00')).toBeVisible()
      expect((await host.call('era.list', {})).rows).toMatchObject([{ trace: 'EFT8' }])
    },
    WAIT,
  )

  it(
    'a claim that nobody fits is matched by hand from its evidence, then posted',
    async () => {
      const user = typist()
      await sendClaim(host, story)
      await host.call('era.import', {
        text: eraFile({
          trace: 'EFT7',
          claims: [paid('0', { lastName: 'EXAMPLETN', firstName: 'R', memberId: 'M-999' })],
        }),
      })
      open('/remittances')
      await user.click(await screen.findByRole('tab', { name: /Claims to look at/ }))
      await user.click(await screen.findByRole('row', { name: /EXAMPLETN/ }))
      const dialog = await screen.findByRole('dialog', { name: /Which of our claims/ })
      await user.type(within(dialog).getByRole('textbox', { name: /Find another/ }), 'exampleton')
      const row = await within(dialog).findByRole('row', { name: /Exampleton, Robin.*Charge/ })
      expect(row).toHaveTextContent('Member ID differs')
      await user.click(row)
      await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
      expect(await screen.findByText('No claims waiting')).toBeVisible()
      const { rows } = await host.call('era.list', {})
      expect(await host.call('era.get', { id: rows[0]!.id })).toMatchObject({ ready: 1 })
    },
    WAIT,
  )

  it(
    'an answer file brought here is sent to where it belongs',
    async () => {
      const user = typist()
      open('/remittances')
      await user.click(await screen.findByRole('button', { name: /Import a file/ }))
      await choose(user, ['a.txt', functionalAnswer(TODAY, 1)])
      expect(await screen.findByText(/Read it under Claims/)).toBeVisible()
    },
    WAIT,
  )
})

describe('Claims', () => {
  it(
    'export: warnings want a reason, the file is saved, and its answers come back to the claim',
    async () => {
      const user = typist()
      await host.call('claim.create', { caseId: story.caseId, coverageId: story.coverageId })
      const { number } = await claim()
      open('/claims')
      await user.click(await screen.findByRole('tab', { name: /To send/ }))
      await user.click(await screen.findByRole('button', { name: /Export all/ }))
      const run = await screen.findByRole('button', { name: /Export 1 claim/ })
      await user.click(run)
      expect(await screen.findByText('To send it anyway, give a reason.')).toBeVisible()
      expect(saved).toEqual([])
      await user.type(screen.getByRole('textbox', { name: /^Reason/ }), 'Films follow by mail')
      await user.click(run)
      await waitFor(() => expect(saved).toHaveLength(1))
      expect(saved[0]).toMatchObject({ name: 'claims-000000001.837', text: expect.stringContaining(number) })

      await user.click(await screen.findByRole('button', { name: /Read answers/ }))
      await choose(
        user,
        ['a.999', functionalAnswer(TODAY, 1)],
        ['b.277', claimAnswer(TODAY, 1, [{ number, status: 'A7:164:IL' }])],
        ['c.txt', eraFile({ trace: 'EFT7', claims: [] })],
      )
      const dialog = await screen.findByRole('dialog', { name: /Read answers/ })
      expect(await within(dialog).findByText('1 claim file accepted as a whole.')).toBeVisible()
      expect(within(dialog).getByText(/c\.txt: This is a remittance file \(835\)\. Import it under/)).toBeVisible()
      await user.click(within(dialog).getByRole('row', { name: /Rejected.*member number/ }))
      expect(await screen.findByRole('button', { name: /subscriber: member number/ })).toBeVisible()
    },
    WAIT,
  )

  it(
    'what the plan should pay is entered line by line and shown with its arithmetic',
    async () => {
      const user = typist()
      await host.call('claim.create', { caseId: story.caseId, coverageId: story.coverageId })
      open(`/cases/${story.caseId}/claim`)
      const part = await screen.findByRole('group', { name: 'Expected payment' })
      await user.click(within(part).getByRole('button', { name: /Enter/ }))
      const dialog = await screen.findByRole('dialog', { name: /What should the plan pay/ })
      await user.type(within(dialog).getByRole('textbox', { name: 'Deductible left' }), '50{Tab}')
      await user.type(within(dialog).getByRole('textbox', { name: 'Contract fee' }), '600{Tab}')
      const percent = within(dialog).getByRole('textbox', { name: 'Plan pays, %' })
      // Bug: 80 stood there for every service, and Enter made an expectation of it.
      expect(percent).toHaveValue('')
      await user.type(percent, '800')
      expect(within(dialog).getByRole('button', { name: /Keep/ })).toBeDisabled()
      await user.clear(percent)
      await user.type(percent, '80')
      await user.click(within(dialog).getByRole('button', { name: /Keep/ }))
      expect(
        await screen.findByText(/\$600\.00 contract − \$50\.00 deductible = \$550\.00 × 80 % = \$440\.00/),
      ).toBeVisible()
    },
    WAIT,
  )
  // Bug: the plan's percentage for endodontics was shown for a crown, and summed up as the whole.
  it(
    'a line whose percentage is not on file is not known, and so is the sum',
    async () => {
      const [plan] = (await host.call('plan.list', { payerId: null })).plans
      const { id: planId, version: planVersion, payerName: _, ...rest } = plan!
      await host.call('plan.update', {
        id: planId,
        version: planVersion,
        plan: { ...rest, network: 'out', endoPercent: 80 },
      })
      const { version, lines } = await host.call('case.get', { id: story.caseId })
      const [main] = lines.map(({ id, visitId, code, role, tooth, area, feeCents, serviceDate }) => ({
        id,
        visitId,
        code,
        role,
        tooth,
        area,
        feeCents,
        serviceDate,
      }))
      const crown = { visitId: null, code: 'D2740', role: 'additional' as const, tooth: '8', area: null }
      const dated = { feeCents: 120000, serviceDate: main!.serviceDate }
      await host.call('case.setLines', { id: story.caseId, version, lines: [main!, { ...crown, ...dated }] })
      await host.call('claim.create', { caseId: story.caseId, coverageId: story.coverageId })
      open(`/cases/${story.caseId}/claim`)
      const part = await screen.findByRole('group', { name: 'Expected payment' }, { timeout: WAIT })
      expect(within(part).getByText('not known')).toBeVisible()
      expect(within(part).getByText(/D3353 #8: .* × 80 % = \$680\.00/)).toBeVisible()
      expect(within(part).getByText(/D2740 #8: not known: the plan’s percentage/)).toBeVisible()
      expect(within(part).queryByText(/^Plan \$/)).toBeNull()
    },
    WAIT,
  )
})

describe('Denials', () => {
  it(
    'figures of a period: what was denied, by cause, and nothing where nothing was decided',
    async () => {
      await sendClaim(host, story)
      await host.call('remittance.post', { remittance: await eobOf(host, story, DENIED_LINE) })
      open('/reports/denials')
      expect(await screen.findByText('1 of 1 line denied or sent back')).toBeVisible()
      const causes = screen.getByRole('region', { name: 'By cause' })
      expect(within(causes).getByRole('row', { name: /Other.*1.*\$850\.00/ })).toBeVisible()
      const user = typist()
      await user.selectOptions(screen.getByRole('combobox', { name: 'Period' }), 'Last year')
      expect(await screen.findByText('No decision in this period')).toBeVisible()
    },
    WAIT,
  )
})
