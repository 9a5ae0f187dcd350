// Beside every step: money, open tasks, the dated history, and the touches that are logged in seconds.
import { useState } from 'react'
import type { IsoDate } from '#core/dates.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { UserId } from '#core/ids.ts'
import { useDraft } from '../../lib/drafts.ts'
import { formatMoney, moneyOrDash } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan, useSession } from '../../lib/session.ts'
import { useToday } from '../../lib/today.ts'
import { AssignDialog, LogDialog, SnoozeDialog } from '../../lib/touch-dialogs.tsx'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { DateField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { TaskList, Timeline } from '../../ui/timeline.tsx'
import classes from './case.module.css'

type Touch = 'call' | 'note' | 'snooze' | 'assign' | 'task'

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
  const [touch, setTouch] = useState<Touch | null>(null)
  const tasks = useRoute('task.forCase', { caseId: caseView.id })
  const complete = useCommand('task.complete', {
    done: (_output, { done }) => (done ? 'Task done' : 'Task open again'),
    undo: (_output, { id, done }) => complete.mutate({ id, done: !done }),
  })
  const open = (tasks.data?.tasks ?? []).filter((task) => task.doneAt === null)
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
          <dt>Write-off</dt>
          <dd className="cw-number">{moneyOrDash(money.writeOffCents)}</dd>
          <dt>Patient{money.paidCents === 0 ? ' about' : ''}</dt>
          <dd className="cw-number">{moneyOrDash(money.patientCents)}</dd>
          <dt>Open</dt>
          <dd className="cw-number">{moneyOrDash(money.openCents)}</dd>
        </dl>
        {money.capped && <p className="cw-muted">{money.capped}</p>}
        {money.feeTodayCents !== money.feeCents && (
          <Finding severity="warn">
            The lines come to {formatMoney(money.feeTodayCents)} today, and {formatMoney(money.feeCents)} is charged on
            the claims that were sent. What was sent counts. If it is wrong, send a corrected claim.
          </Finding>
        )}
        {money.excessCents > 0 && (
          <Finding severity="warn">
            {formatMoney(money.excessCents)} more is paid or taken off than is charged. Compare the EOBs with the
            payments.
          </Finding>
        )}
      </Section>
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
      {(touch === 'call' || touch === 'note') && (
        <LogDialog key={touch} kind={touch} caseId={caseView.id} onClose={close} />
      )}
      {touch === 'snooze' && <SnoozeDialog caseIds={[caseView.id]} onClose={close} />}
      {touch === 'assign' && <AssignDialog caseIds={[caseView.id]} onClose={close} />}
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
  const { users } = useSession()
  const [draft, setDraft, { discard }] = useDraft<{ title: string; dueOn: IsoDate | null; assigneeId: string }>(
    `task:${caseView.id}`,
    {
      title: '',
      dueOn: today,
      assigneeId: '',
    },
  )
  const { title, dueOn } = draft
  const add = useCommand('task.add', {
    done: 'Task added',
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const save = () => {
    const assigneeId = (draft.assigneeId || null) as UserId | null
    if (dueOn) add.mutate({ task: { caseId: caseView.id, title, dueOn, assigneeId } })
  }
  return (
    <Dialog open onClose={onClose} title="Add a task">
      <Form onSubmit={save} label="Task" busy={add.isPending}>
        <TextField
          label="What"
          value={title}
          onChange={(next) => setDraft({ ...draft, title: next })}
          required
          autoFocus
        />
        <div className="cw-fields">
          <DateField label="Due" value={dueOn} onChange={(next) => setDraft({ ...draft, dueOn: next })} required />
          <SelectField
            label="For"
            value={draft.assigneeId}
            onChange={(assigneeId) => setDraft({ ...draft, assigneeId })}
            options={users.map((user) => ({ value: user.id as string, label: user.name }))}
            emptyLabel="Whoever is free"
          />
        </div>
        <Actions>
          <Button type="submit" variant="filled" disabled={title.trim() === '' || !dueOn}>
            Add task
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
