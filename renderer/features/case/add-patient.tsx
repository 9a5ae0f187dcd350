// Adds a patient without leaving the case; people who may be the same are shown before saving.
import type { PatientId } from '#core/ids.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { PatientFields, type PatientValues } from '../../forms/patient-fields.tsx'
import { scopeAbout } from '../../lib/drafts.ts'
import { formatDate, personName } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Restored } from './restored.tsx'

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

const EMPTY: PatientValues = {
  lastName: '',
  firstName: '',
  birthDate: null,
  gender: 'U',
  phone: '',
  mobile: '',
  email: '',
  address: { street: '', city: '', state: '', zip: '' },
  guarantor: '',
  externalId: '',
}

export function AddPatient({ name, onClose, onAdded }: AddPatientProps) {
  const form = useCommandForm('patient.add', {
    scope: scopeAbout('patient.new', name.toLowerCase()),
    start: { ...EMPTY, ...splitName(name) },
    at: 'patient',
    done: 'Patient added',
    onSuccess: ({ id }) => onAdded(id),
  })
  const { lastName, firstName, birthDate } = form.values
  const complete = lastName.trim() !== '' && firstName.trim() !== '' && birthDate !== null
  const similar = useRoute(
    'patient.similar',
    { lastName, firstName, birthDate: birthDate ?? '2000-01-01' },
    { enabled: complete },
  )
  const save = (addAnyway = false) => form.send(birthDate && { addAnyway, patient: { ...form.values, birthDate } })
  const twins = (complete && similar.data?.patients) || []
  return (
    <FormDialog
      form={form}
      title="Add patient"
      size="lg"
      onClose={onClose}
      onSave={() => save()}
      save="Add patient"
      disabled={!complete}
      anyway={form.isOverridable && <Button onClick={() => save(true)}>Add anyway</Button>}
      hint={form.isOverridable && 'Open it, or add this one anyway.'}
    >
      <Restored form={form} />
      <PatientFields form={form} isNew />
      {twins.map((twin) => (
        <Finding
          key={twin.id}
          severity="warn"
          action={
            <Button
              onClick={() => {
                form.discard()
                onAdded(twin.id)
              }}
            >
              Use this patient
            </Button>
          }
        >
          Already in the file: {personName(twin)}, born {formatDate(twin.birthDate)}
        </Finding>
      ))}
    </FormDialog>
  )
}
