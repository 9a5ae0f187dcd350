// Who is signing in: a list for mouse and arrows.
import type { KeyboardEvent } from 'react'
import { IconUser } from '@tabler/icons-react'
import { ariaKey } from '../../lib/keys.ts'
import { Kbd } from '../../ui/kbd.tsx'
import classes from './entry-page.module.css'

interface PeopleListProps {
  people: readonly { id: string; name: string }[]
  value: string
  onChange: (name: string) => void
  /** The key that chooses somebody who may switch by PIN. */
  keyOf: (person: { id: string }) => string | undefined
}

/** Arrows and letters move, Enter or Space picks and goes to the password. Nothing is shown for a single person. */
export function PeopleList({ people, value, onChange, keyOf }: PeopleListProps) {
  if (people.length < 2) return null
  const at = Math.max(
    0,
    people.findIndex((person) => person.name === value),
  )
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')]
    const from = buttons.indexOf(event.target as HTMLElement)
    let next = -1
    if (event.key === 'ArrowDown') next = (from + 1) % people.length
    else if (event.key === 'ArrowUp') next = (from - 1 + people.length) % people.length
    else if (event.key.length === 1) {
      next = people.findIndex((person) => person.name.toLowerCase().startsWith(event.key.toLowerCase()))
    }
    if (next < 0) return
    event.preventDefault()
    buttons[next]?.focus()
  }
  return (
    <div role="radiogroup" tabIndex={-1} aria-label="Person" className={classes.people} onKeyDown={onKeyDown}>
      {people.map((person, index) => (
        <button
          key={person.id}
          type="button"
          role="radio"
          aria-checked={index === at}
          tabIndex={index === at ? 0 : -1}
          className={classes.person}
          aria-keyshortcuts={keyOf(person) && ariaKey(keyOf(person)!)}
          onClick={() => onChange(person.name)}
        >
          <IconUser size={16} aria-hidden />
          {person.name}
          <PinKey combo={keyOf(person)} />
        </button>
      ))}
    </div>
  )
}

function PinKey({ combo }: { combo: string | undefined }) {
  if (!combo) return null
  return (
    <span className={classes.pin}>
      PIN <Kbd combo={combo} />
    </span>
  )
}
