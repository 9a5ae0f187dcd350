// One way to fill in a command: what is typed is kept, a refusal stands beside its field, what was sent is forgotten; and the
// dialog around it: its fields, the failure that no field shows, and the way on.
import { useState, type ReactNode } from 'react'
import type { InputOf, OutputOf, RouteName } from '#core/contract/index.ts'
import { Button } from '../ui/button.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { Finding } from '../ui/finding.tsx'
import { Form } from '../ui/form.tsx'
import { useDraft } from './drafts.ts'
import { explainError, fieldErrors, isOverridable, useCommand, type CommandOptions } from './query.ts'

interface CommandFormOptions<Name extends RouteName, Values extends object> extends CommandOptions<Name> {
  /** Where what is typed is kept (see useDraft); null: nowhere, such as passwords. */
  scope: string | null
  /** What the fields show until somebody types: follows the record. Plain JSON. */
  start: Values
  /** Where the values stand in the input, when not at its top: `patient`. */
  at?: string
  /** False: it came back without having been done (a dialog was cancelled), so what was typed stays. */
  isDone?: (output: OutputOf<Name>) => boolean
}

/** Failures that a form shows itself; the others become a message, CONFLICT one with a reload (useCommand). */
const SHOWN = ['INVALID_INPUT', 'REFUSED', 'WEAK_PASSWORD', 'WRONG_PASSWORD'] as const

/** What goes into one field: its value, how it changes, what is wrong with it. */
export interface FieldOf<Value> {
  value: Value
  onChange: (value: Value) => void
  error: string | undefined
}

/** What the parts of a form need of it. */
export interface CommandForm<Values extends object> {
  values: Values
  set: (part: Partial<Values>) => void
  /** `<TextField label="City" {...field('city')} />`; `problem` is what is wrong before the host is asked, said once somebody tried. */
  field: <Key extends keyof Values & string>(key: Key, problem?: string | false) => FieldOf<Values[Key]>
  /** The host's message about a path such as `lines.0.code`. */
  errorAt: (path: string) => string | undefined
  /** The failure that no field shows, as a sentence. */
  problem: string | undefined
  busy: boolean
  /** Somebody has tried to send it. */
  asked: boolean
  /** Marks the form as tried: from now on fields say what they lack. */
  ask: () => void
}

/** The state of a form that sends one command: `send(input)` runs it, or only marks what is missing when there is no input yet. */
export function useCommandForm<Name extends RouteName, Values extends object>(
  name: Name,
  { scope, start, at = '', expected = [], isDone, onSuccess, ...options }: CommandFormOptions<Name, Values>,
) {
  const [typed, setTyped, { discard, ready, restored }] = useDraft<Values | null>(scope, null)
  const [asked, setAsked] = useState(false)
  const shown = [...SHOWN, ...expected]
  const command = useCommand(name, {
    ...options,
    expected: shown,
    onSuccess: (output, input) => {
      if (isDone?.(output) ?? true) {
        discard()
        setAsked(false)
      }
      onSuccess?.(output, input)
    },
  })
  const values = typed ?? start
  const errors = fieldErrors(command.error)
  const errorAt = (path: string) => errors[path] ?? errors[`${at}.${path}`]
  const unplaced = Object.entries(errors).filter(([path]) => {
    const own = path.startsWith(`${at}.`) ? path.slice(at.length + 1) : path
    return !Object.hasOwn(values, own.split('.', 1)[0] ?? '')
  })
  const failed = command.error && shown.includes(command.error.code) ? command.error : null
  const isPlaced = Object.keys(errors).length > 0 && unplaced.length === 0
  const form: CommandForm<Values> = {
    values,
    set: (part) => setTyped((now) => ({ ...(now ?? start), ...part })),
    field: (key, problem) => ({
      value: values[key],
      onChange: (value) => setTyped((now) => ({ ...(now ?? start), [key]: value })),
      error: errorAt(key) ?? ((asked && problem) || undefined),
    }),
    errorAt,
    problem: failed && !isPlaced ? (unplaced[0]?.[1] ?? explainError(failed)) : undefined,
    busy: command.isPending,
    asked,
    ask: () => setAsked(true),
  }
  return {
    ...form,
    command,
    changed: typed !== null && JSON.stringify(typed) !== JSON.stringify(start),
    ready,
    restored,
    discard: () => discard(),
    isRefused: failed?.code === 'REFUSED',
    isOverridable: isOverridable(command.error),
    send: (input: InputOf<Name> | false | '' | null | undefined) => {
      setAsked(true)
      if (input) command.mutate(input)
    },
  }
}

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

interface PageFormProps {
  form: Pick<CommandForm<object>, 'problem' | 'busy'>
  label: string
  onSave: () => void
  save: string
  disabled?: boolean
  children: ReactNode
}

/** A form that stands on a page and saves by itself. */
export function PageForm({ form, label, onSave, save, disabled = false, children }: PageFormProps) {
  return (
    <Form onSubmit={onSave} label={label} busy={form.busy}>
      {children}
      <FormProblem form={form} />
      <Button type="submit" disabled={disabled} loading={form.busy}>
        {save}
      </Button>
    </Form>
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
  /** It has no field: the button that sends it gets the focus. */
  isSaveFocused?: boolean
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
            autoFocus={props.isSaveFocused ?? false}
          >
            {save}
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
