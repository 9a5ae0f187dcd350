// Keys from a field, and messages that come and go by themselves.
import { act, fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { showToast, undoLast } from '#renderer/lib/notify.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { renderApp } from '#test/helpers/render.tsx'

// Bug: a letter printed on a button did nothing in a field, and Alt alone opened the menu bar, which took the next letter.
it('the letter of a button works with Alt from a field, and Alt alone leaves the menu bar closed', async () => {
  const user = userEvent.setup()
  const onCall = vi.fn<() => void>()
  renderApp(
    <>
      <input aria-label="Find" />
      <Button shortcut="c" onClick={onCall}>
        Called
      </Button>
    </>,
  )
  await user.click(screen.getByLabelText('Find'))
  await user.keyboard('c')
  expect(onCall).not.toHaveBeenCalled()
  await user.keyboard('{Alt>}c{/Alt}')
  expect(onCall).toHaveBeenCalledOnce()
  expect(fireEvent.keyDown(document.body, { key: 'Alt' })).toBe(false)
  expect(fireEvent.keyUp(document.body, { key: 'Alt' })).toBe(false)
})

describe('messages', () => {
  const said = () => screen.queryAllByRole('status').map((one) => one.textContent)

  // Bug: four messages lay over the fields at the lower right, for as long as the pointer rested there.
  it('stand one at a time and go after four seconds, wherever the pointer is', () => {
    vi.useFakeTimers()
    renderApp(<p>page</p>)
    act(() => showToast({ message: 'Note added' }))
    act(() => showToast({ message: 'Call logged' }))
    act(() => void vi.advanceTimersByTime(20))
    expect(said()).toEqual([expect.stringContaining('Call logged')])
    fireEvent.mouseEnter(screen.getByText('Call logged'))
    act(() => void vi.advanceTimersByTime(3900))
    expect(said()).toHaveLength(1)
    act(() => void vi.advanceTimersByTime(200))
    act(() => void vi.advanceTimersByTime(20))
    expect(said()).toEqual([])
  })

  it('Ctrl+Z takes back the last act also when its message is gone, and only that', () => {
    const undo = vi.fn<() => void>()
    showToast({ message: 'Snoozed', action: { label: 'Undo', run: undo, shortcut: 'mod+z' } })
    undoLast()
    undoLast()
    expect(undo).toHaveBeenCalledOnce()
    showToast({ message: 'Snoozed', action: { label: 'Undo', run: undo, shortcut: 'mod+z' } })
    showToast({ message: 'Case closed' })
    undoLast()
    expect(undo).toHaveBeenCalledOnce()
  })
})
