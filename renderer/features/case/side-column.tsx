// Beside every step: money, open tasks, the dated history, and the touches that are logged in seconds.
import { useState } from 'react'
import type { IsoDate } from '#core/dates.ts'
import type { CaseView } from '#core/contract/case.ts'
import { moneyOrDash } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/today.ts'
import { AssignDialog, LogDialog, SnoozeDialog } from '../../lib/touch-dialogs.tsx'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { DateField, TextField } from '../../ui/fields.tsx'
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
      <Section title="Timeline">
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

        <Timeline entries={caseView.timeline} />
      </Section>
      {(touch === 'call' || touch === 'note') && (
        <LogDialog key={touch} kind={touch} caseId={caseView.id} onClose={close} />
      )}
      {touch === 'snooze' && <SnoozeDialog caseId={caseView.id} onClose={close} />}
      {touch === 'assign' && <AssignDialog caseId={caseView.id} onClose={close} />}
      {touch === 'task' && <TaskDialog caseView={caseView} onClose={close} />}
    </div>
  )
}

interface TouchProps {
  caseView: CaseView
  onClose: () => void
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
