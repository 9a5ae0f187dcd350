// What the daily work costs in keys, beyond the characters of the data itself, without a mouse: docs/desk.md holds the table.
import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp } from '../pages/app.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { goTo } from '../pages/look.ts'
import { keepPage } from '../pages/pictures.ts'

interface Path {
  work: string
  budget: number
  keys: number
}

const row = (keys: Keyboard, at: number) => keys.page.locator(`tr[data-row="${at}"]`)
const noDialog = (keys: Keyboard) => expect(keys.page.getByRole('dialog')).toHaveCount(0)

async function newPatientToCase(keys: Keyboard): Promise<void> {
  await keys.key('Control+n')
  await expect(keys.field(/^Patient/)).toBeFocused()
  await keys.type('Newcomer, Nia')
  await keys.sees(/Add patient/)
  await keys.key('ArrowDown')
  await keys.key('Enter')
  await expect(keys.field(/^Birth date/)).toBeFocused()
  await keys.type('4/12/2015')
  await keys.reach(keys.field('Street'))
  await keys.type('200 Test St')
  await keys.reach(keys.field('City'))
  await keys.type('Springfield')
  await keys.reach(keys.field('State'))
  await keys.type('IL')
  await keys.reach(keys.field('ZIP'))
  await keys.type('62702')
  await keys.reach(keys.field('Phone'))
  await keys.type('555-555-0188')
  await keys.key('Enter')
  await keys.sees('Patient added')
  await noDialog(keys)
  await keys.key('Alt+v')
  await expect(keys.field(/^Payer/)).toBeFocused()
  await keys.type('Sample Dental Plan')
  await expect(keys.page.getByRole('listbox', { name: /^Payer/ }).locator('[data-combobox-selected]')).toHaveText(
    /^Sample Dental Plan/,
  )
  await keys.key('Enter')
  await keys.reach(keys.field(/^Member ID/))
  await keys.type('MEM000009')
  await keys.key('Enter')
  await keys.sees('Coverage added')
  await noDialog(keys)
  await keys.reach(keys.field(/^Tooth/))
  await keys.type('8')
  await keys.key('Control+Enter')
  await expect(keys.page.getByRole('navigation', { name: 'Steps of the case' })).toBeVisible()
}

async function logCall(keys: Keyboard, words: string): Promise<void> {
  await keys.key('c')
  await expect(keys.field(/^Outcome/)).toBeFocused()
  await keys.type(words)
  await keys.key('Enter')
  await noDialog(keys)
}

async function callFromTheList(keys: Keyboard): Promise<void> {
  await keys.key('ArrowDown')
  await expect(row(keys, 0)).toBeFocused()
  await logCall(keys, 'In review, an answer by Friday')
  await keys.sees('Call logged')
}

/** From the open case to the posted EOB. */
async function deniedEob(keys: Keyboard): Promise<void> {
  await keys.key('Enter')
  await expect(keys.field(/^EOB date/)).toBeFocused()
  await keys.type('today')
  await keys.key('Alt+j')
  await expect(keys.field('Reason for all lines')).toBeFocused()
  await keys.type('50')
  await keys.sees(/does not see it as necessary/)
  await keys.key('Enter')
  await expect(keys.page.getByText('Balanced')).toHaveCount(3)
  await keys.key('Control+Enter')
  await keys.sees('EOB posted')
}

/** Down the list of authorizations: five calls, three snoozes, two cases given to somebody. */
async function morning(keys: Keyboard): Promise<void> {
  await keys.key('ArrowDown')
  await expect(row(keys, 0)).toBeFocused()
  for (let call = 0; call < 5; call += 1) {
    await logCall(keys, `Still pending, call ${call + 1}`)
    await expect(row(keys, call)).toBeFocused()
    await keys.key('ArrowDown')
  }
  for (let at = 5; at < 8; at += 1) {
    await expect(row(keys, at)).toBeFocused()
    await keys.key('z')
    await expect(keys.field(/^Reason/)).toBeFocused()
    await keys.type('the payer answers next week')
    await keys.key('Enter')
    await noDialog(keys)
    await keys.key('ArrowDown')
  }
  await expect(row(keys, 8)).toBeFocused()
  await keys.key('Space')
  await keys.key('ArrowUp')
  await keys.key('Space')
  await keys.sees('2 selected')
  await keys.key('a')
  await keys.choose('Person', 'Demo user')
  await keys.key('Enter')
  await noDialog(keys)
}

/** A case whose claim with three lines waits for its EOB. */
const waitingCase = ({ page }: RunningApp) =>
  page.evaluate(async () => {
    interface Answer<Data> {
      ok: boolean
      data: Data
    }
    const { call } = window.claimwright!
    const list = (await call('case.list', { limit: 200 })) as unknown as Answer<{ cases: { id: string }[] }>
    for (const { id } of list.data.cases) {
      const { data } = (await call('claim.forCase', { caseId: id })) as unknown as Answer<{
        claims: { state: string; lines: unknown[] }[]
      }>
      if (data.claims.length === 1 && data.claims[0]!.state === 'sent' && data.claims[0]!.lines.length === 3) return id
    }
    throw new Error('The demo practice has no claim of three lines that waits for its EOB')
  })

const page = (paths: readonly Path[]) => `# Keys at the desk

What the main paths cost in keys, beyond the characters of the data itself and without a mouse, counted by
\`test/e2e/specs/keys.spec.ts\`, which fails above the budget. Written by \`npm run screenshots -- keys.spec\`.

| work | keys | budget |
| --- | ---: | ---: |
${paths.map(({ work, keys, budget }) => `| ${work} | ${keys} | ${budget} |`).join('\n')}
`

test('the main paths stay within their keys', async () => {
  const app = await launchApp()
  const keys = new Keyboard(app.page)
  await keys.press('Explore with a demo practice')
  await expect(app.page.getByRole('button', { name: 'Leave demo' })).toBeVisible()
  const paths: Path[] = []
  const measure = async (work: string, budget: number, run: (board: Keyboard) => Promise<void>) => {
    const sent = await keys.count(() => run(keys))
    paths.push({ work, budget, keys: sent })
    expect.soft(sent, work).toBeLessThanOrEqual(budget)
  }
  await goTo(app, '/', / late · /)
  await expect(row(keys, 0)).toBeVisible()
  await measure('A call logged from the list', 6, callFromTheList)
  await measure('A new patient with plan and opened case', 40, newPatientToCase)
  await goTo(app, '/authorizations', /D\d{4}/)
  await measure('A morning: five touches, three snoozes, two assignments', 60, morning)
  await goTo(app, `/cases/${await waitingCase(app)}/follow_up`, /No answer yet/)
  await measure('A denied EOB of three lines with one reason', 20, deniedEob)
  console.log(paths.map(({ work, keys: sent, budget }) => `${work}: ${sent} of ${budget}`).join('\n'))
  keepPage('desk.md', page(paths))
  expect(app.complaints).toEqual([])
  await app.close()
})
