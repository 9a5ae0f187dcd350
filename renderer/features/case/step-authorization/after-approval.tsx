// After the approval: was the patient called, and for when is the visit booked?
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

export function AfterApproval({ authorization, isNext }: AfterApprovalProps) {
  const today = useToday()
  const canWork = useCan('work')
  const { id, version, patientCalledOn, bookedFor } = authorization
  const { field, ...form } = useCommandForm('authorization.update', {
    scope: `after-approval:${id}`,
    start: { patientCalledOn, bookedFor },
    at: 'details',
    done: 'Saved',
  })
  const save = (details: typeof form.values) => form.send({ id, version, details })
  return (
    <Form onSubmit={() => save(form.values)} label="After the approval" busy={form.busy}>
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
