// The five steps of a case: where it stands, and the way to each.
import { ariaKey, useKeys } from '../lib/keys.ts'
import classes from './steps.module.css'
import { ToneIcon, type Tone } from './status-tag.tsx'

export interface StepItem<T extends string> {
  step: T
  label: string
  state: 'todo' | 'active' | 'done' | 'attention' | 'not_needed'
  /** `5/6`, `sent 16d` */
  detail?: string
}
interface StepsProps<T extends string> {
  steps: readonly StepItem<T>[]
  current: T
  onPick: (step: T) => void
  label?: string
}
const STATES: Record<StepItem<string>['state'], { tone: Tone; word: string }> = {
  todo: { tone: 'todo', word: 'not begun' },
  active: { tone: 'plain', word: 'in progress' },
  done: { tone: 'ok', word: 'done' },
  attention: { tone: 'warn', word: 'needs attention' },
  not_needed: { tone: 'plain', word: 'not needed' },
}

/** A navigation, not a gate: every step can be opened. Alt+1 … Alt+9 go to a step. */
export function Steps<T extends string>({ steps, current, onPick, label = 'Steps' }: StepsProps<T>) {
  useKeys(
    steps.map((item, index) => ({
      combo: `alt+${index + 1}`,
      label: `Go to ${item.label}`,
      run: () => onPick(item.step),
    })),
  )
  return (
    <nav aria-label={label}>
      <ol className={classes.steps}>
        {steps.map((item, index) => {
          const { tone, word } = STATES[item.state]
          return (
            <li key={item.step} className={classes.item} data-state={item.state}>
              <button
                type="button"
                className={classes.step}
                aria-current={item.step === current ? 'step' : undefined}
                aria-keyshortcuts={ariaKey(`alt+${index + 1}`)}
                onClick={() => onPick(item.step)}
              >
                <ToneIcon tone={tone} />
                <span>{item.label}</span>
                <span className="cw-hidden">{word}</span>
                {item.detail && <span className={classes.detail}>{item.detail}</span>}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
