// The lines of the case: what the plan proposes, with fees and dates to mend; further lines for the same visit.
import type { LineInput } from '#core/case/schema.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { formatMoney } from '../../../lib/format.ts'
import { explainError, useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField, MoneyField, SelectField, TextField, ToothField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { AREAS } from '../place-fields.tsx'
import { TreatAnyway } from '../treat-anyway.tsx'
import classes from './step-code.module.css'
import type { CodeProps } from '../step-data.ts'

/** The main codes with visit and area, to tell whether the recommendation has moved on. */
function mainsOf(lines: readonly LineInput[]): string {
  const mains = lines.filter((line) => line.role === 'main')
  return mains.map((line) => `${line.code}/${line.visitId}/${line.area}`).join()
}

export function Lines({ caseView, guide }: CodeProps) {
  const canWork = useCan('work')
  const { id, version, visits, proposedLines } = caseView
  const stored: LineInput[] = caseView.lines.map(({ seq: _seq, ...line }) => line)
  const [draft, setDraft, { discard }] = useDraft<LineInput[] | null>(`lines:${id}`, null)
  const save = useCommand('case.setLines', {
    done: 'Lines saved',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: () => discard(),
  })
  const rows = draft ?? stored
  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(stored)
  const change = (index: number, part: Partial<LineInput>) =>
    setDraft(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const total = rows.reduce((sum, row) => sum + row.feeCents * (row.quantity ?? 1), 0)
  const outdated = proposedLines.length > 0 && mainsOf(proposedLines) !== mainsOf(rows)
  const blank: LineInput = {
    visitId: visits.at(-1)?.id ?? null,
    code: 'D',
    role: 'additional',
    tooth: caseView.tooth,
    area: null,
    surfaces: '',
    quantity: 1,
    note: '',
    feeCents: 0,
    serviceDate: visits.at(-1)?.doneOn ?? null,
  }
  const valid = rows.every((row) => /^D\d{4}$/.test(row.code))
  const send = (overrideReason = '') => save.mutate({ id, version, lines: rows, overrideReason })
  return (
    <>
      <Form onSubmit={() => send()} label="Lines to report" busy={save.isPending}>
        {rows.length === 0 ? (
          <p className="cw-muted">No line yet. The dentist’s confirmation creates them from the recommendation.</p>
        ) : (
          <table className={classes.table}>
            <thead>
              <tr>
                <th>Code</th>
                <th>What</th>
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
                    />
                  </td>
                  <td>
                    {guide.codes.find((code) => code.code === row.code)?.label ??
                      (row.code.length === 5 ? 'not in this guide' : '')}
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
                        onChange={(area) => change(index, { area })}
                        options={AREAS}
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
                        onClick={() => setDraft(rows.filter((_, at) => at !== index))}
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
        {rows.length > 0 && (
          <div className={classes.total}>
            Total <strong>{formatMoney(total)}</strong>
          </div>
        )}
        {save.error && <Finding severity="warn">{explainError(save.error)}</Finding>}
        {canWork && (
          <div className="cw-row">
            {outdated && (
              <Button
                shortcut="alt+r"
                onClick={() => setDraft([...proposedLines, ...rows.filter((row) => row.role === 'additional')])}
              >
                Use recommended lines
              </Button>
            )}
            <Button shortcut="alt+l" onClick={() => setDraft([...rows, blank])}>
              Add line
            </Button>
            {changed && (
              <>
                <Button type="submit" variant="filled" disabled={!valid} loading={save.isPending}>
                  Save lines
                </Button>
                <Button variant="subtle" onClick={() => discard()}>
                  Undo changes
                </Button>
              </>
            )}
          </div>
        )}
      </Form>
      <TreatAnyway command={save} onConfirm={send} />
    </>
  )
}
