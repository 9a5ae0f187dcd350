// Adds a patient without leaving the page; people who may be the same are shown before saving.
import { useState } from 'react'
import type { PatientId } from '#core/ids.ts'
import type { Likeness } from '#core/patient.ts'
import { formatPhone } from '#core/phone.ts'
import { FormDialog, useCommandForm } from '../lib/command-form.tsx'
import { scopeAbout } from '../lib/drafts.ts'
import { formatDate, oneLine, personName } from '../lib/format.ts'
import { useRoute } from '../lib/query.ts'
import { Button } from '../ui/button.tsx'
import { Finding } from '../ui/finding.tsx'
import { PatientFields, type PatientValues } from './patient-fields.tsx'
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

/** Why somebody on file may be the one typed. */
const ALIKE: Record<Likeness, string> = {
  same: 'Already on file',
  birth_date: 'Same birth date and a similar name',
  name: 'Same name, other birth date',
  phone: 'Same phone and a similar first name',
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

/** `roe, kim` once both names are there: a family shares the last one. */
const nameOf = ({ lastName, firstName }: Pick<PatientValues, 'lastName' | 'firstName'>) =>
  lastName.trim() && firstName.trim() ? `${lastName.trim()}, ${firstName.trim()}`.toLowerCase() : null

export function AddPatient({ name, onClose, onAdded }: AddPatientProps) {
  const [begun, setBegun] = useState<PatientValues>({ ...EMPTY, ...splitName(name) })
  /** Kept by the full name: what was begun for one person never appears for another. */
  const about = nameOf(begun)
  const form = useCommandForm('patient.add', {
    scope: about && scopeAbout('patient.new', about),
    start: begun,
    at: 'patient',
    done: 'Patient added',
    onSuccess: ({ id }) => onAdded(id),
  })
  const { lastName, firstName, birthDate, phone, mobile } = form.values
  /** The name was left: from here on it is this person's draft. */
  const settleName = () => {
    const now = nameOf(form.values)
    if (now === null || now === about) return
    form.discard()
    setBegun(form.values)
  }
  const complete = lastName.trim() !== '' && firstName.trim() !== '' && birthDate !== null
  const isNamed = lastName.trim() !== '' && firstName.trim() !== ''
  const similar = useRoute(
    'patient.similar',
    { lastName, firstName, birthDate, phone, mobile },
    { enabled: isNamed, keep: true },
  )
  const save = (addAnyway = false) => form.send(birthDate && { addAnyway, patient: { ...form.values, birthDate } })
  const twins = (isNamed && similar.data?.patients) || []
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
      <Restored form={form} about={oneLine([lastName, firstName], ', ')} />
      <div onBlur={settleName}>
        <PatientFields form={form} isNew />
      </div>
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
          {ALIKE[twin.likeness]}: {personName(twin)}, born {formatDate(twin.birthDate)}
          {twin.phone && `, ${formatPhone(twin.phone)}`}
        </Finding>
      ))}
    </FormDialog>
  )
}
