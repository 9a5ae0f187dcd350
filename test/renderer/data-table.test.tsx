// The one list under the keyboard: no key is lost, nor the focus, however long the list and fast the fingers.
import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DataTable, type Column } from '#renderer/ui/data-table.tsx'
import { renderApp } from '#test/helpers/render.tsx'

interface Row {
  id: string
  name: string
}
const COLUMNS: readonly Column<Row>[] = [{ id: 'name', header: 'Patient', cell: (row) => row.name }]
const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, name: `Person ${index}` }))

describe('DataTable', () => {
  it('arrows move, Enter opens, Space ticks', async () => {
    const user = userEvent.setup({ delay: null })
    const onOpen = vi.fn<(value?: unknown) => void>()
    const onSelect = vi.fn<(value?: unknown) => void>()
    const data = rows(3)
    renderApp(
      <DataTable
        label="Cases"
        columns={COLUMNS}
        rows={data}
        rowKey={(row) => row.id}
        onOpen={onOpen}
        selected={new Set()}
        onSelect={onSelect}
        empty={null}
      />,
    )
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(screen.getByRole('row', { name: /Person 1/ })).toHaveFocus()
    await user.keyboard('{Enter} ')
    expect(onOpen).toHaveBeenCalledWith(data[1])
    expect(onSelect).toHaveBeenCalledWith(new Set(['1']))
  })

  it('keys faster than frames are not lost, nor is the focus when its row leaves the list', () => {
    function Leaving() {
      const [data, setData] = useState(() => rows(5))
      const leave = (row: (typeof data)[number]) => setData(data.filter((one) => one !== row))
      return (
        <DataTable label="Cases" columns={COLUMNS} rows={data} rowKey={(row) => row.id} onOpen={leave} empty={null} />
      )
    }
    renderApp(<Leaving />)
    const person = (at: number) => screen.getByRole('row', { name: new RegExp(`Person ${at}`) })
    const key = (name: string) => fireEvent.keyDown(document.activeElement!, { key: name })
    person(0).focus()
    for (let down = 0; down < 3; down += 1) key('ArrowDown')
    expect(person(3)).toHaveFocus()
    key('Enter')
    expect(person(4)).toHaveFocus()
    key('Enter')
    expect(person(2)).toHaveFocus()
  })

  it('a row that is put far down does not take the focus with it: the next one has it, and none is skipped', () => {
    function Moving() {
      const [data, setData] = useState(() => rows(40))
      const putLast = (row: Row) => setData([...data.filter((one) => one !== row), row])
      const dropFirst = () => setData(data.slice(1))
      return (
        <DataTable
          label="Cases"
          columns={COLUMNS}
          rows={data}
          rowKey={(row) => row.id}
          keys={{ z: putLast, x: dropFirst }}
          empty={null}
        />
      )
    }
    renderApp(<Moving />)
    const person = (at: number) => screen.getByRole('row', { name: `Person ${at}` })
    const key = (name: string) => fireEvent.keyDown(document.activeElement!, { key: name })
    person(1).focus()
    key('z')
    expect(person(2)).toHaveFocus()
    key('ArrowDown')
    expect(person(3)).toHaveFocus()
    // One above it leaves: the same row keeps the focus, and the keys move from it.
    key('x')
    expect(person(3)).toHaveFocus()
    key('ArrowDown')
    expect(person(4)).toHaveFocus()
  })

  it('a short first page asks for the next one: otherwise the rest of the list could not be reached', () => {
    const onEnd = vi.fn<() => void>()
    renderApp(
      <DataTable label="Cases" columns={COLUMNS} rows={rows(50)} rowKey={(row) => row.id} onEnd={onEnd} empty={null} />,
    )
    expect(onEnd).toHaveBeenCalled()
  })

  it('renders a window of 10,000 rows and tells the whole count', () => {
    renderApp(<DataTable label="Cases" columns={COLUMNS} rows={rows(10_000)} rowKey={(row) => row.id} empty={null} />)
    expect(screen.getAllByRole('row').length).toBeLessThan(100)
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001')
  })

  it('rows stand under headings; → opens the last touches, ← closes them, arrows step over both', async () => {
    const user = userEvent.setup({ delay: null })
    const onOpen = vi.fn<(value?: unknown) => void>()
    const onCall = vi.fn<(value?: unknown) => void>()
    const three = rows(3)
    renderApp(
      <DataTable
        label="Work"
        columns={COLUMNS}
        rows={three}
        rowKey={(row) => row.id}
        onOpen={onOpen}
        keys={{ c: onCall }}
        groupOf={(row) =>
          row === three[0] ? { key: 'overdue', title: 'Late', count: 1 } : { key: 'today', title: 'Today', count: 2 }
        }
        details={(row) => <p>touches of {row.id}</p>}
        empty={null}
      />,
    )
    expect(screen.getAllByRole('rowheader').map((each) => each.textContent)).toEqual(['Late 1', 'Today 2'])
    await user.tab()
    await user.keyboard('{ArrowRight}')
    expect(screen.getByText(`touches of ${three[0]!.id}`)).toBeVisible()
    await user.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row', '1'))
    await user.keyboard('c{ArrowLeft}{Enter}')
    expect(onCall).toHaveBeenCalledWith(three[1])
    expect(onOpen).toHaveBeenCalledWith(three[1])
    expect(screen.queryByText(/touches of/)).not.toBeInTheDocument()
  })

  // Bug: columns had fixed widths and cut what was longer, the reason first of all.
  describe('in a room too narrow for one line', () => {
    afterEach(() => vi.restoreAllMocks())
    const WIDE: readonly Column<Row>[] = [
      { header: 'Patient', text: (row) => row.name },
      { header: 'Code', text: () => 'D3353' },
      { header: 'Payer', text: () => 'Sample Dental Plan' },
      { header: 'Why', text: () => 'No answer for 27 business days', isLong: true },
      { header: 'Next', text: () => 'Call the payer', isSecond: true },
    ]
    /** Headings of 100 px each, in a room of `room` px. */
    function show(room: number) {
      vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockImplementation(function (this: HTMLElement) {
        return 100 * (this.matches('table') ? WIDE.length : 1)
      })
      vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(room)
      renderApp(<DataTable label="Work" columns={WIDE} rows={rows(3)} rowKey={(row) => row.id} empty={null} />)
      const cells = screen.getAllByRole('cell').slice(0, WIDE.length)
      return cells.filter((cell) => cell.hasAttribute('data-below')).map((cell) => cell.textContent)
    }

    it('a row takes two lines: the reason and the next step stand below, nothing is left out', () => {
      expect(show(400)).toEqual(['No answer for 27 business days', 'Call the payer'])
      expect(screen.getAllByRole('cell')).toHaveLength(3 * WIDE.length)
    })

    it('what finds no room in the first line stands below too, the last columns first', () => {
      expect(show(250)).toEqual(['Sample Dental Plan', 'No answer for 27 business days', 'Call the payer'])
    })

    it('with room enough all stands in one line', () => {
      expect(show(500)).toEqual([])
    })
  })

  it('an empty table says what would stand there', () => {
    renderApp(
      <DataTable label="Cases" columns={COLUMNS} rows={[]} rowKey={(row) => row.id} empty={<p>No open cases</p>} />,
    )
    expect(screen.getByText('No open cases')).toBeVisible()
  })
})
