// A filter as a chip: as wide as what it says, marked once it narrows the list.
import { listOf, type Options } from './fields.tsx'
import classes from './chip.module.css'

interface ChipProps {
  label: string
  value: string
  onChange: (value: string) => void
  options: Options
  /** Its first line, which narrows nothing. */
  every: string
}

export function Chip({ label, value, onChange, options, every }: ChipProps) {
  const all = [{ value: '', label: every }, ...listOf(options)]
  return (
    <span className={classes.chip} data-on={value !== '' || undefined}>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {all.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {/* Takes the width of what is chosen, not of the longest choice. */}
      <span aria-hidden>{all.find((option) => option.value === value)?.label ?? every} ▾</span>
    </span>
  )
}
