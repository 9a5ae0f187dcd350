// A D3353 case by keyboard: from a new patient to treated lines with their fees, its note, its claim.
import { expect } from '@playwright/test'
import type { Keyboard } from './keyboard.ts'

export interface Patient {
  lastName: string
  firstName: string
  memberId?: string
  /** An earlier case has taught the office payer and fees. */
  isLater?: boolean
}
const noPictures: (name: string) => Promise<void> = async () => undefined

/** A new patient, a plan, and a case on tooth 8 whose code the dentist has confirmed. */
export async function openCase(keys: Keyboard, patient: Patient, pictures = noPictures): Promise<void> {
  await keys.key('Control+n')
  await expect(keys.field(/^Patient/)).toBeFocused()
  await keys.type(`${patient.lastName}, ${patient.firstName}`)
  await keys.sees(/Add patient/)
  await keys.key('ArrowDown')
  await keys.key('Enter')
  await keys.fill(/^Birth date/, '4/12/2015')
  await keys.fill('Street', '200 Test St')
  await keys.fill('City', 'Springfield')
  await keys.fill('State', 'IL')
  await keys.fill('ZIP', '62702')
  await pictures('new-patient')
  await keys.press(/^Add patient/)
  await keys.sees('Patient added')
  await keys.fill(/^Tooth/, '8')
  await keys.press(/Add coverage/)
  await keys.reach(keys.field(/^Payer/))
  await keys.type('Sample Dental Plan')
  if (patient.isLater) await expect(keys.page.locator('[data-combobox-selected]')).toHaveText(/^Sample Dental Plan/)
  else {
    await keys.sees(/Add payer/)
    await keys.key('ArrowDown')
  }
  await keys.key('Enter')
  if (!patient.isLater) await keys.fill(/^Plan name/, 'PPO')
  await keys.fill(/^Member ID/, patient.memberId ?? 'MEM000001')
  await keys.press(/^Add coverage/)
  await keys.sees('Coverage added')
  await pictures('new-case')
  await keys.press('Open case')
  await keys.sees('Questions')

  await keys.answer(/root tip/i, /^Open/)
  await keys.answer(/pulp/i, /^Necrotic/)
  await keys.answer(/goal|aim|planned/i, /barrier/i)
  await keys.sees(/D3351\s+→\s+D3352\s+→\s+D3353/)
  await pictures('step-code')
  await keys.press(/Record confirmation/)
  await keys.sees(/Confirmed by Dr\. Pat Doe/)
}

/** From an empty office to a D3353 case on tooth 8 with three visits done and lines priced. */
export async function openTreatedCase(keys: Keyboard, patient: Patient, pictures = noPictures): Promise<void> {
  await openCase(keys, patient, pictures)
  await keys.fill('Done, visit 1', '6/1/2026')
  await keys.fill('Done, visit 2', '8/3/2026')
  await keys.fill('Done, visit 3', '10/5/2026')
  await keys.press('Save visits')
  await keys.sees('Visits saved')
  if (!patient.isLater) {
    for (const [index, fee] of ['450', '250', '1250'].entries()) await keys.fill(`Fee, line ${index + 1}`, fee)
    await keys.press('Save lines')
    await keys.sees('Lines saved')
  }
  await keys.sees(/Total \$1,950\.00/)
  await pictures('step-code-lines')
}

/** A chart note that shows all it is asked for, and a narrative. */
export async function addNote(keys: Keyboard): Promise<void> {
  await keys.key('Alt+2')
  await keys.sees(/missing for the |^Ready: /)
  await keys.press(/Add chart note/)
  await keys.fill(/^Entry of/, '6/1/2026')
  await keys.reach(keys.field(/^Text, word for word/))
  await keys.type(
    'Tooth 8: fall at school in May. No response to cold, control 9 normal. Pulp necrosis, open apex on the film. MTA apexification planned.',
  )
  for (const shows of await keys.page.locator('[role=dialog] input[type=checkbox]').all()) {
    await keys.reach(shows)
    await keys.key('Space')
  }
  await keys.press('Save note')
  await keys.sees('Note added')
  await keys.press(/Draft from the case/)
  await keys.press('Save narrative')
  await keys.sees('Narrative saved')
  await expect(keys.page.getByRole('button', { name: 'Save narrative' })).toHaveCount(0)
}

/** Saves the letter as PDF; where a blank is left in it, it goes with a reason. */
export async function saveLetter(keys: Keyboard): Promise<void> {
  await keys.press(/^Letter as PDF/)
  const asks = keys.page.getByRole('dialog', { name: 'Not finished yet' })
  await expect(asks.or(keys.page.getByText('Letter saved')).first()).toBeVisible()
  if (await asks.isVisible()) {
    await keys.fill(/^Reason for sending it/, 'the dentist fills it in by hand')
    await keys.press('Save anyway')
  }
  await keys.sees('Letter saved')
}

/** Fills the claim and marks it as sent by hand. */
export async function sendClaim(keys: Keyboard): Promise<void> {
  await keys.key('Alt+4')
  await keys.press(/Fill the claim from the case/)
  await keys.sees(/Claim [A-Z0-9-]+/)
  await keys.press(/^Send…/)
  await keys.fill(/^Sent on/, '10/6/2026')
  await keys.fill(/^Reason for sending/, 'films follow by portal')
  await keys.press(/^Save/)
  await keys.sees(/Sent Oct 6, 2026/)
}
