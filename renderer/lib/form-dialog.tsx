// A dialog around the form of one command: its fields, the failure that no field shows, and the way on.
import type { ReactNode } from 'react'
import type { CommandForm } from './command-form.ts'
import { Button } from '../ui/button.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { Finding } from '../ui/finding.tsx'
import { Form } from '../ui/form.tsx'

interface FormProblemProps {
  form: Pick<CommandForm<object>, 'problem'>
  /** The way on in spite of it. */
  action?: ReactNode
  children?: ReactNode
}

/** The failure that no field shows. */
export function FormProblem({ form, action, children }: FormProblemProps) {
  if (!form.problem) return null
  return (
    <Finding severity="warn" action={action}>
      {form.problem} {children}
    </Finding>
  )
}

interface SaveOrUndoProps {
  form: { changed: boolean; busy: boolean; discard: () => void }
  save: string
  disabled?: boolean
}

/** For a form that stands open on a page: its two ways out, once something was changed. */
export function SaveOrUndo({ form, save, disabled = false }: SaveOrUndoProps) {
  if (!form.changed) return null
  return (
    <>
      <Button type="submit" variant="filled" disabled={disabled} loading={form.busy}>
        {save}
      </Button>
      <Button variant="subtle" onClick={form.discard}>
        Undo changes
      </Button>
    </>
  )
}

interface FormDialogProps {
  form: Pick<CommandForm<object>, 'problem' | 'busy'>
  title: string
  /** What the form is called, when not by its title. */
  label?: string
  size?: 'md' | 'lg' | 'xl'
  onClose: () => void
  onSave: () => void
  /** The button that sends it. */
  save?: string
  shortcut?: string
  disabled?: boolean
  /** Buttons before it. */
  actions?: ReactNode
  /** The way on in spite of a refusal, and what to do about it. */
  anyway?: ReactNode
  hint?: ReactNode
  children: ReactNode
}

/** Enter sends; Esc closes, and what was typed is kept where the form keeps it. */
export function FormDialog(props: FormDialogProps) {
  const { form, title, label = title, size = 'md', onClose, onSave, save = 'Save', disabled = false } = props
  return (
    <Dialog open onClose={onClose} title={title} size={size}>
      <Form onSubmit={onSave} label={label} busy={form.busy}>
        {props.children}
        <FormProblem form={form} action={props.anyway}>
          {props.hint}
        </FormProblem>
        <Actions>
          {props.actions}
          <Button
            type="submit"
            variant="filled"
            {...(props.shortcut && { shortcut: props.shortcut })}
            disabled={disabled}
            loading={form.busy}
          >
            {save}
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
