// Adds a patient without leaving the case; people who may be the same are shown before saving.
import type { PatientId } from '#core/ids.ts'
import type { IsoDate } from '#core/dates.ts'
import { scopeAbout, useDraft } from '../../lib/drafts.ts'
import { formatDate, personName } from '../../lib/format.ts'
import { explainError, fieldErrors, isOverridable, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { BirthDateField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'

interface AddPatientProps {
  /** What was typed in the search: `Doe, Sam` or `Sam Doe`. */
  name: string
  onClose: () => void
  onAdded: (id: PatientId) => void
}

function splitName(name: string): { lastName: string; firstName: string } {
  const [before = '', after] = name.split(',')
  if (after !== undefined) return { lastName: before.trim(), firstName: after.trim() }
  const words = before.trim().split(/\s+/)
  return words.length > 1
    ? { firstName: words[0]!, lastName: words.slice(1).join(' ') }
    : { lastName: before.trim(), firstName: '' }
}

export function AddPatient({ name, onClose, onAdded }: AddPatientProps) {
  const fresh = {
    ...splitName(name),
    birthDate: null as IsoDate | null,
    gender: 'U',
    phone: '',
    street: '',
    city: '',
    state: '',
    zip: '',
    guarantor: '',
    externalId: '',
  }
  const [draft, setDraft, { discard, restored }] = useDraft(scopeAbout('patient.new', name.toLowerCase()), fresh)
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const choose = (id: PatientId) => {
    discard()
    onAdded(id)
  }
  const complete = draft.lastName.trim() !== '' && draft.firstName.trim() !== '' && draft.birthDate !== null
  const similar = useRoute(
    'patient.similar',
    { lastName: draft.lastName, firstName: draft.firstName, birthDate: draft.birthDate ?? '2000-01-01' },
    { enabled: complete },
  )
  const add = useCommand('patient.add', {
    done: 'Patient added',
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: ({ id }) => choose(id),
  })
  const errors = fieldErrors(add.error)
  const isAsked = isOverridable(add.error)
  const save = (addAnyway = false) => {
    const { lastName, firstName, birthDate, gender, phone, guarantor, externalId, street, city, state, zip } = draft
    if (!birthDate) return
    add.mutate({
      addAnyway,
      patient: {
        lastName,
        firstName,
        birthDate,
        gender: gender as 'U',
        phone,
        guarantor,
        externalId,
        address: { street, city, state, zip },
      },
    })
  }
  const twins = (complete && similar.data?.patients) || []
  return (
    <Dialog open onClose={onClose} title="Add patient" size="lg">
      <Form onSubmit={() => save()} label="Add patient" busy={add.isPending}>
        {restored && (
          <div className="cw-row">
            <span className="cw-muted">Continues what you began earlier.</span>
            <Button variant="subtle" onClick={() => discard(fresh)}>
              Start over
            </Button>
          </div>
        )}
        <div className="cw-fields">
          <TextField
            label="Last name"
            value={draft.lastName}
            onChange={(lastName) => set({ lastName })}
            required
            autoFocus={draft.lastName === ''}
            error={errors['patient.lastName']}
          />
          <TextField
            label="First name"
            value={draft.firstName}
            onChange={(firstName) => set({ firstName })}
            required
            autoFocus={draft.lastName !== ''}
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
            onChange={(gender) => set({ gender })}
            options={[
              { value: 'U', label: 'Unknown' },
              { value: 'F', label: 'F' },
              { value: 'M', label: 'M' },
            ]}
          />
          <TextField label="Street" value={draft.street} onChange={(street) => set({ street })} />
          <TextField label="City" value={draft.city} onChange={(city) => set({ city })} />
          <TextField
            label="State"
            value={draft.state}
            onChange={(state) => set({ state: state.toUpperCase() })}
            maxLength={2}
            error={errors['patient.address.state']}
          />
          <TextField
            label="ZIP"
            value={draft.zip}
            onChange={(zip) => set({ zip })}
            error={errors['patient.address.zip']}
          />
          <TextField
            label="Phone"
            value={draft.phone}
            onChange={(phone) => set({ phone })}
            error={errors['patient.phone']}
          />
          <TextField
            label="Guarantor"
            value={draft.guarantor}
            onChange={(guarantor) => set({ guarantor })}
            hint="When not the patient"
          />
          <TextField
            label="Number in your practice system"
            value={draft.externalId}
            onChange={(externalId) => set({ externalId })}
          />
        </div>
        {add.error && (
          <Finding severity="warn" {...(isAsked && { action: <Button onClick={() => save(true)}>Add anyway</Button> })}>
            {explainError(add.error)} {isAsked && 'Open it, or add this one anyway.'}
          </Finding>
        )}
        {twins.map((twin) => (
          <Finding
            key={twin.id}
            severity="warn"
            action={<Button onClick={() => choose(twin.id)}>Use this patient</Button>}
          >
            Already in the file: {personName(twin)}, born {formatDate(twin.birthDate)}
          </Finding>
        ))}
        <Actions>
          <Button type="submit" variant="filled" disabled={!complete} loading={add.isPending}>
            Add patient
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
