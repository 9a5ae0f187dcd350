// Which column of the list holds what, with the first values beside it.
import { IMPORT_FIELDS, type ImportField, type Mapping } from '#core/authorization-import/fields.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { SelectField } from '../../../ui/fields.tsx'

const OPTIONS: { value: ImportField | ''; label: string }[] = [
  { value: '', label: 'Not imported' },
  ...IMPORT_FIELDS.map(({ id, label }) => ({ value: id, label })),
]

interface ColumnMapProps {
  preview: OutputOf<'authorization.previewImport'>
  onChange: (mapping: Mapping) => void
}

/** One choice per column of the list; a field belongs to one column only. */
export function ColumnMap({ preview: { headings, mapping, samples }, onChange }: ColumnMapProps) {
  const fieldOf = (column: number) => IMPORT_FIELDS.find(({ id }) => mapping[id] === column)?.id ?? ''
  const set = (column: number, field: ImportField | '') => {
    const others = Object.fromEntries(
      Object.entries(mapping).filter(([id, at]) => at !== column && id !== field),
    ) as Mapping
    onChange(field === '' ? others : { ...others, [field]: column })
  }
  return (
    <div className="cw-fields cw-scroll">
      {headings.map((heading, column) => (
        <SelectField
          key={`${column} ${heading}`}
          label={heading || `Column ${column + 1}`}
          value={fieldOf(column)}
          onChange={(field) => set(column, field)}
          options={OPTIONS}
          hint={samples
            .map((cells) => cells[column] ?? '')
            .filter(Boolean)
            .slice(0, 2)
            .join(' · ')}
        />
      ))}
    </div>
  )
}
