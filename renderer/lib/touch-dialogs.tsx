// The touches that take seconds: log a call or a note, snooze, assign. Used on a case and on every list of cases.
import { useState } from 'react'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseId } from '#core/ids.ts'
import { Button } from '../ui/button.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/form.tsx'
import { scopeAbout, useDraft } from './drafts.ts'
import { useCommand } from './query.ts'
import { useSession } from './session.ts'
import { useToday } from './today.ts'

interface TouchProps {
  caseId: CaseId
  onClose: () => void
}

const WAYS = [
  { value: 'call', label: 'Call' },
  { value: 'portal', label: 'Portal check' },
  { value: 'mail', label: 'Letter or fax' },
] as const

interface TouchDraft {
  way: (typeof WAYS)[number]['value']
  text: string
  contact: string
  reference: string
  nextOn: IsoDate | null
}

/** Logs a call, a portal check or a note: the outcome and Enter are enough. What is typed is kept as a draft. */
export function LogDialog({ kind, caseId, onClose }: TouchProps & { kind: 'call' | 'note' }) {
  const [draft, setDraft, { discard }] = useDraft<TouchDraft>(`touch:${kind}:${caseId}`, {
    way: 'call',
    text: '',
    contact: '',
    reference: '',
    nextOn: null,
  })
  const undo = useUndo()
  const touch = useCommand('case.touch', {
    undo,
    done: kind === 'note' ? 'Note added' : draft.way === 'call' ? 'Call logged' : 'Touch logged',
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const { way, ...typed } = draft
  const save = () => {
    if (draft.text.trim() !== '') touch.mutate({ caseId, kind: kind === 'note' ? 'note' : way, ...typed })
  }
  const text = {
    value: draft.text,
    onChange: (next: string) => setDraft({ ...draft, text: next }),
    required: true,
    autoFocus: true,
  }
  return (
    <Dialog open onClose={onClose} title={kind === 'call' ? 'Log a call or portal check' : 'Add a note'}>
      <Form onSubmit={save} label="Touch" busy={touch.isPending}>
        {kind === 'note' ? (
          <TextAreaField label="Note" limit={500} {...text} />
        ) : (
          <TextField label="Outcome" maxLength={500} hint="Enter saves; the rest is optional" {...text} />
        )}
        {kind === 'call' && (
          <div className="cw-fields">
            <SelectField
              label="How"
              value={way}
              onChange={(next) => setDraft({ ...draft, way: next })}
              options={WAYS}
            />
            <TextField
              label="Spoke to"
              value={draft.contact}
              onChange={(contact) => setDraft({ ...draft, contact })}
              maxLength={100}
            />
            <TextField
              label="Call reference"
              value={draft.reference}
              onChange={(reference) => setDraft({ ...draft, reference })}
              maxLength={60}
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
  const many = scopeAbout('touch:snooze', [...caseIds].sort().join(' '))
  const scope = caseIds.length === 1 ? `touch:snooze:${caseIds[0]}` : many
  const [draft, setDraft, { discard }] = useDraft<{ until: IsoDate | null; reason: string }>(scope, {
    until: addDays(today, 7),
    reason: '',
  })
  const { until, reason } = draft
  const undo = useUndo()
  const snooze = useCommand('worklist.snooze', {
    done: 'Snoozed',
    undo,
    onSuccess: () => {
      discard()
      onDone?.()
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={`Snooze ${several(caseIds.length)}`}>
      <Form
        onSubmit={() => until && reason.trim() !== '' && snooze.mutate({ caseIds: [...caseIds], until, reason })}
        label="Snooze"
        busy={snooze.isPending}
      >
        <DateField
          label="Until"
          value={until}
          onChange={(next) => setDraft({ ...draft, until: next })}
          required
          hint="+7 for a week from today"
        />
        <TextField
          label="Reason"
          value={reason}
          onChange={(next) => setDraft({ ...draft, reason: next })}
          required
          autoFocus
          maxLength={300}
        />
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
