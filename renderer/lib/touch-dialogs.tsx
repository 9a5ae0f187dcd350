// The touches that take seconds: log a call or a note, snooze, assign. Used on a case and on every list of cases.
import { useState } from 'react'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseId } from '#core/ids.ts'
import { Button } from '../ui/button.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/form.tsx'
import { useDraft } from './drafts.ts'
import { useCommand } from './query.ts'
import { useSession } from './session.ts'
import { useToday } from './today.ts'

interface TouchProps {
  caseId: CaseId
  onClose: () => void
}

/** Logs a call or a note. What is typed is kept as a draft. */
export function LogDialog({ kind, caseId, onClose }: TouchProps & { kind: 'call' | 'note' }) {
  const [draft, setDraft, { discard }] = useDraft(`touch:${kind}:${caseId}`, {
    text: '',
    reference: '',
    nextOn: null as string | null,
  })
  const undo = useUndo()
  const touch = useCommand('case.touch', {
    undo,
    done: kind === 'call' ? 'Call logged' : 'Note added',
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const save = () => touch.mutate({ caseId: caseId, kind, ...draft })
  return (
    <Dialog open onClose={onClose} title={kind === 'call' ? 'Log a call' : 'Add a note'}>
      <Form onSubmit={save} label="Touch" busy={touch.isPending}>
        <TextAreaField
          label={kind === 'call' ? 'Outcome' : 'Note'}
          value={draft.text}
          onChange={(text) => setDraft({ ...draft, text })}
          required
          autoFocus
        />
        {kind === 'call' && (
          <div className="cw-fields">
            <TextField
              label="Call reference"
              value={draft.reference}
              onChange={(reference) => setDraft({ ...draft, reference })}
            />
            <DateField
              label="Next touch"
              value={draft.nextOn}
              onChange={(nextOn) => setDraft({ ...draft, nextOn })}
              hint="Rings again that day"
            />
          </div>
        )}
        <Actions>
          <Button type="submit" variant="filled" loading={touch.isPending} disabled={draft.text.trim() === ''}>
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}

interface ManyProps {
  caseIds: readonly CaseId[]
  onClose: () => void
  /** After it is saved: a list forgets its selection. */
  onDone?: () => void
}

/** Takes back a touch by the id it answered with. */
export function useUndo(): (output: { undoId: string }) => void {
  const undo = useCommand('action.undo', { done: 'Taken back' })
  return ({ undoId }) => undo.mutate({ id: undoId })
}

const several = (count: number) => (count === 1 ? 'this case' : `${count} cases`)

/** Quiets cases until a day, with a reason. */
export function SnoozeDialog({ caseIds, onClose, onDone }: ManyProps) {
  const today = useToday()
  const [until, setUntil] = useState<IsoDate | null>(addDays(today, 7))
  const [reason, setReason] = useState('')
  const undo = useUndo()
  const snooze = useCommand('worklist.snooze', {
    done: 'Snoozed',
    undo,
    onSuccess: () => {
      onDone?.()
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={`Snooze ${several(caseIds.length)}`}>
      <Form
        onSubmit={() => until && snooze.mutate({ caseIds: [...caseIds], until, reason })}
        label="Snooze"
        busy={snooze.isPending}
      >
        <DateField label="Until" value={until} onChange={setUntil} required hint="+7 for a week from today" />
        <TextField label="Reason" value={reason} onChange={setReason} required autoFocus />
        <Actions>
          <Button type="submit" variant="filled" disabled={!until || reason.trim() === ''}>
            Snooze
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}

/** Gives cases to a person. */
export function AssignDialog({ caseIds, onClose, onDone }: ManyProps) {
  const { users } = useSession()
  const [userId, setUserId] = useState<string>('')
  const undo = useUndo()
  const assign = useCommand('worklist.assign', {
    done: 'Assigned',
    undo,
    onSuccess: () => {
      onDone?.()
      onClose()
    },
  })
  const save = () =>
    assign.mutate({ caseIds: [...caseIds], userId: users.find((user) => user.id === userId)?.id ?? null })
  return (
    <Dialog open onClose={onClose} title={`Assign ${several(caseIds.length)}`}>
      <Form onSubmit={save} label="Assign" busy={assign.isPending}>
        <SelectField
          label="Person"
          value={userId}
          onChange={setUserId}
          options={[
            { value: '', label: 'Nobody' },
            ...users.map((user) => ({ value: user.id as string, label: user.name })),
          ]}
          autoFocus
        />
        <Actions>
          <Button type="submit" variant="filled">
            Assign
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
