// What opens over a form: help on F1, the month beside a date; neither loses the place.
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { DateField, TextField } from '#renderer/ui/fields.tsx'
import { Help } from '#renderer/ui/help.tsx'
import { renderApp } from '#test/helpers/render.tsx'

describe('the month beside a date', () => {
  // Bug: a month that takes the focus and does not give it back loses the place in the form.
  it('a day is chosen from the month by keys alone, and the field has the focus again', async () => {
    const user = userEvent.setup({ delay: null })
    const onChange = vi.fn<(value?: unknown) => void>()
    const onClose = vi.fn<() => void>()
    renderApp(
      <Dialog open onClose={onClose} title="Snooze">
        <DateField label="Until" value="2026-11-27" onChange={onChange} />
      </Dialog>,
    )
    const field = await screen.findByRole('textbox', { name: 'Until' })
    await user.click(field)
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await waitFor(() => expect(screen.getByRole('cell', { name: 'Nov 27, 2026' })).toHaveFocus())
    await user.keyboard('{ArrowDown}{ArrowLeft}{Enter}')
    expect(onChange).toHaveBeenLastCalledWith('2026-12-03')
    await waitFor(() => expect(field).toHaveFocus())
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await waitFor(() => expect(screen.getByRole('cell', { name: 'Nov 27, 2026' })).toHaveFocus())
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('grid')).toBeNull()
    expect(onClose).not.toHaveBeenCalled()
  })
})

describe('help', () => {
  const page = (id: string, title: string, words: string[] = []) => {
    return { id, title, words, what: `What ${title} is`, do: [`Do ${title}`], keys: [] }
  }
  function Helped() {
    const [open, setOpen] = useState<string | null>(null)
    const pages = [page('today', 'Today'), page('claims', 'Claims', ['rejected'])]
    return <Help page={open} pages={pages} current="claims" onOpen={setOpen} onClose={() => setOpen(null)} />
  }

  // Bug: F1 did nothing anywhere, and the map could not be opened where it is wanted most.
  it('F1 opens the help of this screen from a field of a dialog, with its keys; Escape closes the help only', async () => {
    const user = userEvent.setup({ delay: null })
    const onClose = vi.fn<() => void>()
    const onPage = vi.fn<() => void>()
    const inDialog = vi.fn<() => void>()
    renderApp(
      <>
        <Helped />
        <Button shortcut="alt+n" onClick={onPage}>
          New note
        </Button>
        <Dialog open onClose={onClose} title="Note">
          <TextField label="Text" value="" onChange={() => {}} />
          <Button shortcut="alt+s" onClick={inDialog}>
            Save note
          </Button>
        </Dialog>
      </>,
    )
    await user.click(await screen.findByRole('textbox', { name: 'Text' }))
    await user.keyboard('{F1}')
    const map = await screen.findByRole('dialog', { name: 'Help' })
    expect(map).toHaveTextContent('What Claims is')
    expect(map).toHaveTextContent('Save noteAlt+S')
    expect(map).not.toHaveTextContent('New note')
    await user.keyboard('{Alt>}s{/Alt}')
    expect(inDialog).not.toHaveBeenCalled()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Help' })).toBeNull())
    expect(onClose).not.toHaveBeenCalled()
    expect(screen.getByRole('textbox', { name: 'Text' })).toHaveFocus()
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('help is searched by other words too, without asking anybody', async () => {
    const user = userEvent.setup({ delay: null })
    renderApp(<Helped />)
    await user.keyboard('{F1}')
    await user.type(await screen.findByRole('textbox', { name: 'Find in help' }), 'tod')
    expect(await screen.findByRole('heading', { name: 'Today' })).toBeVisible()
    await user.clear(screen.getByRole('textbox', { name: 'Find in help' }))
    await user.keyboard('rejected')
    expect(screen.getByRole('article')).toHaveTextContent('What Claims is')
  })
})
