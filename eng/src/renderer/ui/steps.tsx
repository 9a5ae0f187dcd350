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
  todo: { tone: 'todo', word: 'not started' },
  active: { tone: 'plain', word: 'in progress' },
  done: { tone: 'ok', word: 'done' },
  attention: { tone: 'warn', word: 'needs attention' },
  not_needed: { tone: 'plain', word: 'not needed' },
}

/** Alt+1 … Alt+9 go to a step: also before it is known how far each is. */
export function useStepKeys<T extends string>(
  steps: readonly Pick<StepItem<T>, 'step' | 'label'>[],
  onPick: (step: T) => void,
): void {
  useKeys(
    steps.map(({ step, label }, index) => ({
      combo: `alt+${index + 1}`,
      label: `Go to ${label}`,
      run: () => onPick(step),
    })),
  )
}

/** A navigation, not a gate: every step can be opened, by its key too. */
export function Steps<T extends string>({ steps, current, onPick, label = 'Steps' }: StepsProps<T>) {
  useStepKeys(steps, onPick)
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
