// Requested and approved side by side, while the decision is typed.
import type { AuthorizationLine } from '#core/authorization/schema.ts'
import { siteName } from '#core/teeth.ts'
import { formatMoney } from '../../../lib/format.ts'
import { partsOf } from '../../../ui/field-props.ts'
import { MoneyField, TextField, ToothField } from '../../../ui/fields.tsx'
import { TableHead } from '../../../ui/table-head.tsx'

interface ApprovedLinesProps {
  lines: AuthorizationLine[]
  onChange: (lines: AuthorizationLine[]) => void
  errorAt: (field: string) => string | undefined
}

export function ApprovedLines({ lines, onChange, errorAt }: ApprovedLinesProps) {
  const change = (index: number, part: Partial<AuthorizationLine>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)))
  return (
    <table className="cw-grid">
      <TableHead names={['Requested', 'Fee', 'Approved code', 'Tooth', 'Qty', 'Plan pays', 'Patient pays']} />
      <tbody>
        {lines.map((line, index) => {
          const of = (label: string) => `${label}, line ${index + 1}`
          const field = partsOf(line, (part) => change(index, part))
          return (
            <tr key={line.id}>
              <td>
                {line.code}
                {` ${siteName(line.tooth, line.area)}`}
                {line.quantity > 1 && ` × ${line.quantity}`}
              </td>
              <td>{formatMoney(line.feeCents)}</td>
              <td>
                <TextField
                  label={of('Approved code')}
                  value={line.approvedCode ?? ''}
                  onChange={(code) => change(index, { approvedCode: code === '' ? null : code.toUpperCase() })}
                  error={errorAt(`lines.${index}.approvedCode`)}
                  maxLength={5}
                />
              </td>
              <td>
                <ToothField label={of('Approved tooth')} {...field('approvedTooth')} />
              </td>
              <td>
                <TextField
                  label={of('Approved quantity')}
                  value={line.approvedQuantity === null ? '' : String(line.approvedQuantity)}
                  onChange={(text) => change(index, { approvedQuantity: /^\d{1,2}$/.test(text) ? Number(text) : null })}
                  inputMode="numeric"
                  maxLength={2}
                />
              </td>
              <td>
                <MoneyField label={of('Plan pays')} {...field('approvedCents')} />
              </td>
              <td>
                <MoneyField label={of('Patient pays')} {...field('patientCents')} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
