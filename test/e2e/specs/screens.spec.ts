// Every screen of the demo practice, looked at: accessible, no sideways scroll at 1366 × 768 and at 200 %, pictures kept.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { claimAnswer, functionalAnswer } from '#host/demo/answer-file.ts'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { chooseFiles } from '../pages/files.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { goTo, look } from '../pages/look.ts'
import { picturePdf } from '../pages/pictures.ts'

const LISTS = [
  'Open',
  'No answer',
  'Information',
  'Expiring',
  'Not called',
  'Not booked',
  'Booked late',
  'To verify',
  'Stale',
]

test('every screen of the demo practice: accessible, fitting, in pictures', async () => {
  test.setTimeout(420_000)
  const { app, keys } = await openDemo()
  for (const [name, place, shows] of [
    ['today', '/', / late · /],
    ['cases', '/cases', 'D3353'],
    ['authorizations', '/authorizations', 'D3353'],
    ['calendar', '/calendar', /Nothing on this day|Patient/],
    ['huddle', '/huddle', 'Not called'],
    ['reports', '/reports', 'How long payers take'],
    ['claims', '/claims', 'D3353'],
    ['patients', '/patients', 'Sample Dental Plan'],
    ['guides', '/guides', 'Endodontics'],
    ['guide', '/guides/endodontics', 'When to use'],
    ['guide-code', '/guides/endodontics/D3353', 'When to use'],
    ['guide-editor', '/guides/endodontics/edit', 'Your own rules'],
    ['settings', '/settings', 'Office name'],
    ['diagnostics', '/diagnostics', 'Self-checks'],
  ] as const) {
    await goTo(app, place, shows)
    await look(app, name)
  }

  for (const [digit, list] of LISTS.entries()) {
    await goTo(app, '/authorizations', 'Authorizations')
    await keys.key(String(digit + 1))
    await expect(app.page.getByRole('tab', { selected: true })).toContainText(list)
    await expect(app.page.getByLabel('Loading')).toHaveCount(0)
    await look(app, `list-${list.toLowerCase().replace(' ', '-')}`)
  }
  await keys.key('1')
  await expect(app.page.getByRole('tab', { selected: true })).toContainText('Open')
  await keys.key('v')
  await expect(app.page.getByRole('dialog', { name: 'View' })).toBeVisible()
  await look(app, 'list-view')
  await keys.key('Escape')
  await goTo(app, '/patients', 'Sample Dental Plan')
  await keys.key('Control+k')
  await expect(app.page.getByRole('dialog')).toBeVisible()
  await keys.type('D3353')
  await expect(app.page.getByRole('dialog').getByRole('option').first()).toBeVisible()
  await look(app, 'palette')
  await keys.key('Escape')
  // The search field of the page has the focus again: there a question mark is a letter.
  await keys.key('Shift+Tab')
  await keys.key('Shift+?')
  await expect(app.page.getByRole('dialog')).toBeVisible()
  await look(app, 'keys')
  await keys.key('Escape')

  // The steps of a case in full.
  const ids = await app.page.evaluate(async () => {
    const reply = await window.claimwright!.call('case.list', { step: 'follow_up' })
    return reply.ok ? (reply.data as { cases: { id: string; patientId: string }[] }).cases[0]! : null
  })
  if (!ids) throw new Error('the demo practice has no case')
  await goTo(app, `/patients/${ids.patientId}`, 'Coverage')
  await look(app, 'patient')
  const steps = [
    ['code', 'Recommended'],
    ['documentation', 'Checklist'],
    ['authorization', 'Is an authorization needed?'],
    ['claim', /^Claim /],
    ['follow-up', /EOB of/],
  ] as const
  for (const [step, shows] of steps) {
    await goTo(app, `/cases/${ids.id}/${step}`, shows)
    await look(app, `demo-case-${step}`)
  }
  // What 200 % leaves of 1366 × 768.
  await app.page.setViewportSize({ width: 683, height: 384 })
  for (const [name, place, shows] of [
    ['today', '/', / late · /],
    ['cases', '/cases', 'D3353'],
    ['authorizations', '/authorizations', 'D3353'],
    ['calendar', '/calendar', /Nothing on this day|Patient/],
    ['huddle', '/huddle', 'Not called'],
    ['reports', '/reports', 'How long payers take'],
    ['claims', '/claims', 'D3353'],
    ['patients', '/patients', 'Sample'],
    ['step-code', `/cases/${ids.id}/code`, 'Recommended'],
    ['step-documentation', `/cases/${ids.id}/documentation`, 'Checklist'],
    ['settings', '/settings', 'Office name'],
    ['diagnostics', '/diagnostics', 'Self-checks'],
  ] as const) {
    await goTo(app, place, shows)
    await look(app, `scale-200-${name}`)
  }
  expect(app.complaints).toEqual([])
  await app.close()
})

/** The demo practice, just entered. */
async function openDemo(): Promise<{ app: RunningApp; keys: Keyboard }> {
  const app = await launchApp()
  const keys = new Keyboard(app.page)
  await keys.press('Explore with a demo practice')
  await expect(app.page.getByRole('button', { name: 'Leave demo' })).toBeVisible()
  return { app, keys }
}

const CLAIM_LISTS = ['To send', 'Rejected', 'Not acknowledged', 'Waiting for payment']

test('claims, remittances and denials of the demo practice: accessible, fitting, in pictures', async () => {
  test.setTimeout(420_000)
  const { app, keys } = await openDemo()
  const { page } = app
  const ask = <T>(route: string, input: object) =>
    page.evaluate(
      async ([name, value]) => {
        const reply = await window.claimwright!.call(name, value)
        if (!reply.ok) throw new Error(reply.error.message)
        return reply.data
      },
      [route, input] as const,
    ) as Promise<T>
  const dialog = (name: RegExp) => expect(page.getByRole('dialog', { name })).toBeVisible()
  const settled = () => expect(page.getByLabel('Loading')).toHaveCount(0)
  /** Which claims are paid short depends on the day; a line whose class is not known expects nothing. */
  const caseWithShortfall = async (): Promise<string> => {
    const all = await ask<{ rows: { id: string }[] }>('era.list', { view: 'all' })
    for (const { id } of all.rows) {
      const { rows } = await ask<{ rows: { state: string; caseId: string }[] }>('era.claims', { paymentId: id })
      for (const { caseId } of rows.filter((row) => row.state === 'posted')) {
        const of = await ask<{ remittances: { flags: { kind: string }[] }[] }>('remittance.forCase', { caseId })
        if (of.remittances[0]?.flags.some((flag) => flag.kind === 'underpaid')) return caseId
      }
    }
    throw new Error('No claim of the demo practice is paid short.')
  }

  for (const [at, list] of CLAIM_LISTS.entries()) {
    await goTo(app, '/claims', 'Claims')
    await keys.key(String(at + 1))
    await expect(page.getByRole('tab', { selected: true })).toContainText(list)
    await settled()
    await look(app, `claims-${list.toLowerCase().replaceAll(' ', '-')}`)
  }
  await keys.key('1')
  await expect(page.getByRole('tab', { selected: true })).toContainText('To send')
  await settled()
  await keys.key('x')
  await dialog(/Export/)
  await settled()
  await look(app, 'claims-export')
  await keys.key('Escape')
  await keys.key('f')
  await dialog(/Exported files/)
  await settled()
  await look(app, 'claims-exported-files')
  await keys.key('Escape')
  await keys.key('r')
  await dialog(/Read answers/)
  await look(app, 'claims-answer-empty')
  const { files } = await ask<{ files: { id: string; control: number; state: string }[] }>('claim.files', {})
  const unanswered = files.filter((file) => file.state === 'written')
  const read = await ask<{ text: string }>('claim.exportedFile', { fileId: unanswered[0]!.id })
  const sent = readClaimFile(read.text).file!
  const today = new Date().toISOString().slice(0, 10)
  await chooseFiles(page, {
    '999.txt': functionalAnswer(today, unanswered[0]!.control),
    '277.txt': claimAnswer(
      today,
      unanswered[0]!.control,
      sent.claims.map(({ number }, at) => ({ number, status: at === 0 ? 'A7:164:IL' : 'A2:20' })),
    ),
    'wrong.txt': eraFile({ trace: 'T1', claims: [] }),
  })
  await keys.sees(/Import it under Remittances/)
  await look(app, 'claims-answer')
  await keys.key('Escape')

  await goTo(app, '/remittances', 'Remittances')
  await look(app, 'remittances-open')
  await keys.key('i')
  await dialog(/Import a remittance/)
  await look(app, 'remittances-import-empty')
  const { rows: waiting } = await ask<{
    rows: { number: string; caseId: string; patientName: string; payerName: string; totalCents: number }[]
  }>('claim.list', {})
  /** A payment for another member or day would be asked about. */
  const known = async (caseId: string): Promise<{ memberId: string; on: string }> => {
    const { claims } = await ask<{ claims: { lines: { serviceDate: string }[] }[] }>('claim.forCase', { caseId })
    const held = await ask<{ coverageId: string; coverages: { id: string; memberId: string }[] }>('case.get', {
      id: caseId,
    })
    const { memberId } = held.coverages.find(({ id }) => id === held.coverageId)!
    return { memberId, on: claims[0]!.lines[0]!.serviceDate }
  }
  const name = waiting[0]!.payerName
  const ours = waiting.filter((one) => one.payerName === name).slice(0, 2)
  const claims: EraClaimSpec[] = []
  for (const { number, caseId, patientName, totalCents } of ours) {
    const [lastName = '', firstName = ''] = patientName.split(', ')
    const charge = totalCents / 100
    const line = { charge, paid: charge / 2, cas: [`CO:45:${charge / 2}`], id: `${number}-1` }
    const { memberId, on } = await known(caseId)
    claims.push({ number, lastName, firstName, memberId, lines: [{ ...line, on }] })
  }
  await chooseFiles(page, {
    'remittance.835': eraFile({
      trace: 'EFT7001',
      payer: { name, id: '00000', taxId: '999999999' },
      claims: [...claims, { number: 'ELM-9', lines: claims[0]!.lines.map((line) => ({ ...line, id: 'X' })) }],
    }),
  })
  await keys.sees(/^Matched: /)
  await look(app, 'remittances-import')
  await keys.key('Escape')
  for (const [key, name] of [
    ['2', 'queue'],
    ['3', 'all'],
    ['4', 'ledger'],
  ] as const) {
    await keys.key(key)
    await expect(page.getByRole('tab', { selected: true })).toHaveAttribute('aria-keyshortcuts', key)
    await settled()
    await look(app, `remittances-${name}`)
  }
  await keys.key('2')
  await keys.reach(page.locator('tr[data-row][tabindex="0"]'))
  await keys.key('ArrowRight')
  await keys.sees('The claim adds up')
  await keys.key('m')
  await dialog(/Which of our claims/)
  await settled()
  await look(app, 'remittances-match')
  await keys.key('Escape')

  const payments = await ask<{ rows: { id: string; claims: number; differenceCents: number }[] }>('era.list', {})
  const odd = payments.rows.find((row) => row.differenceCents !== 0)!
  await goTo(app, `/remittances/${odd.id}`, /Off by/)
  await look(app, 'payment-off')
  const most = payments.rows.sort((a, b) => b.claims - a.claims)[0]!
  await goTo(app, `/remittances/${most.id}`, 'Choose our claim')
  await look(app, 'payment-to-post')
  await keys.press(/^Post \d/)
  await keys.sees(/claims? posted/)
  await look(app, 'payment-posted')

  // What was posted stands on its case, with the shortfall and its arithmetic.
  const short = await caseWithShortfall()
  await goTo(app, `/cases/${short}/follow_up`, /missing/)
  await look(app, 'posted-eob')
  await goTo(app, `/cases/${short}/claim`, 'Expected payment')
  await keys.key('Alt+m')
  await dialog(/What should the plan pay/)
  await look(app, 'expected-payment')
  await keys.key('Escape')

  await goTo(app, '/reports/denials', 'By cause')
  await look(app, 'denials')
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
  await ask('shell.savePdf', { kind: 'denials', id: `${day(90)}:${day(0)}` })
  picturePdf(join(app.saveDir, readdirSync(app.saveDir)[0]!), 'paper-denials')
  await goTo(app, '/settings', 'Clearinghouse')
  await page.getByLabel('Receiver ID').scrollIntoViewIfNeeded()
  await look(app, 'settings-clearinghouse')

  await page.setViewportSize({ width: 683, height: 384 })
  for (const [name, place, shows] of [
    ['remittances', '/remittances', 'Adds up'],
    ['payment', `/remittances/${most.id}`, 'Choose our claim'],
    ['denials', '/reports/denials', 'By cause'],
    ['posted-eob', `/cases/${short}/follow_up`, /missing/],
  ] as const) {
    await goTo(app, place, shows)
    await look(app, `scale-200-${name}`)
  }
  expect(app.complaints).toEqual([])
  await app.close()
})
