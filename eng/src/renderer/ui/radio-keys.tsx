// A question answered by one key: O open, C closed, U can't tell.
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useKeys } from '../lib/keys.ts'
import { Kbd } from './kbd.tsx'
import classes from './radio-keys.module.css'

export interface KeyedOption<T extends string> {
  value: T
  label: string
  /** The single key that answers, shown before the label. */
  key: string
}
interface RadioKeysProps<T extends string> {
  question: string
  options: readonly KeyedOption<T>[]
  value: T | null
  onChange: (value: T | null) => void
  /** The question whose keys work anywhere on the page; one at a time. Others answer when focused. */
  active?: boolean
  /** Small text under the question: why it is asked, what settles it. */
  help?: ReactNode
  disabled?: boolean
  /** The first field of its dialog: it has the focus. */
  autoFocus?: boolean
}

/** Letters and Space answer, arrows move, Delete takes the answer back. */
export function RadioKeys<T extends string>(props: RadioKeysProps<T>) {
  const { question, options, value, onChange, active = false, help, disabled = false, autoFocus = false } = props
  const id = useId()
  const group = useRef<HTMLDivElement>(null)
  useKeys(
    active && !disabled
      ? options.map((option) => ({
          combo: option.key.toLowerCase(),
          label: `${question} ${option.label}`,
          run: () => onChange(option.value),
        }))
      : [],
  )

  function move(from: HTMLElement, by: number): void {
    const buttons = [...(group.current?.querySelectorAll<HTMLElement>('[role=radio]') ?? [])]
    buttons[(buttons.indexOf(from) + by + buttons.length) % buttons.length]?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey || disabled) return
    const wanted = options.find((option) => option.key.toLowerCase() === event.key.toLowerCase())
    const target = event.target as HTMLElement
    if (wanted) onChange(wanted.value)
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') move(target, 1)
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') move(target, -1)
    else if ((event.key === 'Delete' || event.key === 'Backspace') && value !== null) onChange(null)
    else return
    event.preventDefault()
  }

  const tabStop = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  )
  return (
    <div className={classes.question} data-active={active || undefined}>
      <div id={id} className={classes.text}>
        {question}
      </div>
      {help && (
        <div id={`${id}-help`} className={classes.help}>
          {help}
        </div>
      )}
      <div
        ref={group}
        role="radiogroup"
        tabIndex={-1}
        aria-labelledby={id}
        aria-describedby={help ? `${id}-help` : undefined}
        className={classes.options}
        onKeyDown={onKeyDown}
      >
        {options.map((option, index) => (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={option.value === value}
            aria-keyshortcuts={option.key.toUpperCase()}
            tabIndex={index === tabStop ? 0 : -1}
            disabled={disabled}
            autoFocus={autoFocus && index === tabStop}
            data-autofocus={(autoFocus && index === tabStop) || undefined}
            className={classes.option}
            onClick={() => onChange(option.value)}
          >
            <Kbd combo={option.key} bright={option.value === value} />
            {option.label}
          </button>
        ))}
      </div>
    </div>
  )
}
