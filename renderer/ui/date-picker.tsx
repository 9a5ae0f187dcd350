// A month to choose a day from, beside the field: Alt+↓ or the mouse opens it, arrows move, Enter takes, Esc leaves.
import { Popover } from '@mantine/core'
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { addMonths, formatDate, type IsoDate } from '#core/dates.ts'
import { moveDay, weeksOf } from '#core/month.ts'
import { KeyLayer, useKeyLayer } from '../lib/keys.ts'
import { useToday } from '../lib/use-today.ts'
import { IconButton } from './icon-button.tsx'
import classes from './kit.module.css'

interface DatePickerProps {
  label: string
  value: IsoDate | null
  onChange: (value: IsoDate) => void
  disabled?: boolean | undefined
}
const WEEKDAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa']

export function DatePicker({ label, value, onChange, disabled }: DatePickerProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    const input = button.current?.closest('.mantine-Input-wrapper')?.querySelector('input')
    input?.focus()
  }
  const layer = useKeyLayer(open, close)
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      closeOnEscape={false}
      hideDetached={false}
    >
      <Popover.Target>
        <button
          ref={button}
          type="button"
          data-picker
          // The field itself opens it by Alt and the arrow: Tab goes on to the next field.
          tabIndex={-1}
          className={classes.calendar}
          aria-label={`Choose a day: ${label}`}
          disabled={disabled}
          onClick={() => setOpen(!open)}
        >
          <IconCalendar size={16} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label} p="xs">
        <KeyLayer.Provider value={layer}>
          {open && (
            <Days
              start={value}
              onPick={(day) => {
                onChange(day)
                close()
              }}
            />
          )}
        </KeyLayer.Provider>
      </Popover.Dropdown>
    </Popover>
  )
}

function Days({ start, onPick }: { start: IsoDate | null; onPick: (day: IsoDate) => void }) {
  const today = useToday()
  const [day, setDay] = useState(start ?? today)
  const grid = useRef<HTMLTableElement>(null)
  useEffect(() => {
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
  }, [day])
  function onKeyDown(event: KeyboardEvent): void {
    const next = moveDay(day, event.key, today)
    if (next) setDay(next)
    else if (event.key === 'Enter' || event.key === ' ') onPick(day)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <div className="cw-row">
        <IconButton label="Previous month" onClick={() => setDay(addMonths(day, -1))}>
          <IconChevronLeft size={16} />
        </IconButton>
        <strong aria-live="polite">{`${formatDate(day).split(' ')[0]} ${day.slice(0, 4)}`}</strong>
        <IconButton label="Next month" onClick={() => setDay(addMonths(day, 1))}>
          <IconChevronRight size={16} />
        </IconButton>
      </div>
      <table ref={grid} role="grid" aria-label="Days" className={classes.days} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {WEEKDAYS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(day).map((week) => (
            <tr key={week[0]}>
              {week.map((one) => (
                <td
                  key={one}
                  data-day={one}
                  // The trap of the focus begins here, not at the buttons above.
                  data-autofocus={one === day || undefined}
                  data-other={one.slice(0, 7) !== day.slice(0, 7) || undefined}
                  aria-selected={one === day}
                  aria-current={one === today ? 'date' : undefined}
                  aria-label={formatDate(one)}
                  tabIndex={one === day ? 0 : -1}
                  onClick={() => onPick(one)}
                >
                  {Number(one.slice(8))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
