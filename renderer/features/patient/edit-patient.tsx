// Changes a patient's data; somebody else's change in the meantime is shown instead of overwritten.
import type { Patient } from '#core/patient.ts'
import { useDraft } from '../../lib/drafts.ts'
import { explainError, fieldErrors, isOverridable, useCommand } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { BirthDateField, SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'

export function EditPatient({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { id, version, ...data } = patient
  const start: Omit<typeof data, 'birthDate'> & { birthDate: string | null } = data
  const [draft, setDraft, { discard }] = useDraft(`patient:${id}:${version}`, start)
  const update = useCommand('patient.update', {
    done: 'Patient saved',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: () => {
      discard()
      onClose()
    },
  })
  const errors = fieldErrors(update.error)
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const setAddress = (part: Partial<typeof draft.address>) => set({ address: { ...draft.address, ...part } })
  const isAsked = isOverridable(update.error)
  const save = (saveAnyway = false) =>
    draft.birthDate && update.mutate({ id, version, saveAnyway, patient: { ...draft, birthDate: draft.birthDate } })
  return (
    <Dialog open onClose={onClose} title="Edit patient" size="lg">
      <Form onSubmit={() => save()} label="Edit patient" busy={update.isPending}>
        <div className="cw-fields">
          <TextField
            label="Last name"
            value={draft.lastName}
            onChange={(lastName) => set({ lastName })}
            required
            autoFocus
            error={errors['patient.lastName']}
          />
          <TextField
            label="First name"
            value={draft.firstName}
            onChange={(firstName) => set({ firstName })}
            required
            error={errors['patient.firstName']}
          />
          <BirthDateField
            label="Birth date"
            value={draft.birthDate}
            onChange={(birthDate) => set({ birthDate })}
            required
            error={errors['patient.birthDate']}
          />
          <SelectField
            label="Gender on file with the plan"
            value={draft.gender}
            onChange={(gender) => gender && set({ gender })}
            options={[
              { value: 'U', label: 'Unknown' },
              { value: 'F', label: 'F' },
              { value: 'M', label: 'M' },
            ]}
          />
          <TextField label="Street" value={draft.address.street} onChange={(street) => setAddress({ street })} />
          <TextField label="City" value={draft.address.city} onChange={(city) => setAddress({ city })} />
          <TextField
            label="State"
            value={draft.address.state}
            onChange={(state) => setAddress({ state: state.toUpperCase() })}
            maxLength={2}
            error={errors['patient.address.state']}
          />
          <TextField
            label="ZIP"
            value={draft.address.zip}
            onChange={(zip) => setAddress({ zip })}
            error={errors['patient.address.zip']}
          />
          <TextField
            label="Phone"
            value={draft.phone}
            onChange={(phone) => set({ phone })}
            error={errors['patient.phone']}
          />
          <TextField label="Guarantor" value={draft.guarantor} onChange={(guarantor) => set({ guarantor })} />
          <TextField
            label="Number in your practice system"
            value={draft.externalId}
            onChange={(externalId) => set({ externalId })}
          />
        </div>
        <TextAreaField label="Note" value={draft.note} onChange={(note) => set({ note })} limit={500} rows={2} />
        {update.error?.code === 'REFUSED' && (
          <Finding
            severity="warn"
            {...(isAsked && { action: <Button onClick={() => save(true)}>Save anyway</Button> })}
          >
            {explainError(update.error)}
          </Finding>
        )}
        <Actions>
          <Button type="submit" variant="filled" loading={update.isPending}>
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
