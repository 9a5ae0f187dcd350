// The lines of the case: what the plan proposes, with fees and dates to mend; further lines for the same visit.
import type { LineInput } from '#core/case/schema.ts'
import { ORAL_AREAS } from '#core/teeth.ts'
import { formatMoney } from '../../../lib/format.ts'
import { useCan } from '../../../lib/session.ts'
import { Button, RowButton } from '../../../ui/button.tsx'
import { partsOf } from '../../../ui/field-props.ts'
import { DateField, MoneyField, SelectField, TextField, ToothField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import { TreatAnyway } from '../treat-anyway.tsx'
import classes from './step-code.module.css'
import type { CodeProps } from '../step-data.ts'
import { FormProblem, SaveOrUndo, useCommandForm } from '../../../lib/command-form.tsx'

/** The main codes with visit and area, to tell whether the recommendation has moved on. */
function mainsOf(lines: readonly LineInput[]): string {
  const mains = lines.filter((line) => line.role === 'main')
  return mains.map((line) => `${line.code}/${line.visitId}/${line.area}`).join()
}

/** The next line by hand: for the last visit, on the tooth of the case. */
function blankLine({ visits, tooth }: CodeProps['caseView']): LineInput {
  const visit = visits.at(-1)
  return {
    visitId: visit?.id ?? null,
    code: 'D',
    role: 'additional',
    tooth,
    area: null,
    surfaces: '',
    quantity: 1,
    note: '',
    feeCents: 0,
    serviceDate: visit?.doneOn ?? null,
  }
}

export function Lines({ caseView, guide }: CodeProps) {
  const canWork = useCan('work')
  const { id, version, proposedLines } = caseView
  const start: { lines: LineInput[] } = { lines: caseView.lines.map(({ seq: _seq, ...line }) => line) }
  const form = useCommandForm('case.setLines', { scope: `lines:${id}`, start, done: 'Lines saved' })
  const { lines } = form.values
  const put = (next: LineInput[]) => form.set({ lines: next })
  const total = lines.reduce((sum, line) => sum + line.feeCents * (line.quantity ?? 1), 0)
  const outdated = proposedLines.length > 0 && mainsOf(proposedLines) !== mainsOf(lines)
  const valid = lines.every((line) => /^D\d{4}$/.test(line.code))
  const send = (overrideReason = '') => form.send({ id, version, lines, overrideReason })
  return (
    <>
      <Form onSubmit={() => send()} label="Lines to report" busy={form.busy}>
        {lines.length === 0 ? (
          <p className="cw-muted">No line yet. The dentist’s confirmation creates them from the recommendation.</p>
        ) : (
          <>
            <table className={`cw-table ${classes.table}`}>
              <TableHead names={['Code', 'What', caseView.tooth ? 'Tooth' : 'Area', 'Service date', 'Full fee']}>
                <th aria-label="Remove" />
              </TableHead>
              <tbody>
                {lines.map((line, index) => (
                  <LineRow
                    key={line.id ?? `new-${index}`}
                    number={index + 1}
                    line={line}
                    guide={guide}
                    disabled={!canWork}
                    onChange={(part) => put(lines.map((one, at) => (at === index ? { ...one, ...part } : one)))}
                    onRemove={() => put(lines.filter((_, at) => at !== index))}
                  />
                ))}
              </tbody>
            </table>
            <div className="cw-number">
              Total <strong>{formatMoney(total)}</strong>
            </div>
          </>
        )}
        <FormProblem form={form} />
        {canWork && (
          <div className="cw-row">
            {outdated && (
              <Button
                shortcut="alt+r"
                onClick={() => put([...proposedLines, ...lines.filter((line) => line.role === 'additional')])}
              >
                Use recommended lines
              </Button>
            )}
            <Button shortcut="alt+l" onClick={() => put([...lines, blankLine(caseView)])}>
              Add line
            </Button>
            <SaveOrUndo form={form} save="Save lines" disabled={!valid} />
          </div>
        )}
      </Form>
      <TreatAnyway command={form.command} onConfirm={send} />
    </>
  )
}

interface LineRowProps {
  number: number
  line: LineInput
  guide: CodeProps['guide']
  disabled: boolean
  onChange: (part: Partial<LineInput>) => void
  onRemove: () => void
}

function LineRow({ number, line, guide, disabled, onChange, onRemove }: LineRowProps) {
  const of = partsOf(line, onChange)
  const known = guide.codes.find((code) => code.code === line.code)?.label
  return (
    <tr>
      <td>
        <TextField
          label={`Code, line ${number}`}
          value={line.code}
          onChange={(code) => onChange({ code: code.toUpperCase() })}
          maxLength={5}
          disabled={disabled}
          error={/^D\d{0,4}$/.test(line.code) ? undefined : 'Such as D3353'}
        />
      </td>
      <td>{known ?? (line.code.length === 5 ? 'not in this guide' : '')}</td>
      <td>
        {line.area === null || line.area === undefined ? (
          <ToothField label={`Tooth, line ${number}`} {...of('tooth')} disabled={disabled} />
        ) : (
          <SelectField
            label={`Area, line ${number}`}
            value={line.area}
            onChange={(area) => onChange({ area })}
            options={ORAL_AREAS}
            disabled={disabled}
          />
        )}
      </td>
      <td>
        <DateField isPast label={`Service date, line ${number}`} {...of('serviceDate')} disabled={disabled} />
      </td>
      <td>
        <MoneyField
          label={`Fee, line ${number}`}
          value={line.feeCents}
          onChange={(feeCents) => onChange({ feeCents: feeCents ?? 0 })}
          disabled={disabled}
        />
      </td>
      <td>{!disabled && <RowButton verb="Remove" of={`line ${number}`} onClick={onRemove} />}</td>
    </tr>
  )
}
