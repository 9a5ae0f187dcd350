// The visits of a treatment in phases: planned and done dates, more interim visits, and how this payer wants them reported.
import { isApproved } from '#core/authorization/lifecycle.ts'
import { checkAgainstVisits } from '#core/authorization/terms.ts'
import type { Phase, VisitInput } from '#core/case/schema.ts'
import type { CaseId } from '#core/ids.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { explainError, useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField, SelectField } from '../../../ui/fields.tsx'
import { Finding, Why } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { TreatAnyway } from '../treat-anyway.tsx'
import classes from './step-code.module.css'
import type { CodeProps } from '../step-data.ts'

export const PHASES: { value: Phase; label: string }[] = [
  { value: 'initial', label: 'First visit' },
  { value: 'interim', label: 'Interim visit' },
  { value: 'final', label: 'Final visit' },
  { value: 'single', label: 'One visit only' },
]
const MODES = [
  { value: 'phased', label: 'One code per visit' },
  { value: 'final_only', label: 'One code at completion' },
] as const
/** Seed text and CDT disagree on D3353; both ways exist among payers (domain pack 1.1). */
const TWO_WAYS =
  'Code references have one code per phase: D3351 first visit, D3352 each medicament change, D3353 the final fill with the finished root canal inside, once per tooth. Some guides and payers take a single D3353 at completion for the whole treatment. The payer decides; ask when in doubt.'

export function VisitPlan({ caseView, guide }: CodeProps) {
  const canWork = useCan('work')
  const { id, version } = caseView
  const stored: VisitInput[] = caseView.visits.map(({ seq: _seq, ...visit }) => visit)
  const [draft, setDraft, { discard }] = useDraft<VisitInput[] | null>(`visits:${id}`, null)
  const update = useCommand('case.update', { done: 'Reporting changed' })
  const save = useCommand('case.setVisits', {
    done: 'Visits saved',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: () => discard(),
  })
  const rows = draft ?? stored
  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(stored)
  const change = (index: number, part: Partial<VisitInput>) =>
    setDraft(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const addVisit = () => {
    const final = rows.findIndex((row) => row.phase === 'final')
    const visit: VisitInput = { phase: rows.length === 0 ? 'single' : 'interim', plannedOn: null, doneOn: null }
    setDraft(final < 0 ? [...rows, visit] : [...rows.slice(0, final), visit, ...rows.slice(final)])
  }
  const phased = guide.visitPlans.length > 0
  const send = (overrideReason = '') => save.mutate({ id, version, visits: rows, overrideReason })
  return (
    <>
      <Form onSubmit={() => send()} label="Visits" busy={save.isPending}>
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
                      onChange={(phase) => change(index, { phase })}
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
                  <td className={classes.reports}>{reports(caseView, row.id)}</td>
                  <td>
                    {canWork && (
                      <Button
                        variant="subtle"
                        onClick={() => setDraft(rows.filter((_, at) => at !== index))}
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
        <LateVisits caseId={id} visits={rows} />
        {save.error && <Finding severity="warn">{explainError(save.error)}</Finding>}
        {canWork && (
          <div className="cw-row">
            <Button shortcut="alt+i" onClick={addVisit}>
              {rows.length === 0 ? 'Add visit' : 'Add interim visit'}
            </Button>
            {changed && (
              <>
                <Button type="submit" variant="filled" loading={save.isPending}>
                  Save visits
                </Button>
                <Button variant="subtle" onClick={() => discard()}>
                  Undo changes
                </Button>
              </>
            )}
          </div>
        )}
        {phased && (
          <div className={classes.mode}>
            <SelectField
              label="Reported as"
              value={
                update.isPending
                  ? (update.variables.changes.reportingMode ?? caseView.reportingMode)
                  : caseView.reportingMode
              }
              onChange={(mode) => update.mutate({ id, version, changes: { reportingMode: mode } })}
              options={MODES}
              disabled={!canWork}
            />
            <span className="cw-muted">
              {caseView.reportingBasis}{' '}
              <Why
                label="why two ways"
                reason={TWO_WAYS}
                source={[
                  'dentalcode.com/code/d3353',
                  'teero.com/cdt-codes/dental-code-d3353-apexification-recalcification-procedures',
                ]}
                confidence="reported"
              />
            </span>
          </div>
        )}
      </Form>
      <TreatAnyway command={save} onConfirm={send} />
    </>
  )
}

/** Said while the day is typed, not only on the lists: a visit after the approval ends. */
function LateVisits({ caseId, visits }: { caseId: CaseId; visits: readonly VisitInput[] }) {
  const { data } = useRoute('authorization.forCase', { caseId })
  const open = visits.filter((visit) => visit.doneOn === null)
  return data?.authorizations
    .filter((one) => isApproved(one.state))
    .flatMap((one) =>
      checkAgainstVisits(one, open).map(({ id, severity, message, source }) => (
        <Finding key={`${one.id} ${id}`} severity={severity} source={source}>
          {message}
        </Finding>
      )),
    )
}

function reports(caseView: CodeProps['caseView'], visitId: string | undefined): string {
  const codes = caseView.proposedLines
    .filter((line) => line.visitId === visitId && visitId !== undefined)
    .map((line) => line.code)
  if (codes.length > 0) return codes.join(', ')
  return caseView.reportingMode === 'final_only' && visitId ? 'charted only' : '–'
}
