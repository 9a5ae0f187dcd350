// The visits of a treatment in phases: planned and done dates, more interim visits, and how this payer wants them reported.
import { useState } from 'react'
import type { Phase, VisitInput } from '#core/case/schema.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField, SelectField } from '../../../ui/fields.tsx'
import { Why } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import type { StepProps } from './code-step.tsx'
import classes from './step-code.module.css'

const PHASES: { value: Phase; label: string }[] = [
  { value: 'initial', label: 'First visit' },
  { value: 'interim', label: 'Interim visit' },
  { value: 'final', label: 'Final visit' },
  { value: 'single', label: 'One visit only' },
]
/** Seed text and CDT disagree on D3353; both ways exist among payers (domain pack 1.1). */
const TWO_WAYS =
  'CDT has one code per phase: D3351 first visit, D3352 each medicament change, D3353 the final fill with the finished root canal inside, once per tooth. Some guides and payers take a single D3353 at completion for the whole treatment.'

type Row = VisitInput

export function VisitPlan({ caseView }: StepProps) {
  const canWork = useCan('work')
  const stored: Row[] = caseView.visits.map(({ id, phase, plannedOn, doneOn }) => ({ id, phase, plannedOn, doneOn }))
  const [rows, setRows, { discard, restored }] = useDraft<Row[]>(`visits:${caseView.id}:${caseView.version}`, stored)
  const [mode, setMode] = useState<string>(caseView.reportingMode)
  const update = useCommand('case.update', { done: 'Reporting changed' })
  const save = useCommand('case.setVisits', { done: 'Visits saved', onSuccess: () => discard() })
  const change = (index: number, part: Partial<Row>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const changed = restored || JSON.stringify(rows) !== JSON.stringify(stored)
  const addVisit = () => {
    const final = rows.findIndex((row) => row.phase === 'final')
    const visit: Row = { phase: rows.length === 0 ? 'single' : 'interim', plannedOn: null, doneOn: null }
    setRows(final < 0 ? [...rows, visit] : [...rows.slice(0, final), visit, ...rows.slice(final)])
  }
  return (
    <Form
      onSubmit={() => save.mutate({ id: caseView.id, version: caseView.version, visits: rows })}
      label="Visits"
      busy={save.isPending}
    >
      {rows.length === 0 ? (
        <p className="cw-muted">No visit yet. Add the day of treatment, planned or done.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th>Visit</th>
              <th>Planned</th>
              <th>Done</th>
              <th>Reports</th>
              <th aria-label="Remove" />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id ?? `new-${index}`}>
                <td>
                  <SelectField
                    label={`Phase of visit ${index + 1}`}
                    value={row.phase}
                    onChange={(phase) => phase && change(index, { phase })}
                    options={PHASES}
                    disabled={!canWork}
                  />
                </td>
                <td>
                  <DateField
                    label={`Planned, visit ${index + 1}`}
                    value={row.plannedOn}
                    onChange={(plannedOn) => change(index, { plannedOn })}
                    disabled={!canWork}
                  />
                </td>
                <td>
                  <DateField
                    label={`Done, visit ${index + 1}`}
                    value={row.doneOn}
                    onChange={(doneOn) => change(index, { doneOn })}
                    disabled={!canWork}
                  />
                </td>
                <td>{codesOf(caseView, row.id)}</td>
                <td>
                  {canWork && (
                    <Button
                      variant="subtle"
                      onClick={() => setRows(rows.filter((_, at) => at !== index))}
                      label={`Remove visit ${index + 1}`}
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
            <Button onClick={addVisit}>Add visit</Button>
            <Button type="submit" variant={changed ? 'filled' : 'default'} disabled={!changed} loading={save.isPending}>
              Save visits
            </Button>
          </>
        )}
        <SelectField
          label="Reported as"
          value={mode}
          onChange={(value) => {
            if (!value) return
            setMode(value)
            update.mutate({ id: caseView.id, version: caseView.version, changes: { reportingMode: value as 'phased' } })
          }}
          options={[
            { value: 'phased', label: 'One code per visit' },
            { value: 'final_only', label: 'One code at completion' },
          ]}
          disabled={!canWork || changed}
        />
        <span className="cw-muted">{caseView.reportingBasis}</span>
        <Why
          reason={TWO_WAYS}
          source={[
            'dentalcode.com/code/d3353',
            'teero.com/cdt-codes/dental-code-d3353-apexification-recalcification-procedures',
          ]}
          confidence="reported"
        />
      </div>
    </Form>
  )
}

function codesOf(caseView: StepProps['caseView'], visitId: string | undefined): string {
  const codes = caseView.proposedLines
    .filter((line) => line.visitId === visitId && visitId !== undefined)
    .map((line) => line.code)
  return codes.length > 0 ? codes.join(', ') : caseView.reportingMode === 'final_only' ? 'charted, not reported' : ''
}
