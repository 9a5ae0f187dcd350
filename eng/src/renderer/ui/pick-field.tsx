// One of many: patients, payers, providers. Type to find; the last line can add what is not there.
import { Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import { common, type FieldProps } from './field-props.ts'
import classes from './kit.module.css'

interface PickOption {
  value: string
  label: string
  /** Tells two equal names apart: birth date, member ID. */
  detail?: string
}
interface PickFieldProps extends FieldProps<string | null> {
  options: readonly PickOption[]
  /** Asked as the person types, when the host does the finding; otherwise the options are filtered here. */
  onSearch?: (text: string) => void
  /** The options still belong to an earlier text: only those that match what stands there now are offered. */
  searching?: boolean
  /** Offers `Add "text"` as the last line: opens a dialog, so that nobody leaves the page. */
  onCreate?: (text: string) => void
  createLabel?: string
  /** Other words for the one that is typed, which find the same. */
  alike?: (word: string) => readonly string[]
}

const CREATE = '+create'

/** A searchable choice with keyboard: type, arrows, Enter; Tab takes what is highlighted and goes on. */
export function PickField(props: PickFieldProps) {
  const { options, onSearch, searching = false, onCreate, createLabel = 'Add', alike, ...field } = props
  const { label, value, onChange, required } = field
  const [text, setText] = useState('')
  const details = useMemo(() => new Map(options.map((option) => [option.value, option.detail])), [options])
  const data = useMemo(() => {
    const choices = options.map((option) => ({ value: option.value, label: option.label }))
    return onCreate ? [...choices, { value: CREATE, label: `${createLabel} “${text.trim() || '…'}”` }] : choices
  }, [options, onCreate, createLabel, text])
  // The chosen one's own name is not a search: opening the list then shows everything.
  const isChosen = options.some((option) => option.value === value && option.label === text)
  const wanted = isChosen
    ? []
    : text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean)
  return (
    <Select
      {...common(field)}
      size="sm"
      data={data}
      value={value}
      searchable
      clearable={!required}
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      selectFirstOptionOnChange
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={(event) => {
        if (event.key !== 'Tab' || event.shiftKey || wanted.length === 0) return
        const list = document.getElementById(event.currentTarget.getAttribute('aria-controls') ?? '')
        list?.querySelector<HTMLElement>('[data-combobox-selected]')?.click()
      }}
      nothingFoundMessage="Nothing found"
      maxDropdownHeight={280}
      limit={60}
      onSearchChange={(next) => {
        setText(next)
        onSearch?.(next)
      }}
      filter={({ options: all }) =>
        onSearch && !searching
          ? all
          : all.filter((option) => {
              if ('items' in option || option.value === CREATE) return true
              const shown = `${option.label} ${details.get(option.value) ?? ''}`.toLowerCase()
              return wanted.every((word) => (alike?.(word) ?? [word]).some((one) => shown.includes(one)))
            })
      }
      renderOption={({ option }) => (
        <span className={classes.pick}>
          <span>{option.label}</span>
          <span className="cw-muted">{details.get(option.value)}</span>
        </span>
      )}
      onChange={(next) => {
        if (next === CREATE) onCreate?.(text.trim())
        else onChange(next)
      }}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}
