// One line of a checklist: what is needed, by whom, and whether it is there.
import type { ReactNode } from 'react'
import classes from './rows.module.css'
import { StatusTag, type Tone } from './status-tag.tsx'

interface CheckItemProps {
  title: string
  state: 'missing' | 'done' | 'waived' | 'problem'
  /** Who produces it: dentist, assistant, front desk. */
  owner?: string
  /** What is wrong, one per line: `Film has no date`. */
  problems?: readonly string[]
  /** What settled it: thumbnails, a note, the waiver with its person. */
  children?: ReactNode
}
const STATES: Record<CheckItemProps['state'], { tone: Tone; word: string }> = {
  missing: { tone: 'todo', word: 'Missing' },
  done: { tone: 'ok', word: 'There' },
  waived: { tone: 'info', word: 'Waived' },
  problem: { tone: 'warn', word: 'Problem' },
}

/** A checklist row; put rows into a `<CheckList>`. */
export function CheckItem({ title, state, owner, problems = [], children }: CheckItemProps) {
  const { tone, word } = STATES[state]
  return (
    <li className={classes.check}>
      <div className={classes.checkState}>
        <StatusTag tone={tone}>{word}</StatusTag>
      </div>
      <div className={classes.checkBody}>
        <div>
          {title}
          {owner && <span className="cw-muted"> · {owner}</span>}
        </div>
        {problems.map((problem) => (
          <div key={problem} className={classes.problem}>
            {problem}
          </div>
        ))}
        {children}
      </div>
    </li>
  )
}

/** The list around CheckItems. */
export function CheckList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="cw-plain-list" aria-label={label}>
      {children}
    </ul>
  )
}
