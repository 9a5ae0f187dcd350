// Changes a patient's data; somebody else's change in the meantime is shown instead of overwritten.
import type { Patient } from '#core/patient.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { PatientFields, type PatientValues } from '../../forms/patient-fields.tsx'
import { Button } from '../../ui/button.tsx'
import { TextAreaField } from '../../ui/fields.tsx'

export function EditPatient({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { id, version, ...known } = patient
  const start: PatientValues & { note: string } = known
  const form = useCommandForm('patient.update', {
    scope: `patient:${id}:${version}`,
    start,
    at: 'patient',
    done: 'Patient saved',
    onSuccess: onClose,
  })
  const { birthDate } = form.values
  const save = (saveAnyway = false) =>
    form.send(birthDate && { id, version, saveAnyway, patient: { ...form.values, birthDate } })
  return (
    <FormDialog
      form={form}
      title="Edit patient"
      size="lg"
      onClose={onClose}
      onSave={() => save()}
      anyway={form.isOverridable && <Button onClick={() => save(true)}>Save anyway</Button>}
    >
      <PatientFields form={form} />
      <TextAreaField label="Note" {...form.field('note')} limit={500} rows={2} />
    </FormDialog>
  )
}
