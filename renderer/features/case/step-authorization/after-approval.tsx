// After the approval: was the patient called, and for when is the visit booked?
import type { IsoDate } from '#core/dates.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import type { AuthorizationData } from '../step-data.ts'

interface Dates {
  patientCalledOn: IsoDate | null
  bookedFor: IsoDate | null
}

interface AfterApprovalProps {
  authorization: AuthorizationData
  /** Calling the patient is what comes next. */
  isNext: boolean
}

export function AfterApproval({ authorization, isNext }: AfterApprovalProps) {
  const today = useToday()
  const canWork = useCan('work')
  const [draft, setDraft, { discard }] = useDraft<Dates | null>(`after-approval:${authorization.id}`, null)
  const { patientCalledOn, bookedFor } = draft ?? authorization
  const dates = { patientCalledOn, bookedFor }
  const update = useCommand('authorization.update', { done: 'Saved', onSuccess: () => discard() })
  const save = (details: Dates) => update.mutate({ id: authorization.id, version: authorization.version, details })
  return (
    <Form onSubmit={() => save(dates)} label="After the approval" busy={update.isPending}>
      <div className="cw-row">
        <DateField
          label="Patient called on"
          value={patientCalledOn}
          onChange={(on) => setDraft({ ...dates, patientCalledOn: on })}
          disabled={!canWork}
        />
        <DateField
          label="Booked for"
          value={bookedFor}
          onChange={(on) => setDraft({ ...dates, bookedFor: on })}
          disabled={!canWork}
        />
        {canWork && (
          <>
            {!authorization.patientCalledOn && (
              <Button
                variant={isNext ? 'filled' : 'default'}
                onClick={() => save({ ...dates, patientCalledOn: today })}
              >
                Called today
              </Button>
            )}
            <Button type="submit">Save</Button>
          </>
        )}
      </div>
    </Form>
  )
}
