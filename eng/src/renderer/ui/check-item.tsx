// One line of a checklist: what is needed, by whom, and whether it is there.
import type { ReactNode } from 'react'
import classes from './rows.module.css'
import { ToneIcon, toneGroup, type Tone } from './status-tag.tsx'

export type CheckState = 'missing' | 'done' | 'waived' | 'problem'
interface CheckItemProps {
  title: string
  state: CheckState
  /** Who produces it: dentist, assistant, front desk. */
  owner?: string
  /** Opens what settles it. */
  onOpen?: (() => void) | undefined
  /** What is wrong, one per line: `Film has no date`. */
  problems?: readonly string[]
  /** On the same line: why, and what can be done. */
  beside?: ReactNode
  /** What settled it: a film, a note, the waiver with its person. */
  children?: ReactNode
}
export const CHECK_STATES: Record<CheckState, { tone: Tone; word: string }> = {
  missing: { tone: 'todo', word: 'Missing' },
  done: { tone: 'ok', word: 'There' },
  waived: { tone: 'info', word: 'Waived' },
  problem: { tone: 'warn', word: 'Problem' },
}

/** A checklist row; put rows into a `<CheckList>`. */
export function CheckItem({ title, state, owner, onOpen, problems = [], beside, children }: CheckItemProps) {
  const { tone, word } = CHECK_STATES[state]
  return (
    <li className={classes.check}>
      <span className={classes.checkState} data-tone={toneGroup(tone)} title={word}>
        <ToneIcon tone={tone} />
        <span className="cw-hidden">{word}: </span>
      </span>
      <div className={classes.checkBody}>
        <div className={classes.checkLine}>
          <span className={classes.checkTitle}>
            {onOpen ? (
              <button type="button" className={classes.checkOpen} onClick={onOpen}>
                {title}
              </button>
            ) : (
              title
            )}
            {owner && <span className="cw-muted">{owner}</span>}
            {children && <span className={classes.checkBy}>{children}</span>}
          </span>
          {beside}
        </div>
        {problems.map((problem) => (
          <div key={problem} className={classes.problem}>
            {problem}
          </div>
        ))}
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
