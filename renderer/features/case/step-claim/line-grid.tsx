// Items 24 to 32 as a grid: Tab goes on, the up and down arrows keep the column.
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { ORAL_AREAS, type OralArea } from '#core/teeth.ts'
import { formatMoney } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { DateField, MoneyField, SelectField, TextField, ToothField } from '../../../ui/fields.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import { binder, type Bound, type DraftLine, type RemarksAt } from './bind.tsx'
import classes from './claim.module.css'

interface LineGridProps {
  lines: DraftLine[]
  onChange: (lines: DraftLine[]) => void
  otherFees: Bound<number>
  remarks: RemarksAt
}

const HEADS = ['24 Date', '25 Area', '27 Tooth', '28 Surf.', '29 Code', '29a Dx', '29b Qty', '30 Description', '31 Fee']
const WIDTHS = ['7.4rem', '4.4rem', '3.3rem', '3.5rem', '4.8rem', '3.1rem', '2.9rem', 'auto', '6.4rem', '2.2rem']
const AREAS = Object.entries(ORAL_AREAS).map(([value, label]) => ({
  value: value as OralArea,
  label: `${value} ${label}`,
}))

function moveRow(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0 || !(event.target instanceof HTMLInputElement)) return
  const [, row, field] = /^lines\.(\d+)\.(\w+)$/.exec(event.target.name) ?? []
  const next = event.currentTarget.querySelector<HTMLInputElement>(`[name="lines.${Number(row) + by}.${field}"]`)
  if (!next) return
  event.preventDefault()
  next.focus()
  next.select()
}

export function LineGrid({ lines, onChange, otherFees, remarks }: LineGridProps) {
  const addLine = () => {
    const last = lines.at(-1)
    if (!last) return
    onChange([...lines, { ...last, id: undefined, lineId: null, description: '', feeCents: 0 }])
  }
  const total = lines.reduce((sum, line) => sum + line.feeCents * line.quantity, otherFees.value)
  return (
    <fieldset className={`${classes.items} ${classes.full}`}>
      <legend>
        Services <span className="cw-muted">24–32</span>
      </legend>
      <table className="cw-grid">
        <colgroup>
          {WIDTHS.map((width, index) => (
            <col key={index} style={{ width }} />
          ))}
        </colgroup>
        <TableHead names={HEADS}>
          <td />
        </TableHead>
        <tbody onKeyDown={moveRow}>
          {lines.map((line, index) => (
            <GridRow
              key={line.id ?? `new-${index}`}
              at={index}
              line={line}
              onChange={(next) => onChange(lines.map((one, at) => (at === index ? next : one)))}
              {...(lines.length > 1 && { onRemove: () => onChange(lines.filter((_, at) => at !== index)) })}
              remarks={remarks}
            />
          ))}
        </tbody>
      </table>
      <div className="cw-row" style={{ justifyContent: 'space-between', alignItems: 'flex-end' }}>
        <Button shortcut="alt+l" onClick={addLine}>
          Add line
        </Button>
        <div className="cw-row" style={{ alignItems: 'flex-end', gap: 24 }}>
          <MoneyField label="31a Other fees" {...otherFees} onChange={(cents) => otherFees.onChange(cents ?? 0)} />
          <strong className="cw-number">32 Total {formatMoney(total)}</strong>
        </div>
      </div>
    </fieldset>
  )
}

interface GridRowProps {
  at: number
  line: DraftLine
  onChange: (line: DraftLine) => void
  /** Absent for the only line. */
  onRemove?: () => void
  remarks: RemarksAt
}

function GridRow({ at, line, onChange, onRemove, remarks }: GridRowProps) {
  const cell = binder({ name: `lines.${at}`, value: line, onChange }, remarks)
  const of = (label: string) => `${label}, line ${at + 1}`
  return (
    <tr>
      <td>
        <DateField isPast label={of('24 Date')} {...cell('serviceDate')} placeholder="" />
      </td>
      <td>
        <SelectField
          label={of('25 Area')}
          {...cell('area')}
          value={line.area ?? ''}
          onChange={(area) => onChange({ ...line, area: area || null })}
          options={AREAS}
          emptyLabel="–"
        />
      </td>
      <td>
        <ToothField label={of('27 Tooth')} {...cell('tooth')} placeholder="" />
      </td>
      <td>
        <TextField label={of('28 Surfaces')} {...cell('surfaces')} maxLength={5} />
      </td>
      <td>
        <TextField
          label={of('29 Code')}
          {...cell('code')}
          onChange={(code) => onChange({ ...line, code: code.toUpperCase() })}
          maxLength={5}
        />
      </td>
      <td>
        <TextField
          label={of('29a Diagnosis pointers')}
          {...cell('diagnosisPointers')}
          onChange={(text) => onChange({ ...line, diagnosisPointers: text.toUpperCase() })}
          maxLength={4}
        />
      </td>
      <td>
        <TextField
          label={of('29b Quantity')}
          {...cell('quantity')}
          value={String(line.quantity)}
          onChange={(text) =>
            onChange({ ...line, quantity: Math.min(99, Math.max(1, Number(text.replace(/\D/g, '')) || 1)) })
          }
          inputMode="numeric"
          maxLength={2}
        />
      </td>
      <td>
        <TextField label={of('30 Description')} {...cell('description')} maxLength={80} />
      </td>
      <td>
        <MoneyField
          label={of('31 Fee')}
          {...cell('feeCents')}
          onChange={(cents) => onChange({ ...line, feeCents: cents ?? 0 })}
        />
      </td>
      <td>
        {onRemove && (
          <IconButton label={`Remove line ${at + 1}`} onClick={onRemove}>
            <IconX size={16} />
          </IconButton>
        )}
      </td>
    </tr>
  )
}
