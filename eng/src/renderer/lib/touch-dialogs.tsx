// The touches that take seconds: log a call or a note, snooze, assign. Used on a case and on every list of cases.
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseId, UserId } from '#core/ids.ts'
import { DateField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { FormDialog, useCommandForm } from './command-form.tsx'
import { scopeAbout } from './drafts.ts'
import { useCommand } from './query.ts'
import { useSession } from './session.ts'
import { useToday } from './use-today.ts'

interface TouchProps {
  caseId: CaseId
  onClose: () => void
}

const WAYS = { call: 'Call', portal: 'Portal check', mail: 'Letter or fax' } as const

/** Logs a call, a portal check or a note: the outcome and Enter are enough. What is typed is kept as a draft. */
function LogDialog({ kind, caseId, onClose }: TouchProps & { kind: 'call' | 'note' }) {
  const start = {
    way: 'call' as keyof typeof WAYS,
    text: '',
    contact: '',
    reference: '',
    nextOn: null as IsoDate | null,
  }
  const { field, ...form } = useCommandForm('case.touch', {
    scope: `touch:${kind}:${caseId}`,
    start,
    undo: useUndo(),
    done: (_, input) => ({ note: 'Note added', call: 'Call logged' })[input.kind as string] ?? 'Touch logged',
    onSuccess: onClose,
  })
  const { way, ...typed } = form.values
  const isEmpty = typed.text.trim() === ''
  return (
    <FormDialog
      form={form}
      title={kind === 'call' ? 'Log a call or portal check' : 'Add a note'}
      label="Touch"
      onClose={onClose}
      onSave={() => form.send(!isEmpty && { caseId, kind: kind === 'note' ? 'note' : way, ...typed })}
      disabled={isEmpty}
    >
      {kind === 'note' ? (
        <TextAreaField label="Note" limit={500} {...field('text')} required autoFocus />
      ) : (
        <>
          <TextField
            label="Outcome"
            maxLength={500}
            hint="Enter saves; the rest is optional"
            {...field('text')}
            required
            autoFocus
          />
          <div className="cw-fields">
            <SelectField label="How" {...field('way')} options={WAYS} />
            <TextField label="Spoke to" {...field('contact')} maxLength={100} />
            <TextField label="Call reference" {...field('reference')} maxLength={60} />
            <DateField label="Next touch" {...field('nextOn')} hint="Reminds you that day" />
          </div>
        </>
      )}
    </FormDialog>
  )
}

interface ManyProps {
  caseIds: readonly CaseId[]
  onClose: () => void
  onDone: () => void
}

/** Takes back a touch by the id it answered with. */
export function useUndo(): (output: { undoId: string }) => void {
  const undo = useCommand('action.undo', { done: 'Undone' })
  return ({ undoId }) => undo.mutate({ id: undoId })
}

export interface Touch extends Omit<ManyProps, 'onDone'> {
  kind: 'call' | 'note' | 'snooze' | 'assign' | 'task'
  /** After it is saved: a list forgets its selection. */
  onDone?: () => void
}

/** The dialog of a touch; a call or a note is logged on the first case. */
export function TouchDialog({ kind, caseIds, onClose, onDone }: Touch) {
  const done = () => {
    onDone?.()
    onClose()
  }
  if (kind === 'snooze') return <SnoozeDialog caseIds={caseIds} onClose={onClose} onDone={done} />
  if (kind === 'assign') return <AssignDialog caseIds={caseIds} onClose={onClose} onDone={done} />
  if (kind === 'task') return <TaskDialog caseId={caseIds[0]!} onClose={onClose} />
  return <LogDialog key={kind} kind={kind} caseId={caseIds[0]!} onClose={onClose} />
}

const several = (count: number) => (count === 1 ? 'this case' : `${count} cases`)

/** Quiets cases until a day, with a reason. */
function SnoozeDialog({ caseIds, onClose, onDone }: ManyProps) {
  const many = scopeAbout('touch:snooze', [...caseIds].sort().join(' '))
  const start = { until: addDays(useToday(), 7) as IsoDate | null, reason: '' }
  const { field, ...form } = useCommandForm('worklist.snooze', {
    scope: caseIds.length === 1 ? `touch:snooze:${caseIds[0]}` : many,
    start,
    done: 'Snoozed',
    undo: useUndo(),
    onSuccess: onDone,
  })
  const { until, reason } = form.values
  const isComplete = until !== null && reason.trim() !== ''
  return (
    <FormDialog
      form={form}
      title={`Snooze ${several(caseIds.length)}`}
      label="Snooze"
      onClose={onClose}
      onSave={() => form.send(isComplete && { caseIds: [...caseIds], until, reason })}
      save="Snooze"
      disabled={!isComplete}
    >
      <DateField label="Until" {...field('until')} required hint="+7 for a week from today" />
      <TextField label="Reason" {...field('reason')} required autoFocus maxLength={300} />
    </FormDialog>
  )
}

/** Gives cases to a person. */
function AssignDialog({ caseIds, onClose, onDone }: ManyProps) {
  const { users } = useSession()
  const start: { userId: UserId | '' } = { userId: '' }
  const { field, ...form } = useCommandForm('worklist.assign', {
    scope: null,
    start,
    done: 'Assigned',
    undo: useUndo(),
    onSuccess: onDone,
  })
  return (
    <FormDialog
      form={form}
      title={`Assign ${several(caseIds.length)}`}
      label="Assign"
      onClose={onClose}
      onSave={() => form.send({ caseIds: [...caseIds], userId: form.values.userId || null })}
      save="Assign"
    >
      <SelectField
        label="Person"
        {...field('userId')}
        options={users.map((user) => ({ value: user.id, label: user.name }))}
        emptyLabel="Nobody"
        autoFocus
      />
    </FormDialog>
  )
}

/** Something to do by a day, by somebody. */
function TaskDialog({ caseId, onClose }: TouchProps) {
  const { users } = useSession()
  const start = { title: '', dueOn: useToday() as IsoDate | null, assigneeId: '' as UserId | '' }
  const { field, ...form } = useCommandForm('task.add', {
    scope: `task:${caseId}`,
    start,
    at: 'task',
    done: 'Task added',
    onSuccess: onClose,
  })
  const { title, dueOn, assigneeId } = form.values
  return (
    <FormDialog
      form={form}
      title="Add a task"
      label="Task"
      onClose={onClose}
      onSave={() => form.send(dueOn && { task: { caseId, title, dueOn, assigneeId: assigneeId || null } })}
      save="Add task"
      disabled={title.trim() === '' || !dueOn}
    >
      <TextField label="What" {...field('title')} required autoFocus />
      <div className="cw-fields">
        <DateField label="Due" {...field('dueOn')} required />
        <SelectField
          label="For"
          {...field('assigneeId')}
          options={users.map((user) => ({ value: user.id, label: user.name }))}
          emptyLabel="Whoever is free"
        />
      </div>
    </FormDialog>
  )
}
