// Claim files out and remittances in, by keyboard; the files that come back are built from the file that went out.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { ClaimFile, X12Claim } from '#core/x12/claim-file.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import type { EraClaimSpec, EraLineSpec } from '#host/demo/era-file.ts'
import type { RunningApp } from './app.ts'
import { chooseFiles } from './files.ts'
import type { Keyboard } from './keyboard.ts'

const CLAIMS = 'Control+5'
const REMITTANCES = 'Control+6'

/** A dialog that is still closing takes the keys of the page. */
const noDialog = (keys: Keyboard) => expect(keys.page.getByRole('dialog')).toHaveCount(0)

/** Exports what stands on the page of a case. @returns the file that was saved, read back */
export async function exportClaim(app: RunningApp, keys: Keyboard, reason: string): Promise<ClaimFile> {
  const before = readdirSync(app.saveDir)
  await keys.press(/^Send…/)
  await expect(keys.button(/^Export/)).toBeEnabled()
  await keys.key('Alt+d')
  await expect(keys.field(/^Reason/)).toBeFocused()
  await keys.type(reason)
  await keys.key('Control+Enter')
  // The message of an earlier export may still stand there.
  const saved = () => readdirSync(app.saveDir).find((one) => !before.includes(one))
  await expect.poll(saved).toMatch(/^claims-\d+\.837$/)
  const name = saved()!
  await noDialog(keys)
  const { file, problems } = readClaimFile(readFileSync(join(app.saveDir, name), 'utf8'))
  expect(problems).toEqual([])
  return file!
}

/** A claim of the file as a payer decides it, line by line. */
export function answerTo(
  claim: X12Claim,
  decide: (at: number) => Partial<EraLineSpec>,
  more: Partial<EraClaimSpec> = {},
): EraClaimSpec {
  const person = claim.patient ?? claim.subscriber
  return {
    number: claim.number,
    lastName: person.lastName,
    firstName: person.firstName,
    memberId: claim.subscriber.memberId,
    lines: claim.lines.map((line, at) => ({
      code: line.code,
      id: line.id,
      charge: line.chargeCents / 100,
      paid: 0,
      ...decide(at),
    })),
    ...more,
  }
}

/** Reads answers of the clearinghouse in the claims list. */
export async function readAnswers(keys: Keyboard, files: Readonly<Record<string, string>>): Promise<void> {
  await noDialog(keys)
  await keys.key(CLAIMS)
  await expect(keys.page.getByRole('heading', { name: 'Claims', level: 1 })).toBeVisible()
  await keys.key('r')
  await expect(keys.page.getByRole('dialog', { name: /Read answers/ })).toBeVisible()
  await chooseFiles(keys.page, files)
}

/** Brings a remittance file to its preview. */
export async function previewRemittance(keys: Keyboard, text: string): Promise<void> {
  await noDialog(keys)
  await keys.key(REMITTANCES)
  await expect(keys.page.getByRole('heading', { name: 'Remittances', level: 1 })).toBeVisible()
  await keys.key('i')
  await expect(keys.page.getByRole('dialog', { name: /Import a remittance/ })).toBeVisible()
  await chooseFiles(keys.page, { 'remittance.835': text })
}

/** From the preview to the page of the one payment in the file. */
export async function importPreviewed(keys: Keyboard): Promise<void> {
  await expect(keys.button('Import 1 payment')).toBeFocused()
  await keys.key('Enter')
  await keys.sees(/1 payment with \d claims? imported/)
}

/** Posts what is ready, and opens the case of the first claim. */
export async function postAndOpen(keys: Keyboard, said: string | RegExp): Promise<void> {
  await expect(keys.button(/^Post \d/)).toBeEnabled()
  // The message of an earlier posting of the same amount is not this one's.
  await expect(keys.page.getByText(said)).toHaveCount(0)
  await keys.key('Control+Enter')
  await keys.sees(said)
  await keys.reach(keys.page.locator('tr[data-row][tabindex="0"]'))
  await keys.key('Enter')
}
