// Beside every step: money, open tasks, the dated history, and the touches that are logged in seconds.
import { useState } from 'react'
import type { IsoDate } from '#core/dates.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { UserId } from '#core/ids.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan, useSession } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { TouchDialog, type Touch } from '../../lib/touch-dialogs.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { TaskList, Timeline } from '../../ui/timeline.tsx'
import { CaseMoney } from './case-money.tsx'
import classes from './case.module.css'

const TOUCHES = [
  { kind: 'call', letter: 'c', label: 'Called' },
  { kind: 'note', letter: 'n', label: 'Note' },
  { kind: 'snooze', letter: 'z', label: 'Snooze' },
  { kind: 'assign', letter: 'a', label: 'Assign' },
] as const

interface SideColumnProps {
  caseView: CaseView
  /** False where single letters answer questions: the touches then take Alt. */
  plainKeys: boolean
}

export function SideColumn({ caseView, plainKeys }: SideColumnProps) {
  const canWork = useCan('work')
  const [touch, setTouch] = useState<Touch['kind'] | 'task' | null>(null)
  const tasks = useRoute('task.forCase', { caseId: caseView.id })
  const complete = useCommand('task.complete', {
    done: (_output, { done }) => (done ? 'Task done' : 'Task open again'),
    undo: (_output, { id, done }) => complete.mutate({ id, done: !done }),
  })
  const open = (tasks.data?.tasks ?? []).filter((task) => task.doneAt === null)
  const close = () => setTouch(null)
  return (
    <div className="cw-stack">
      <CaseMoney caseView={caseView} />
      <Section
        title="Tasks"
        actions={
          canWork && (
            <Button variant="subtle" shortcut="alt+t" onClick={() => setTouch('task')} label="Add a task">
              Add
            </Button>
          )
        }
      >
        {tasks.isSuccess && open.length === 0 && <p className="cw-muted">Nothing to do.</p>}
        <TaskList tasks={open} onDone={(task, done) => complete.mutate({ id: task.id, done })} />
      </Section>
      <Section title="Timeline" note={caseView.assignee && `assigned to ${caseView.assignee.name}`}>
        {canWork && (
          <div className={classes.touches}>
            {TOUCHES.map(({ kind, letter, label }) => (
              <Button key={kind} shortcut={plainKeys ? letter : `alt+${letter}`} onClick={() => setTouch(kind)}>
                {label}
              </Button>
            ))}
          </div>
        )}
        <Timeline entries={caseView.timeline} />
      </Section>
      {touch === 'task' && <TaskDialog caseView={caseView} onClose={close} />}
      {touch && touch !== 'task' && <TouchDialog kind={touch} caseIds={[caseView.id]} onClose={close} />}
    </div>
  )
}

function TaskDialog({ caseView, onClose }: { caseView: CaseView; onClose: () => void }) {
  const { users } = useSession()
  const start = { title: '', dueOn: useToday() as IsoDate | null, assigneeId: '' as UserId | '' }
  const { field, ...form } = useCommandForm('task.add', {
    scope: `task:${caseView.id}`,
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
      onSave={() => form.send(dueOn && { task: { caseId: caseView.id, title, dueOn, assigneeId: assigneeId || null } })}
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
