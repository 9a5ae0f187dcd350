// After the approval: was the patient called, and for when is the visit booked?
import { useState } from 'react'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import type { AuthorizationData } from './index.tsx'

export function AfterApproval({ authorization }: { authorization: AuthorizationData }) {
  const today = useToday()
  const canWork = useCan('work')
  const [called, setCalled] = useState(authorization.patientCalledOn)
  const [booked, setBooked] = useState(authorization.bookedFor)
  const update = useCommand('authorization.update', { done: 'Saved' })
  const save = (patientCalledOn: string | null) =>
    update.mutate({
      id: authorization.id,
      version: authorization.version,
      details: { patientCalledOn, bookedFor: booked },
    })
  return (
    <Form onSubmit={() => save(called)} label="After the approval" busy={update.isPending}>
      <div className="cw-row">
        <DateField label="Patient called on" value={called} onChange={setCalled} disabled={!canWork} />
        <DateField label="Booked for" value={booked} onChange={setBooked} disabled={!canWork} />
        {canWork && (
          <>
            {!authorization.patientCalledOn && (
              <Button
                onClick={() => {
                  setCalled(today)
                  save(today)
                }}
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
