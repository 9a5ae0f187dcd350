// Who a patient is and where to reach them, new or known.
import type { PatientInput } from '#core/patient.ts'
import type { CommandForm } from '../lib/command-form.tsx'
import { BirthDateField, PhoneField, SelectField, TextField } from '../ui/fields.tsx'
import { AddressFields } from './address-fields.tsx'

export type PatientValues = Omit<PatientInput, 'birthDate' | 'note'> & { birthDate: PatientInput['birthDate'] | null }

interface PatientFieldsProps {
  form: CommandForm<PatientValues>
  /** A new one, whose last name may stand there already. */
  isNew?: boolean
}

export function PatientFields({ form: { values, field, errorAt }, isNew = false }: PatientFieldsProps) {
  // What stands there already is not typed again.
  const first = !isNew || values.lastName === '' ? 'lastName' : values.firstName === '' ? 'firstName' : 'birthDate'
  return (
    <div className="cw-fields">
      <TextField label="Last name" {...field('lastName')} required autoFocus={first === 'lastName'} />
      <TextField label="First name" {...field('firstName')} required autoFocus={first === 'firstName'} />
      <BirthDateField label="Birth date" {...field('birthDate')} required autoFocus={first === 'birthDate'} />
      <PhoneField label="Phone" {...field('phone')} />
      <PhoneField label="Mobile" {...field('mobile')} />
      <TextField label="Email" {...field('email')} type="email" inputMode="email" />
      <SelectField
        label="Gender on file with the plan"
        {...field('gender')}
        options={{ U: 'Unknown', F: 'F', M: 'M' }}
      />
      <AddressFields {...field('address')} errorAt={errorAt} />
      <TextField label="Guarantor" {...field('guarantor')} hint={isNew && 'When not the patient'} />
      <TextField label="Number in your practice system" {...field('externalId')} />
    </div>
  )
}
