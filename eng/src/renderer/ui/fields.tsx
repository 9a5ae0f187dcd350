// Form fields: a label, a value, a change. Every message says what to type instead.
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { HTMLInputTypeAttribute, KeyboardEvent, ReactNode, Ref } from 'react'
import { daysBetween, parseBirthDate, parseDate, type IsoDate } from '#core/dates.ts'
import { parseMoney, formatMoney, type Cents } from '#core/money.ts'
import { formatPhone } from '#core/phone.ts'
import { findTooth } from '#core/teeth.ts'
import { formatDate, relativeDays } from '../lib/format.ts'
import { useToday } from '../lib/use-today.ts'
import { common, type FieldProps } from './field-props.ts'
import { DatePicker } from './date-picker.tsx'
import classes from './kit.module.css'
import { useParsedText } from './parsed-text.ts'

interface TextFieldProps extends FieldProps<string> {
  type?: HTMLInputTypeAttribute
  maxLength?: number
  inputMode?: 'text' | 'numeric' | 'tel' | 'email'
  ref?: Ref<HTMLInputElement>
}

/** One line of text. */
export function TextField(field: TextFieldProps) {
  return (
    <TextInput
      type="text"
      autoComplete="off"
      {...common(field)}
      value={field.value}
      onChange={(event) => field.onChange(event.currentTarget.value)}
    />
  )
}

/** A phone: a US number takes its usual form when the field is left. */
export function PhoneField(field: FieldProps<string>) {
  const settle = () => {
    const written = formatPhone(field.value)
    if (written !== field.value) field.onChange(written)
  }
  return (
    <TextInput
      type="tel"
      autoComplete="off"
      {...common(field)}
      value={field.value}
      onChange={(event) => field.onChange(event.currentTarget.value)}
      onBlur={settle}
    />
  )
}

interface TextAreaFieldProps extends FieldProps<string> {
  rows?: number
  limit?: number
  ref?: Ref<HTMLTextAreaElement>
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
}

/** Several lines; shows how much of a limit is used once half of it is. */
export function TextAreaField({ rows = 3, limit, ...field }: TextAreaFieldProps) {
  const length = field.value.length
  const over = limit !== undefined && length > limit
  const count = limit !== undefined && length * 2 > limit ? `${length} of ${limit} characters` : undefined
  return (
    <Textarea
      {...common(field)}
      error={field.error ?? (over ? `${count}: shorten it by ${length - limit}` : undefined)}
      description={field.hint ?? (over ? undefined : count)}
      minRows={rows}
      maxRows={24}
      autosize
      value={field.value}
      onChange={(event) => field.onChange(event.currentTarget.value)}
    />
  )
}

interface Option<T extends string = string> {
  value: T
  label: string
}

/** Labels by value, in their order; a list where values are numbers, which an object would sort. */
export type Options<T extends string = string> = Readonly<Partial<Record<T, string>>> | readonly Option<T>[]

export function listOf<T extends string>(options: Options<T>): readonly Option<T>[] {
  if (Array.isArray(options)) return options
  return Object.entries<string>(options as Record<T, string>).map(([value, label]) => ({ value: value as T, label }))
}

/** One of a short list. `emptyLabel` adds a first line for "nothing chosen" (value ''). For long lists see PickField. */
export function SelectField<T extends string>({
  options,
  emptyLabel,
  ...field
}: FieldProps<T> & { options: Options<NoInfer<T>>; emptyLabel?: string }) {
  return (
    <NativeSelect
      {...common(field)}
      value={field.value}
      onChange={(event) => field.onChange(event.currentTarget.value as T)}
      data={[...(emptyLabel === undefined ? [] : [{ value: '', label: emptyLabel }]), ...listOf(options)]}
    />
  )
}

/** Yes or no. */
export function CheckField(field: FieldProps<boolean>) {
  return (
    <Checkbox
      {...common(field)}
      checked={field.value}
      onChange={(event) => field.onChange(event.currentTarget.checked)}
    />
  )
}

interface ParsedFieldProps<T> {
  field: FieldProps<T | null>
  parse: (text: string) => T | null
  format: (value: T) => string
  message: string
  echo?: (value: T) => string
  align?: 'right'
  /** The widest it gets: a date needs no whole line. */
  width: string
  inputMode?: 'decimal'
  /** Another way to choose it, beside the text. */
  picker?: ReactNode
}

function ParsedField<T>({ field, parse, format, message, echo, align, width, inputMode, picker }: ParsedFieldProps<T>) {
  const bound = useParsedText(field.value, field.onChange, parse, format)
  const parsed = bound.text === '' ? null : parse(bound.text)
  const echoed = echo && parsed !== null ? echo(parsed) : undefined
  return (
    <TextInput
      {...common(field)}
      error={field.error ?? (bound.showMessage ? message : undefined)}
      maw={width}
      classNames={{ root: classes.parsed! }}
      data-picked={picker ? true : undefined}
      data-unreadable={bound.unreadable || undefined}
      autoComplete="off"
      inputMode={inputMode}
      value={bound.text}
      onChange={(event) => bound.setText(event.currentTarget.value)}
      onBlur={bound.settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') bound.settle()
        if (event.key !== 'ArrowDown' || !event.altKey || !picker) return
        event.preventDefault()
        event.currentTarget
          .closest('.mantine-InputWrapper-root, div')
          ?.querySelector<HTMLElement>('[data-picker]')
          ?.click()
      }}
      rightSection={
        (echoed || picker) && (
          <span className={classes.beside}>
            {echoed && <span className={`cw-muted ${classes.echo}`}>{echoed}</span>}
            {picker}
          </span>
        )
      }
      rightSectionWidth={(echoed ? echoed.length * 7 + 12 : 0) + (picker ? 28 : 6)}
      rightSectionPointerEvents={picker ? 'all' : 'none'}
      styles={align ? { input: { textAlign: align } } : undefined}
    />
  )
}

/** Dollars as typed (`1250`, `1,250.00`, `(25.00)`) ↔ integer cents. Letters give a message and stay. */
export function MoneyField(field: FieldProps<Cents | null>) {
  return (
    <ParsedField
      field={field}
      parse={parseMoney}
      format={formatMoney}
      message="Type an amount such as 1,250.00"
      align="right"
      width="11rem"
      inputMode="decimal"
    />
  )
}

/** A date as a front desk types it (`11/23`, `112326`, `fri`, `t`, `+7`) ↔ ISO date; says how far away it is. `isPast`: of what has happened, `fri` is the last one. */
export function DateField({ isPast = false, ...field }: FieldProps<IsoDate | null> & { isPast?: boolean }) {
  const today = useToday()
  return (
    <ParsedField
      field={{ placeholder: 'MM/DD/YYYY', ...field }}
      parse={(text) => parseDate(text, today, isPast)}
      picker={
        <DatePicker label={field.label} value={field.value} onChange={field.onChange} disabled={field.disabled} />
      }
      format={formatDate}
      echo={(date) => (Math.abs(daysBetween(today, date)) <= 400 ? relativeDays(date, today) : '')}
      width="15rem"
      message="Type a date such as 11/23, fri, t for today, +7 for in a week"
    />
  )
}

/** A date of birth: two digits of a year are never in the future, and a day that is says so. */
export function BirthDateField(field: FieldProps<IsoDate | null>) {
  const today = useToday()
  return (
    <ParsedField
      field={{
        placeholder: 'MM/DD/YYYY',
        ...field,
        error: field.value !== null && field.value > today ? 'This day is in the future' : field.error,
      }}
      parse={(text) => parseBirthDate(text, today)}
      format={formatDate}
      width="15rem"
      message="Type a date such as 4/12/1978"
    />
  )
}

/** A tooth number ↔ `8`, `A`, `58`; `#8` is read too. The odontogram sets the same value. */
export function ToothField(field: FieldProps<string | null>) {
  return (
    <ParsedField
      field={field}
      parse={(text) => findTooth(text)?.tooth ?? null}
      format={(tooth) => tooth}
      width="9rem"
      message="Teeth are 1–32, A–T, 51–82 or AS–TS"
    />
  )
}
