// The visits of a treatment in phases: planned and done dates, more interim visits, and how this payer wants them reported.
import { isApproved } from '#core/authorization/lifecycle.ts'
import { checkAgainstVisits } from '#core/authorization/terms.ts'
import type { Phase, VisitInput } from '#core/case/schema.ts'
import type { CaseId } from '#core/ids.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button, RowButton } from '../../../ui/button.tsx'
import { partsOf } from '../../../ui/field-props.ts'
import { DateField, SelectField } from '../../../ui/fields.tsx'
import { Finding, Why } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import { TreatAnyway } from '../treat-anyway.tsx'
import classes from './step-code.module.css'
import type { CodeProps } from '../step-data.ts'
import { FormProblem, SaveOrUndo, useCommandForm } from '../../../lib/command-form.tsx'

export const PHASES: Record<Phase, string> = {
  initial: 'First visit',
  interim: 'Interim visit',
  final: 'Final visit',
  single: 'One visit only',
}
const MODES = { phased: 'One code per visit', final_only: 'One code at completion' } as const
/** Seed text and CDT disagree on D3353; both ways exist among payers (domain pack 1.1). */
const TWO_WAYS =
  'Code references have one code per phase: D3351 first visit, D3352 each medicament change, D3353 the final fill with the finished root canal inside, once per tooth. Some guides and payers take a single D3353 at completion for the whole treatment. The payer decides; ask when in doubt.'

export function VisitPlanEditor({ caseView, guide }: CodeProps) {
  const canWork = useCan('work')
  const { id, version } = caseView
  const start: { visits: VisitInput[] } = { visits: caseView.visits.map(({ seq: _seq, ...visit }) => visit) }
  const form = useCommandForm('case.setVisits', { scope: `visits:${id}`, start, done: 'Visits saved' })
  const { visits } = form.values
  const put = (next: VisitInput[]) => form.set({ visits: next })
  const addVisit = () => {
    const final = visits.findIndex((visit) => visit.phase === 'final')
    const visit: VisitInput = { phase: visits.length === 0 ? 'single' : 'interim', plannedOn: null, doneOn: null }
    const at = final < 0 ? visits.length : final
    put([...visits.slice(0, at), visit, ...visits.slice(at)])
  }
  const send = (overrideReason = '') => form.send({ id, version, visits, overrideReason })
  return (
    <>
      <Form onSubmit={() => send()} label="Visits" busy={form.busy}>
        {visits.length === 0 ? (
          <p className="cw-muted">No visit yet. Add the day of treatment, planned or done.</p>
        ) : (
          <table className={`cw-table ${classes.table}`}>
            <TableHead names={['Visit', 'Planned', 'Done', 'Reports']}>
              <th aria-label="Remove" />
            </TableHead>
            <tbody>
              {visits.map((visit, index) => (
                <VisitRow
                  key={visit.id ?? `new-${index}`}
                  number={index + 1}
                  visit={visit}
                  reported={reports(caseView, visit.id)}
                  disabled={!canWork}
                  onChange={(part) => put(visits.map((one, at) => (at === index ? { ...one, ...part } : one)))}
                  onRemove={() => put(visits.filter((_, at) => at !== index))}
                />
              ))}
            </tbody>
          </table>
        )}
        <LateVisits caseId={id} visits={visits} />
        <FormProblem form={form} />
        {canWork && (
          <div className="cw-row">
            <Button shortcut="alt+i" onClick={addVisit}>
              {visits.length === 0 ? 'Add visit' : 'Add interim visit'}
            </Button>
            <SaveOrUndo form={form} save="Save visits" />
          </div>
        )}
        {guide.visitPlans.length > 0 && <ReportingMode caseView={caseView} disabled={!canWork} />}
      </Form>
      <TreatAnyway command={form.command} onConfirm={send} />
    </>
  )
}

interface VisitRowProps {
  number: number
  visit: VisitInput
  /** The codes that this visit reports. */
  reported: string
  disabled: boolean
  onChange: (part: Partial<VisitInput>) => void
  onRemove: () => void
}

function VisitRow({ number, visit, reported, disabled, onChange, onRemove }: VisitRowProps) {
  const of = partsOf(visit, onChange)
  return (
    <tr>
      <td>
        <SelectField label={`Phase of visit ${number}`} {...of('phase')} options={PHASES} disabled={disabled} />
      </td>
      <td>
        <DateField label={`Planned, visit ${number}`} {...of('plannedOn')} disabled={disabled} />
      </td>
      <td data-next={visit.doneOn === null ? 'visit' : undefined}>
        <DateField isPast label={`Done, visit ${number}`} {...of('doneOn')} disabled={disabled} />
      </td>
      <td className={classes.reports}>{reported}</td>
      <td>{!disabled && <RowButton verb="Remove" of={`visit ${number}`} onClick={onRemove} />}</td>
    </tr>
  )
}

/** How this payer wants phases reported, and why there are two ways. */
function ReportingMode({ caseView, disabled }: { caseView: CodeProps['caseView']; disabled: boolean }) {
  const { id, version, reportingMode, reportingBasis } = caseView
  const update = useCommand('case.update', { done: 'Reporting changed' })
  return (
    <div className="cw-row">
      <SelectField
        label="Reported as"
        value={update.isPending ? (update.variables.changes.reportingMode ?? reportingMode) : reportingMode}
        onChange={(mode) => update.mutate({ id, version, changes: { reportingMode: mode } })}
        options={MODES}
        disabled={disabled}
      />
      <span className="cw-muted">
        {reportingBasis}{' '}
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
