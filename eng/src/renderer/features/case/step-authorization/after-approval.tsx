// After the approval: was the patient called, and for when is the visit booked?
import { type Cents, sumCents } from '#core/money.ts'
import { formatMoney } from '../../../lib/format.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import type { AuthorizationData } from '../step-data.ts'
import { FormProblem, useCommandForm } from '../../../lib/command-form.tsx'

interface AfterApprovalProps {
  authorization: AuthorizationData
  /** Calling the patient is what comes next. */
  isNext: boolean
}

/** What the plan said it pays, and what that leaves of the fee; null while it named no amount. */
function sharesOf(lines: AuthorizationData['lines']): { plan: Cents | null; patient: Cents; isSaid: boolean } {
  const named = lines.filter((line) => line.approvedCents !== null)
  const plan = sumCents(named.map((line) => line.approvedCents!))
  const fee = sumCents(lines.map((line) => line.feeCents * line.quantity))
  const isSaid = lines.every((line) => line.patientCents !== null)
  const patient = isSaid ? sumCents(lines.map((line) => line.patientCents!)) : Math.max(0, fee - plan)
  return { plan: named.length > 0 ? plan : null, patient, isSaid }
}

export function AfterApproval({ authorization, isNext }: AfterApprovalProps) {
  const today = useToday()
  const canWork = useCan('work')
  const { id, version, lines, patientCalledOn, bookedFor } = authorization
  const { field, ...form } = useCommandForm('authorization.update', {
    scope: `after-approval:${id}`,
    start: { patientCalledOn, bookedFor },
    at: 'details',
    done: 'Saved',
  })
  const save = (details: typeof form.values) => form.send({ id, version, details })
  const { plan, patient, isSaid } = sharesOf(lines)
  return (
    <Form onSubmit={() => save(form.values)} label="After the approval" busy={form.busy}>
      {plan !== null && (
        <p>
          Tell the patient: plan <strong>{formatMoney(plan)}</strong>, {isSaid ? 'you' : 'you about'}{' '}
          <strong>{formatMoney(patient)}</strong>
        </p>
      )}
      <div className="cw-row">
        <DateField label="Patient called on" {...field('patientCalledOn')} disabled={!canWork} />
        <DateField label="Booked for" {...field('bookedFor')} disabled={!canWork} />
        {canWork && (
          <>
            {!patientCalledOn && (
              <Button
                variant={isNext ? 'filled' : 'default'}
                onClick={() => save({ ...form.values, patientCalledOn: today })}
              >
                Called today
              </Button>
            )}
            <Button type="submit">Save</Button>
          </>
        )}
      </div>
      <FormProblem form={form} />
    </Form>
  )
}
