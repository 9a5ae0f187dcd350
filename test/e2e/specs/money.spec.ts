// Claims out as 837D, answers and remittances in, by keyboard in the real Electron: paid short, denied twice and won,
// an estimate that is never money, and kill -9 between import and posting.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { claimAnswer, functionalAnswer } from '#host/demo/answer-file.ts'
import { eraFile } from '#host/demo/era-file.ts'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { addNote, openCase, openTreatedCase, saveLetter } from '../pages/case.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { answerTo, exportClaim, importPreviewed, postAndOpen, previewRemittance, readAnswers } from '../pages/money.ts'
import { setUpOffice, signIn } from '../pages/office.ts'
import { picturePdf, shoot } from '../pages/pictures.ts'

const TODAY = new Date().toISOString().slice(0, 10)
/** What the office has agreed with the payer, and 80 % of it. */
const CONTRACT = [400, 200, 1000]
const CHARGE = [450, 250, 1250]

/** Lines paid at 80 % of what the payer allows. */
const paidBy = (allowed: readonly number[]) => (at: number) => ({
  allowed: allowed[at]!,
  paid: allowed[at]! * 0.8,
  cas: [`CO:45:${CHARGE[at]! - allowed[at]!}`, `PR:2:${(allowed[at]! * 0.2).toFixed(2)}`],
})
const deniedBy = (carc: string, remarks: string[]) => (at: number) => ({ cas: [`CO:${carc}:${CHARGE[at]!}`], remarks })

async function enterSettings(keys: Keyboard): Promise<void> {
  await keys.key('Control+k')
  await keys.type('settings')
  await expect(keys.page.getByRole('option', { name: /Settings/ }).first()).toBeVisible()
  await keys.key('Enter')
  const payer = keys.page.getByRole('listitem').filter({ hasText: 'Sample Dental Plan' }).first()
  await keys.reach(payer.getByRole('button', { name: 'Edit Sample Dental Plan', exact: true }))
  await keys.key('Enter')
  await keys.fill('Electronic payer ID', '99999')
  await keys.press('Save')
  await keys.sees('Payer saved')
  await keys.fill('Clearinghouse name', 'Sample Clearinghouse')
  await keys.fill(/^Receiver ID/, 'CLEARINGHOUSE')
  await keys.reach(keys.field(/^Submitter ID/))
  await keys.type('SUBMITTERID')
  await keys.key('Enter')
  await keys.sees('Clearinghouse saved')
}

async function fillClaim(keys: Keyboard): Promise<void> {
  await keys.key('Alt+4')
  await keys.press(/Fill the claim from the case/)
  await keys.sees(/Claim CW/)
}

async function expectPayment(keys: Keyboard): Promise<void> {
  await keys.sees('not known')
  await keys.key('Alt+m')
  for (const [at, cents] of CONTRACT.entries()) {
    const dialog = keys.page.getByRole('dialog')
    await keys.reach(dialog.getByRole('textbox', { name: 'Contract fee' }).nth(at))
    await keys.key('Control+A')
    await keys.type(String(cents))
    await keys.reach(dialog.getByRole('textbox', { name: 'Plan pays, %' }).nth(at))
    await keys.type('80')
  }
  await keys.fill(/^Where this comes from/, 'fee schedule 2026')
  await keys.key('Control+Enter')
  await keys.sees('Expected payment kept')
  await keys.sees('Plan $1,280.00')
}

/** The money of the open case as the host adds it up. */
const money = (app: RunningApp) =>
  app.page.evaluate(async () => {
    const id = /cases\/([^/]+)/.exec(location.hash)![1]!
    const reply = await window.claimwright!.call('case.get', { id })
    if (!reply.ok) throw new Error(reply.error.message)
    const { paidCents, writeOffCents, patientCents, openCents } = (
      reply.data as { money: Record<'paidCents' | 'writeOffCents' | 'patientCents' | 'openCents', number> }
    ).money
    return { paidCents, writeOffCents, patientCents, openCents }
  })

test('claims out and remittances in: paid short, denied and won, estimated, and nothing lost or posted twice', async () => {
  test.setTimeout(300_000)
  let app = await launchApp()
  let keys = await setUpOffice(app)

  // Paid short.
  await openTreatedCase(keys, { lastName: 'Sample', firstName: 'Alex' })
  await addNote(keys)
  const place = await app.page.evaluate(() => location.hash)
  await enterSettings(keys)
  await app.page.evaluate((hash) => {
    location.hash = hash
  }, place)
  // A person sees the case before going on by keys; a script is faster than the change of the address.
  await expect(app.page.getByRole('navigation', { name: 'Steps of the case' })).toBeVisible()
  await fillClaim(keys)
  await expectPayment(keys)
  const first = await exportClaim(app, keys, 'Films follow by mail')
  expect(first.claims[0]!.lines.map((line) => line.code)).toEqual(['D3351', 'D3352', 'D3353'])
  await keys.sees('No acknowledgement yet')
  await readAnswers(keys, {
    'a.999': functionalAnswer(TODAY, first.control),
    'b.277': claimAnswer(TODAY, first.control, [
      { number: first.claims[0]!.number, status: 'A2:20', payerNumber: 'ICN1' },
    ]),
  })
  await keys.sees('1 claim file accepted as a whole.')
  await keys.press('Done')
  const short = eraFile({
    trace: 'EFT1001',
    on: TODAY,
    claims: [answerTo(first.claims[0]!, paidBy([400, 200, 900]), { payerNumber: 'ICN1' })],
  })
  await previewRemittance(keys, short)
  await importPreviewed(keys)
  await keys.sees('Ready to post')

  // Power cut between import and posting: the file is there, and known.
  const { dataDir } = app
  await app.kill()
  app = await launchApp(dataDir)
  keys = new Keyboard(app.page)
  await signIn(keys)
  await expect(app.page.getByRole('navigation')).toBeVisible()
  await previewRemittance(keys, short)
  await keys.sees('All of it was imported before. Nothing is imported twice.')
  await keys.key('Escape')
  await keys.reach(app.page.locator('tr[data-row][tabindex="0"]'))
  await keys.key('Enter')
  await postAndOpen(keys, '1 claim posted, $1,200.00')
  await keys.sees(/Expected \$1,000\.00 contract × 80 % = \$800\.00; paid \$720\.00: \$80\.00 missing/)
  expect(await money(app)).toEqual({ paidCents: 120_000, writeOffCents: 45_000, patientCents: 30_000, openCents: 0 })
  await previewRemittance(keys, `\n${short}`)
  await keys.sees('All of it was imported before. Nothing is imported twice.')
  await keys.key('Escape')

  // Denied for missing films, sent again as a corrected claim, denied again, appealed and won.
  await openTreatedCase(keys, { lastName: 'Example', firstName: 'Bo', memberId: 'MEM000002', isLater: true })
  await addNote(keys)
  await fillClaim(keys)
  await expectPayment(keys)
  const second = await exportClaim(app, keys, 'Films follow by mail')
  await previewRemittance(
    keys,
    eraFile({
      trace: 'EFT1002',
      on: TODAY,
      claims: [answerTo(second.claims[0]!, deniedBy('252', ['N178']), { payerNumber: 'ICN2' })],
    }),
  )
  await importPreviewed(keys)
  await postAndOpen(keys, '1 claim posted, $0.00')
  await keys.sees(/Pre-operative X-ray or photo missing/)
  await keys.key('Alt+4')
  await expect(keys.button(/corrected claim/i)).toBeVisible()
  await keys.key('Alt+k')
  // The message that a claim was made may come before the claim itself.
  await keys.sees(/^Corrected claim for/)
  const corrected = await exportClaim(app, keys, 'Pre-operative film enclosed')
  expect(corrected.claims[0]).toMatchObject({ frequency: '7', payerClaimNumber: 'ICN2' })
  await previewRemittance(
    keys,
    eraFile({
      trace: 'EFT1003',
      on: TODAY,
      claims: [answerTo(corrected.claims[0]!, deniedBy('50', []), { payerNumber: 'ICN3' })],
    }),
  )
  await importPreviewed(keys)
  await postAndOpen(keys, '1 claim posted, $0.00')
  await keys.sees(/does not see it as necessary/)
  // The real key: with Shift it arrives as "!".
  const start = keys.button(/^Start: (Reconsideration|First appeal)/)
  await expect(start).toBeVisible()
  await keys.key((await start.getAttribute('aria-keyshortcuts'))!)
  await keys.sees('Letter drafted from the record')
  await saveLetter(keys)
  await keys.press(/^Mark as sent/)
  await keys.press('Save')
  await keys.fill(/^Reason for sending/, 'enclosures go with the letter')
  await keys.press('Save')
  await keys.sees(/^Sent /)
  await keys.press(/^Won/)
  await keys.press('Save')
  await keys.sees('Won')
  const letter = readdirSync(app.saveDir).find((one) => one.includes('appeal'))!
  picturePdf(join(app.saveDir, letter), 'paper-appeal-won')
  await previewRemittance(
    keys,
    eraFile({
      trace: 'EFT1004',
      on: TODAY,
      claims: [answerTo(corrected.claims[0]!, paidBy(CONTRACT), { payerNumber: 'ICN3' })],
    }),
  )
  await importPreviewed(keys)
  await postAndOpen(keys, '1 claim posted, $1,280.00')
  await keys.sees(/Paid \$1,280\.00/)
  await shoot(app.page, 'appeal-won')
  expect(await money(app)).toEqual({ paidCents: 128_000, writeOffCents: 35_000, patientCents: 32_000, openCents: 0 })

  // A predetermination comes back into its request, never into the money.
  await openCase(keys, { lastName: 'Trial', firstName: 'Cy', memberId: 'MEM000003', isLater: true })
  await keys.sees(/Total \$1,950\.00/)
  await keys.key('Alt+3')
  await keys.press(/^Estimate \(predetermination\)/)
  await keys.sees('Request started')
  const asked = await exportClaim(app, keys, 'Films follow by mail')
  expect(asked.claims[0]).toMatchObject({ isPredetermination: true, serviceDate: null })
  await previewRemittance(
    keys,
    eraFile({
      trace: 'PRE1005',
      on: TODAY,
      claims: [
        answerTo(
          asked.claims[0]!,
          (at) => ({ cas: [`OA:101:${CONTRACT[at]! * 0.8}`, `PR:2:${CHARGE[at]! - CONTRACT[at]! * 0.8}`] }),
          {
            status: '25',
            predetermination: 'PRE-4711',
          },
        ),
      ],
    }),
  )
  await importPreviewed(keys)
  await postAndOpen(keys, '1 claim posted, $0.00')
  await keys.sees('No. PRE-4711')
  await keys.sees('$800.00')
  expect(await money(app)).toMatchObject({ paidCents: 0, writeOffCents: 0, openCents: 195_000 })
  expect(app.complaints).toEqual([])
  await app.close()
})
