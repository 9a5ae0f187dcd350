// Which row of a list names its columns, and which column holds what, with the first values beside it.
import { useState } from 'react'
import { formatDate } from '../../lib/format.ts'
import { SelectField } from '../../ui/fields.tsx'
import type { ListFields, ListPreview, Mapping } from './list-preview.ts'

const NOT_IMPORTED = ''
const TO_SAY = 'to say'
const NO_OPTION = { value: NOT_IMPORTED, label: 'Not imported' }

interface ColumnMapProps {
  preview: ListPreview
  fields: ListFields
  onChange: (said: { mapping: Mapping; ignored: number[] }) => void
}

/** One choice per column of the list; a field belongs to one column only. Columns to be said come first. */
export function ColumnMap({ preview, fields, onChange }: ColumnMapProps) {
  const { headings, mapping, ignored, asked, samples } = preview
  const options = [NO_OPTION, ...fields.map(({ id, label }) => ({ value: id, label }))]
  const labelOf = (field: string) => fields.find(({ id }) => id === field)?.label ?? field
  const fieldOf = (column: number) => fields.find(({ id }) => mapping[id] === column)?.id ?? NOT_IMPORTED
  // What was to be said stays first while it is said: the focus is in it.
  const [first] = useState(() => asked.map((one) => one.column))
  const columns = [...first, ...headings.keys()].filter((column, at, all) => all.indexOf(column) === at)
  const nameOf = (column: number) => headings[column] || `Column ${column + 1}`
  const set = (column: number, field: string) => {
    if (field === TO_SAY) return
    const others = Object.fromEntries(Object.entries(mapping).filter(([id, at]) => at !== column && id !== field))
    const aside = ignored.filter((one) => one !== column)
    onChange(
      field === NOT_IMPORTED
        ? { mapping: others, ignored: [...aside, column] }
        : { mapping: { ...others, [field]: column }, ignored: aside },
    )
  }
  return (
    <div className="cw-fields cw-scroll">
      {columns.map((column) => {
        const question = asked.find((one) => one.column === column)
        const values = samples
          .map((cells) => shown(cells[column] ?? ''))
          .filter(Boolean)
          .slice(0, 2)
          .join(' · ')
        return (
          <SelectField
            key={column}
            label={nameOf(column)}
            value={question ? TO_SAY : fieldOf(column)}
            onChange={(field) => set(column, field)}
            options={question ? [{ value: TO_SAY, label: 'Choose…' }, ...options] : options}
            hint={values}
            error={question && `${question.fields.map(labelOf).join(', ')}? Choose, or “Not imported”.`}
          />
        )
      })}
    </div>
  )
}

/** A workbook's day as days are shown. */
const shown = (cell: string) => (/^\d{4}-\d\d-\d\d$/.test(cell) ? formatDate(cell) : cell)

/** The first rows to choose from, where the headings are not the row that was taken. */
export function HeadingRow({
  preview: { top, headingRow },
  first,
  onChange,
}: {
  preview: ListPreview
  /** What the first row is where no row names the columns: `a request`. */
  first: string
  onChange: (row: number) => void
}) {
  return (
    <SelectField
      label="Headings"
      value={String(headingRow)}
      onChange={(row) => onChange(Number(row))}
      options={[
        ...top.map(({ row, cells }) => ({
          value: String(row),
          label: `Row ${row}: ${cells.filter(Boolean).slice(0, 6).join(' · ')}`.slice(0, 90),
        })),
        { value: '0', label: `None: the first row is ${first}` },
      ]}
    />
  )
}
