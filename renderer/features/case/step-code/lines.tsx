// The lines of the case: what the plan proposes, with fees and dates to mend; further lines for the same visit.
import type { LineInput } from '#core/case/schema.ts'
import { ORAL_AREAS, type OralArea } from '#core/teeth.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { formatMoney } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField, MoneyField, SelectField, TextField, ToothField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import type { StepProps } from './code-step.tsx'
import classes from './step-code.module.css'

type Row = LineInput

export function Lines({ caseView, guide }: StepProps) {
  const canWork = useCan('work')
  const stored: Row[] = caseView.lines.map(({ seq: _seq, ...line }) => line)
  const [rows, setRows, { discard }] = useDraft<Row[]>(`lines:${caseView.id}:${caseView.version}`, stored)
  const save = useCommand('case.setLines', { done: 'Lines saved', onSuccess: () => discard() })
  const change = (index: number, part: Partial<Row>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const changed = JSON.stringify(rows) !== JSON.stringify(stored)
  const total = rows.reduce((sum, row) => sum + row.feeCents * (row.quantity ?? 1), 0)
  const proposed = caseView.proposedLines.map((line) => `${line.code}/${line.visitId}/${line.area}`).join()
  const outdated =
    proposed !== '' &&
    proposed !==
      rows
        .filter((row) => row.role === 'main')
        .map((row) => `${row.code}/${row.visitId}/${row.area}`)
        .join()
  const blank: Row = {
    visitId: caseView.visits.at(-1)?.id ?? null,
    code: 'D',
    role: 'additional',
    tooth: caseView.tooth,
    area: null,
    surfaces: '',
    quantity: 1,
    note: '',
    feeCents: 0,
    serviceDate: caseView.visits.at(-1)?.doneOn ?? null,
  }
  const valid = rows.every((row) => /^D\d{4}$/.test(row.code))
  return (
    <Form
      onSubmit={() => save.mutate({ id: caseView.id, version: caseView.version, lines: rows })}
      label="Lines to report"
      busy={save.isPending}
    >
      {rows.length === 0 ? (
        <p className="cw-muted">No line yet. The dentist’s confirmation creates them from the recommendation.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th>Code</th>
              <th>{caseView.tooth ? 'Tooth' : 'Area'}</th>
              <th>Service date</th>
              <th>Full fee</th>
              <th aria-label="Remove" />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id ?? `new-${index}`}>
                <td>
                  <TextField
                    label={`Code, line ${index + 1}`}
                    value={row.code}
                    onChange={(code) => change(index, { code: code.toUpperCase() })}
                    maxLength={5}
                    disabled={!canWork}
                    error={/^D\d{0,4}$/.test(row.code) ? undefined : 'Such as D3353'}
                    hint={
                      guide.codes.find((code) => code.code === row.code)?.label ??
                      (row.code.length === 5 ? 'Not in this guide' : undefined)
                    }
                  />
                </td>
                <td>
                  {row.area === null || row.area === undefined ? (
                    <ToothField
                      label={`Tooth, line ${index + 1}`}
                      value={row.tooth}
                      onChange={(tooth) => change(index, { tooth })}
                      disabled={!canWork}
                    />
                  ) : (
                    <SelectField
                      label={`Area, line ${index + 1}`}
                      value={row.area}
                      onChange={(area) => area && change(index, { area })}
                      options={Object.entries(ORAL_AREAS).map(([value, label]) => ({
                        value: value as OralArea,
                        label,
                      }))}
                      disabled={!canWork}
                    />
                  )}
                </td>
                <td>
                  <DateField
                    label={`Service date, line ${index + 1}`}
                    value={row.serviceDate}
                    onChange={(serviceDate) => change(index, { serviceDate })}
                    disabled={!canWork}
                  />
                </td>
                <td>
                  <MoneyField
                    label={`Fee, line ${index + 1}`}
                    value={row.feeCents}
                    onChange={(feeCents) => change(index, { feeCents: feeCents ?? 0 })}
                    disabled={!canWork}
                  />
                </td>
                <td>
                  {canWork && (
                    <Button
                      variant="subtle"
                      onClick={() => setRows(rows.filter((_, at) => at !== index))}
                      label={`Remove line ${index + 1}`}
                    >
                      Remove
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="cw-row">
        {canWork && (
          <>
            {outdated && (
              <Button
                onClick={() => setRows([...caseView.proposedLines, ...rows.filter((row) => row.role === 'additional')])}
              >
                Use recommended lines
              </Button>
            )}
            <Button onClick={() => setRows([...rows, blank])}>Add line</Button>
            <Button
              type="submit"
              variant={changed ? 'filled' : 'default'}
              disabled={!changed || !valid}
              loading={save.isPending}
            >
              Save lines
            </Button>
          </>
        )}
        <strong className="cw-number">Total {formatMoney(total)}</strong>
      </div>
    </Form>
  )
}
