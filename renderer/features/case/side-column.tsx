// Beside every step: money, open tasks, the dated history, and the touches that are logged in seconds.
import { useState } from 'react'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { InputOf } from '#core/contract/index.ts'
import { moneyOrDash } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useSession } from '../../lib/session.ts'
import { useToday } from '../../lib/today.ts'
import { useDraft } from '../../lib/drafts.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { TaskList, Timeline } from '../../ui/timeline.tsx'

type Touch = 'call' | 'note' | 'snooze' | 'assign' | 'task'

export function SideColumn({ caseView }: { caseView: CaseView }) {
  const [touch, setTouch] = useState<Touch | null>(null)
  const tasks = useRoute('task.forCase', { caseId: caseView.id })
  const complete = useCommand('task.complete')
  const { money } = caseView
  const close = () => setTouch(null)
  return (
    <div className="cw-stack">
      <Section title="Money">
        <dl className="cw-facts">
          <dt>Fee</dt>
          <dd className="cw-number">{moneyOrDash(money.feeCents)}</dd>
          <dt>Expected</dt>
          <dd className="cw-number">{moneyOrDash(money.expectedPlanCents)}</dd>
          <dt>Paid</dt>
          <dd className="cw-number">{moneyOrDash(money.paidCents)}</dd>
          <dt>Patient{money.paidCents === 0 ? ' about' : ''}</dt>
          <dd className="cw-number">{moneyOrDash(money.patientCents)}</dd>
          <dt>Open</dt>
          <dd className="cw-number">{moneyOrDash(money.openCents)}</dd>
        </dl>
      </Section>
      <Section
        title="Tasks"
        actions={
          <Button variant="subtle" shortcut="alt+t" onClick={() => setTouch('task')}>
            Add
          </Button>
        }
      >
        <TaskList
          tasks={(tasks.data?.tasks ?? []).filter((task) => task.doneAt === null)}
          onDone={(task, done) => complete.mutate({ id: task.id, done })}
        />
      </Section>
      <Section
        title="Timeline"
        actions={
          <span className="cw-row">
            <Button variant="subtle" shortcut="alt+c" onClick={() => setTouch('call')}>
              Called
            </Button>
            <Button variant="subtle" shortcut="alt+n" onClick={() => setTouch('note')}>
              Note
            </Button>
            <Button variant="subtle" shortcut="alt+z" onClick={() => setTouch('snooze')}>
              Snooze
            </Button>
            <Button variant="subtle" shortcut="alt+a" onClick={() => setTouch('assign')}>
              Assign
            </Button>
          </span>
        }
      >
        <Timeline entries={caseView.timeline} />
      </Section>
      {(touch === 'call' || touch === 'note') && (
        <TouchDialog key={touch} kind={touch} caseView={caseView} onClose={close} />
      )}
      {touch === 'snooze' && <SnoozeDialog caseView={caseView} onClose={close} />}
      {touch === 'assign' && <AssignDialog caseView={caseView} onClose={close} />}
      {touch === 'task' && <TaskDialog caseView={caseView} onClose={close} />}
    </div>
  )
}

interface TouchProps {
  caseView: CaseView
  onClose: () => void
}

function TouchDialog({ kind, caseView, onClose }: TouchProps & { kind: 'call' | 'note' }) {
  const [draft, setDraft, { discard }] = useDraft(`touch:${kind}:${caseView.id}`, {
    text: '',
    reference: '',
    nextOn: null as string | null,
  })
  const touch = useCommand('case.touch', {
    done: kind === 'call' ? 'Call logged' : 'Note added',
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const save = () => touch.mutate({ caseId: caseView.id, kind, ...draft })
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

function SnoozeDialog({ caseView, onClose }: TouchProps) {
  const today = useToday()
  const [until, setUntil] = useState<IsoDate | null>(addDays(today, 7))
  const [reason, setReason] = useState('')
  const snooze = useCommand('case.snooze', { done: 'Snoozed', onSuccess: onClose })
  return (
    <Dialog open onClose={onClose} title="Snooze this case">
      <Form
        onSubmit={() => until && snooze.mutate({ caseId: caseView.id, until, reason })}
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

function AssignDialog({ caseView, onClose }: TouchProps) {
  const { users } = useSession()
  const [userId, setUserId] = useState<string>(caseView.assignee?.id ?? '')
  const assign = useCommand('case.assign', { done: 'Assigned', onSuccess: onClose })
  const save = () =>
    assign.mutate({ caseId: caseView.id, userId: (userId || null) as InputOf<'case.assign'>['userId'] })
  return (
    <Dialog open onClose={onClose} title="Assign this case">
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

function TaskDialog({ caseView, onClose }: TouchProps) {
  const today = useToday()
  const [title, setTitle] = useState('')
  const [dueOn, setDueOn] = useState<IsoDate | null>(today)
  const add = useCommand('task.add', { done: 'Task added', onSuccess: onClose })
  return (
    <Dialog open onClose={onClose} title="Add a task">
      <Form
        onSubmit={() => dueOn && add.mutate({ task: { caseId: caseView.id, title, dueOn } })}
        label="Task"
        busy={add.isPending}
      >
        <TextField label="What" value={title} onChange={setTitle} required autoFocus />
        <DateField label="Due" value={dueOn} onChange={setDueOn} required />
        <Actions>
          <Button type="submit" variant="filled" disabled={title.trim() === '' || !dueOn}>
            Add task
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
