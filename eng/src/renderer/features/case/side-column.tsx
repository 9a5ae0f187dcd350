// Beside every step: money, open tasks, the dated history, and the touches that are logged in seconds.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { TouchDialog, type Touch } from '../../lib/touch-dialogs.tsx'
import { Button } from '../../ui/button.tsx'
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
  const [touch, setTouch] = useState<Touch['kind'] | null>(null)
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
            <Button
              variant="subtle"
              shortcut={plainKeys ? 't' : 'alt+t'}
              onClick={() => setTouch('task')}
              label="Add a task"
            >
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
      {touch && <TouchDialog kind={touch} caseIds={[caseView.id]} onClose={close} />}
    </div>
  )
}
