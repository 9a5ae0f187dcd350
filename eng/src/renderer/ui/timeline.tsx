// What happened on a case, newest first; and what is still to do.
import { Checkbox } from '@mantine/core'
import type { IsoDate } from '#core/dates.ts'
import { formatDate, relativeDays } from '../lib/format.ts'
import { useToday } from '../lib/use-today.ts'
import classes from './rows.module.css'

interface Entry {
  at: string
  on: IsoDate
  user: string
  text: string
}

/** Dated lines, newest first. */
export function Timeline({ entries, label = 'Timeline' }: { entries: readonly Entry[]; label?: string }) {
  return (
    <ol className="cw-plain-list" aria-label={label}>
      {entries.map((entry, index) => (
        <li key={`${entry.at}${index}`} className={classes.entry}>
          <time dateTime={entry.on}>{formatDate(entry.on)}</time>
          <span className={classes.entryText}>
            {entry.text}
            {entry.user && <span className="cw-muted"> · {entry.user}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}

interface TaskLike {
  id: string
  title: string
  dueOn: IsoDate
  assigneeName: string | null
  doneAt: string | null
}
interface TaskListProps<T extends TaskLike> {
  tasks: readonly T[]
  onDone: (task: T, done: boolean) => void
}

/** Tasks with their due date; ticking one finishes it. */
export function TaskList<T extends TaskLike>({ tasks, onDone }: TaskListProps<T>) {
  const today = useToday()
  return (
    <ul className="cw-plain-list" aria-label="Tasks">
      {tasks.map((task) => {
        const late = task.doneAt === null && task.dueOn < today
        return (
          <li key={task.id} className={classes.task}>
            <Checkbox
              checked={task.doneAt !== null}
              label={task.title}
              description={
                <span className={late ? classes.late : undefined} title={formatDate(task.dueOn)}>
                  {late ? 'late: ' : ''}due {relativeDays(task.dueOn, today)}
                  {task.assigneeName && ` · ${task.assigneeName}`}
                </span>
              }
              onChange={(event) => onDone(task, event.currentTarget.checked)}
            />
          </li>
        )
      })}
    </ul>
  )
}
