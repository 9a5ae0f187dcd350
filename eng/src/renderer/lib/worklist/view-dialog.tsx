// Which columns a list shows, and its choice kept under a name.
import { useState } from 'react'
import { Button, RowButton } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { showToast } from '../notify.tsx'
import type { ListMemory } from './list-memory.ts'

interface ViewDialogProps {
  memory: ListMemory
  columns: readonly { id: string; header: string }[]
  /** Ids of the columns shown now. */
  shown: readonly string[]
  onClose: () => void
}

export function ViewDialog({ memory, columns, shown, onClose }: ViewDialogProps) {
  const [name, setName] = useState('')
  const toggle = (id: string, on: boolean) => {
    const next = columns.map((column) => column.id).filter((one) => (one === id ? on : shown.includes(one)))
    if (next.length > 0) memory.change({ columns: next })
  }
  const save = () => {
    memory.save(name.trim())
    showToast({ message: 'View saved' })
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title="View">
      <fieldset className="cw-group">
        <legend>Columns</legend>
        <div className="cw-fields">
          {columns.map((column, index) => (
            <CheckField
              key={column.id}
              label={column.header}
              value={shown.includes(column.id)}
              onChange={(on) => toggle(column.id, on)}
              autoFocus={index === 0}
            />
          ))}
        </div>
      </fieldset>
      <Form onSubmit={save} label="Save this view">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          hint="Keeps list, filters, order and columns for you under this name"
        />
        <Actions>
          <Button onClick={() => memory.change({ columns: null })}>Usual columns</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === '' || name.trim().length > 40}>
            Save view
          </Button>
        </Actions>
      </Form>
      {memory.saved.length > 0 && (
        <ul className="cw-stack" aria-label="Saved views">
          {memory.saved.map((view) => (
            <li key={view.name} className="cw-row">
              <span style={{ flex: 1 }}>{view.name}</span>
              <Button
                onClick={() => {
                  memory.change(view.state)
                  onClose()
                }}
              >
                Show
              </Button>
              <RowButton verb="Remove" of={view.name} onClick={() => memory.remove(view.name)} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
