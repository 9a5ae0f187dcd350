// Worklists on the real host: what a person chose is kept, several rows are touched at once and taken back, a list comes in.
import { readFileSync } from 'node:fs'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { App } from '#renderer/app.tsx'
import { flushDrafts } from '#renderer/lib/drafts.ts'
import { createQueryClient } from '#renderer/lib/cache.ts'
import { putBehind } from '#test/helpers/render.tsx'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const LOG = readFileSync('test/fixtures/authorization-log-200.csv', 'utf8').split('\r\n').slice(0, 13).join('\r\n')
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
const grid = () => screen.findByRole('grid', { name: 'Authorizations' })
const headings = async () =>
  within(await grid())
    .getAllByRole('columnheader')
    .map((one) => one.textContent)

it('columns, filter and tab are as they were left, and come back under a name', async () => {
  await host.call('authorization.import', { text: LOG })
  const { unmount } = open('/authorizations')
  await grid()
  await user.keyboard('0')
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Order' }), 'Patient')
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: /^View/ }))
  const dialog = await screen.findByRole('dialog', { name: 'View' })
  await user.click(within(dialog).getByRole('checkbox', { name: 'Number' }))
  await user.click(within(dialog).getByRole('checkbox', { name: 'Payer' }))
  await user.type(within(dialog).getByRole('textbox', { name: /Name/ }), 'With numbers{Enter}')
  await screen.findByText('View saved')
  expect(await headings()).toEqual(expect.arrayContaining(['Number']))
  await flushDrafts()
  unmount()

  open('/authorizations')
  await waitFor(async () => expect(await headings()).toContain('Number'))
  expect(await headings()).not.toContain('Payer')
  expect(screen.getByRole('tab', { selected: true })).toHaveTextContent('All')
  expect(screen.getByRole('combobox', { name: 'Order' })).toHaveDisplayValue('Patient')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Order' }), 'Most urgent')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Saved view' }), 'With numbers')
  expect(screen.getByRole('combobox', { name: 'Order' })).toHaveDisplayValue('Patient')
})

it('a choice kept by an older version that no longer fits narrows nothing', async () => {
  await host.call('authorization.import', { text: LOG })
  const last = { view: 'gone', filter: { payerId: 'no id' }, columns: ['gone'] }
  await host.call('draft.save', { scope: 'ui.list.authorizations', value: { last, saved: [] } })
  open('/authorizations')
  expect(within(await grid()).getAllByRole('row').length).toBeGreaterThan(3)
})

it('ticked rows are snoozed together, and Ctrl+Z brings them back', async () => {
  await host.call('authorization.import', { text: LOG })
  open('/authorizations')
  const snoozed = () =>
    host.host.vault!.sqlite.prepare('SELECT count(*) n FROM case_file WHERE snoozed_until IS NOT NULL').get()
  const rows = within(await grid()).getAllByRole('row')
  rows[1]!.focus()
  await user.keyboard(' {ArrowDown}')
  await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row', '1'))
  await user.keyboard(' z')
  const dialog = await screen.findByRole('dialog', { name: 'Snooze 2 cases' })
  await user.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'next week{Enter}')
  await screen.findByText('Snoozed')
  expect(snoozed()).toEqual({ n: 2 })
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  await user.keyboard('{Control>}z{/Control}')
  await screen.findByText('Undone')
  expect(snoozed()).toEqual({ n: 0 })
})

it('what was said about the columns survives a lock: the same list opened again goes on where it was', async () => {
  const text = 'Who,CDT,DOB,State\n"Sample, Alex",D3330,1/2/1990,draft\n"Sample, Bea",D3330,1/2/1991,whatever'
  const openList = async () => {
    await user.click(await screen.findByRole('button', { name: /Import a list/ }))
    const dialog = await screen.findByRole('dialog', { name: /Import a list/ })
    return { dialog, picker: dialog.querySelector<HTMLInputElement>('input[type=file]')! }
  }
  const file = () => new File([text], 'log.csv', { type: 'text/csv' })
  const { unmount } = open('/authorizations')
  const first = await openList()
  await user.upload(first.picker, file())
  const column = await within(first.dialog).findByRole('combobox', { name: 'Who' })
  await user.selectOptions(column, 'Patient (last, first)')
  await user.click(await within(first.dialog).findByRole('checkbox', { name: /Leave out 1 row/ }))
  expect(column, 'the column keeps its place while the rows are read again').toBeInTheDocument()
  await flushDrafts()
  unmount()

  open('/authorizations')
  const again = await openList()
  await within(again.dialog).findByText(/columns of log.csv is kept/)
  await user.upload(again.picker, file())
  expect(await within(again.dialog).findByRole('combobox', { name: 'Who' })).toHaveDisplayValue('Patient (last, first)')
  expect(within(again.dialog).getByRole('checkbox', { name: /Leave out 1 row/ })).toBeChecked()
  await user.click(within(again.dialog).getByRole('button', { name: /Import 1 row/ }))
  await screen.findByText('1 authorization imported')
  const { value } = await host.call('draft.get', { scope: 'authorization-import' })
  expect(value, 'once imported nothing is kept').toBeNull()
})

it('a call is logged by its outcome and Enter alone', async () => {
  await host.call('authorization.import', { text: LOG })
  open('/authorizations')
  within(await grid())
    .getAllByRole('row')[1]!
    .focus()
  await user.keyboard('c')
  await screen.findByRole('dialog', { name: /Log a call/ })
  await user.keyboard('in review{Enter}')
  await screen.findByText('Call logged')
  const { rows } = await host.call('authorization.list', {})
  const { timeline } = await host.call('case.get', { id: rows[0]!.caseId })
  expect(timeline.map((entry) => entry.text)).toContain('Call: in review')
})

it('a portal check says how and with whom', async () => {
  await host.call('authorization.import', { text: LOG })
  open('/authorizations')
  within(await grid())
    .getAllByRole('row')[1]!
    .focus()
  await user.keyboard('c')
  const dialog = await screen.findByRole('dialog', { name: /Log a call/ })
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'How' }), 'Portal check')
  await user.type(within(dialog).getByRole('textbox', { name: /Spoke to/ }), 'Lee')
  await user.type(within(dialog).getByRole('textbox', { name: /Outcome/ }), 'still open{Enter}')
  await screen.findByText('Touch logged')
  const { rows } = await host.call('authorization.list', {})
  const { timeline } = await host.call('case.get', { id: rows[0]!.caseId })
  expect(timeline.map((entry) => entry.text)).toContain('Portal check: still open (with Lee)')
})

it('the arrows of the calendar work from where the page opens, also on a day that has a list', async () => {
  await host.call('authorization.import', { text: LOG })
  const { rows } = await host.call('authorization.list', { list: 'all' })
  await host.call('task.add', { task: { caseId: rows[0]!.caseId, title: 'Ask again', dueOn: '2026-11-24' } })
  open('/calendar')
  const chosen = () => screen.getByRole('grid', { name: 'Month' }).querySelector('[aria-selected=true]')
  await screen.findByRole('grid', { name: 'Month' })
  const moves = [
    ['ArrowRight', '2026-11-24'],
    ['ArrowDown', '2026-12-01'],
    ['ArrowUp', '2026-11-24'],
    ['PageDown', '2026-12-24'],
    ['0', '2026-11-23'],
    ['ArrowRight', '2026-11-24'],
  ] as const
  for (const [key, day] of moves) {
    ;(document.activeElement as HTMLElement).blur()
    await user.keyboard(key.length > 1 ? `{${key}}` : key)
    await waitFor(() => expect(chosen(), key).toHaveAttribute('data-day', day))
    expect(chosen()).toHaveFocus()
    if (day === '2026-11-24') await screen.findByText('Ask again')
  }
  ;(document.activeElement as HTMLElement).blur()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row', '0'))
})

it('a day with more than its list shows is shown whole when asked: the rest could not be reached', async () => {
  await host.call('authorization.import', { text: LOG })
  const { rows } = await host.call('authorization.list', { list: 'all' })
  for (let at = 0; at < 45; at += 1)
    await host.call('task.add', { task: { caseId: rows[0]!.caseId, title: `Ask ${at}`, dueOn: '2026-11-23' } })
  open('/calendar')
  const asked = () => screen.queryAllByText(/^Ask \d/).length
  await user.click(await screen.findByRole('button', { name: 'Show the whole day' }))
  await waitFor(() => expect(asked()).toBe(45))
  expect(screen.queryByRole('button', { name: 'Show the whole day' })).not.toBeInTheDocument()
})

it('a filter kept from another day does not pass for “nothing to do”', async () => {
  await host.call('authorization.import', { text: LOG })
  const { unmount } = open('/authorizations')
  await grid()
  await user.selectOptions(screen.getByRole('combobox', { name: 'Assigned' }), 'Mine')
  await screen.findByText('Nothing here with these filters')
  await flushDrafts()
  unmount()
  open('/authorizations')
  await screen.findByText('Nothing here with these filters')
  await user.click(screen.getByRole('button', { name: 'Show all' }))
  expect(within(await grid()).getAllByRole('row').length).toBeGreaterThan(3)
})

it('an import can be taken back as a whole long after its message is gone', async () => {
  await host.call('authorization.import', { text: LOG })
  open('/authorizations')
  await user.click(await screen.findByRole('button', { name: /Import a list/ }))
  const dialog = await screen.findByRole('dialog', { name: /Import a list/ })
  expect(within(dialog).queryByText(/PNG/), 'a list is no picture').not.toBeInTheDocument()
  await user.click(await within(dialog).findByRole('button', { name: 'Undo' }))
  const confirm = await screen.findByRole('dialog', { name: /Undo the whole import/ })
  await user.type(within(confirm).getByRole('textbox', { name: /Reason/ }), 'the wrong file')
  await user.click(within(confirm).getByRole('button', { name: 'Undo' }))
  await screen.findByText(/Import undone/)
  expect(await within(dialog).findByText('undone')).toBeVisible()
  expect((await host.call('authorization.list', { list: 'all' })).rows).toEqual([])
})

it('a list comes in: columns are said, problems shown by row, and it can be taken back', async () => {
  open('/authorizations')
  await user.click(await screen.findByRole('button', { name: /Import a list/ }))
  const dialog = await screen.findByRole('dialog', { name: /Import a list/ })
  const text = 'Who,CDT,DOB,State\n"Sample, Alex",D3330,1/2/1990,draft\n"Sample, Bea",D3330,1/2/1991,whatever'
  const picker = dialog.querySelector<HTMLInputElement>('input[type=file]')!
  await user.upload(picker, new File([text], 'log.csv', { type: 'text/csv' }))
  await within(dialog).findByText(/Say which column holds: Patient/)
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Who' }), 'Patient (last, first)')
  expect(await within(dialog).findByText(/“whatever” is not known/)).toBeVisible()
  expect(within(dialog).getByRole('button', { name: /Import 1 row/ })).toBeDisabled()
  await user.click(within(dialog).getByRole('checkbox', { name: /Leave out 1 row/ }))
  await user.click(within(dialog).getByRole('button', { name: /Import 1 row/ }))
  await screen.findByText('1 authorization imported')
  expect((await host.call('authorization.list', { list: 'all' })).rows.map((row) => row.patientName)).toEqual([
    'Sample, Alex',
  ])
  await user.click(screen.getByRole('button', { name: /Undo/ }))
  await screen.findByText(/Import undone/)
  expect((await host.call('authorization.list', { list: 'all' })).rows).toEqual([])
})

it('a list with questions: columns are said, people chosen by a key, changes shown, and only then is anything written', async () => {
  const row = (name: string, born: string, code: string, rest: string) =>
    `"${name}",${born},${code},3,11/2/2026,${rest}`
  const list = (...rows: string[]) =>
    ['Our log', '', 'Patient,DOB,Code,Tooth,Date,Status,Auth lapses', ...rows].join('\n')
  open('/authorizations')
  const openList = async (text: string) => {
    await user.click(await screen.findByRole('button', { name: /Import a list/ }))
    const dialog = await screen.findByRole('dialog', { name: /Import a list/ })
    const picker = dialog.querySelector<HTMLInputElement>('input[type=file]')!
    await user.upload(picker, new File([text], 'log.csv', { type: 'text/csv' }))
    return within(dialog)
  }
  const first = await openList(list(row('Okafor, Daniel', '3/4/1975', 'D2740', 'Sent,')))
  expect(await first.findByRole('combobox', { name: 'Headings' })).toHaveDisplayValue(/^Row 3: Patient · DOB/)
  expect(first.getByRole('combobox', { name: 'Auth lapses' })).toHaveDisplayValue('Choose…')
  expect(first.getByRole('button', { name: /Import/ })).toBeDisabled()
  await user.selectOptions(first.getByRole('combobox', { name: 'Date' }), 'Sent')
  await user.selectOptions(first.getByRole('combobox', { name: 'Auth lapses' }), 'Valid to')
  await waitFor(() => expect(first.getByRole('button', { name: 'Import 1 row' })).toBeEnabled())
  await user.click(first.getByRole('button', { name: 'Import 1 row' }))
  await screen.findByText('1 authorization imported')

  const next = await openList(
    list(
      row('Okafor, Daniel', '3/4/1975', 'D2740', 'Withdrawn,'),
      row('Okafor, Dan', '3/4/1975', 'D2950', 'Sent,'),
      row('Lind, Mary Ann Sue', '3/4/1999', 'D2950', 'Sent,'),
      row('Mary Ann Lind', '3/4/1980', 'D2950', 'Sent,'),
    ),
  )
  const changes = await next.findByRole('list', { name: 'Changed since last time' })
  expect(changes).toHaveTextContent('Okafor, Daniel · D2740 #3')
  expect(changes).toHaveTextContent('Status: Sent → Withdrawn')
  const same = next.getByRole('radiogroup', { name: /is Okafor, Dan one of these/ })
  expect(
    within(same)
      .getAllByRole('radio')
      .map((one) => one.textContent),
  ).toEqual([
    expect.stringMatching(/Okafor, Daniel, born Mar 4, 1975 \(on file\)/),
    expect.stringMatching(/Okafor, Dan, born Mar 4, 1975 \(somebody else\)/),
  ])
  expect(next.getByRole('button', { name: /change 1 row/ })).toBeDisabled()
  within(same).getAllByRole('radio')[0]!.focus()
  await user.keyboard('1')
  await waitFor(() => expect(next.getByText('2 rows to import')).toBeVisible())
  expect(within(same).getByRole('radio', { name: /Okafor, Daniel/ })).toBeChecked()
  expect(document.activeElement, 'the focus stays where it was answered').toBe(within(same).getAllByRole('radio')[0])
  await user.click(next.getByRole('radio', { name: /Lind, Mary Ann$/ }))
  await user.click(await next.findByRole('button', { name: 'Import 3 rows, change 1 row' }))
  await screen.findByText('3 authorizations imported, 1 authorization changed')
  expect((await host.call('patient.list', { text: 'Okafor' })).patients).toHaveLength(1)
})
