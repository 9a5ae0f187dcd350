// Items 33 to 47: missing teeth, diagnoses, remarks, consent, place, enclosures, replacement, accident.
import { useState } from 'react'
import type { ClaimForm } from '#core/claim/schema.ts'
import { NARRATIVE_LIMITS } from '#core/guide/narrative.ts'
import { CheckField, DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { binder, type SectionProps } from './bind.tsx'
import classes from './claim.module.css'
import { Items } from './section.tsx'

const PLACES: readonly { value: ClaimForm['placeOfService']; label: string }[] = [
  { value: '11', label: '11 Office' },
  { value: '12', label: '12 Home' },
  { value: '22', label: '22 Hospital, outpatient' },
  { value: '24', label: '24 Surgery center' },
  { value: '02', label: '02 Telehealth' },
  { value: '21', label: '21 Hospital, inpatient' },
  { value: '23', label: '23 Emergency room' },
  { value: '31', label: '31 Skilled nursing' },
  { value: '32', label: '32 Nursing facility' },
]

function withCode(codes: readonly string[], index: number, code: string): string[] {
  const next = [...codes]
  next[index] = code
  return code === '' ? next.filter((_, at) => at !== index) : next
}

const TOOTH = /^([1-9]|[12]\d|3[0-2])$/
const partsOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean)

/** Tooth numbers as typed, `1, 16, 17`; what is no permanent tooth stays on screen and is named. */
function MissingTeeth({ form, set, remarks }: Pick<SectionProps, 'form' | 'set' | 'remarks'>) {
  const [text, setText] = useState(form.missingTeeth.join(', '))
  const wrong = partsOf(text).filter((part) => !TOOTH.test(part))
  return (
    <TextField
      className={classes.row}
      label="33 Missing teeth"
      name="missingTeeth"
      value={text}
      hint="With commas between"
      onChange={(next) => {
        setText(next)
        set({ missingTeeth: [...new Set(partsOf(next).filter((part) => TOOTH.test(part)))] })
      }}
      {...remarks('missingTeeth')}
      error={wrong.length > 0 ? `${wrong.join(', ')}: permanent teeth are 1–32` : remarks('missingTeeth').error}
    />
  )
}

export function DiagnosisItems({ form, set, top, remarks }: SectionProps) {
  const length = form.remarks.length
  return (
    <Items title="Diagnoses and remarks" items="33–35">
      <MissingTeeth form={form} set={set} remarks={remarks} />
      {['A', 'B', 'C', 'D'].map((letter, index) => (
        <TextField
          key={letter}
          label={`34a ${letter}, ICD-10-CM`}
          name={`diagnoses.${index}`}
          value={form.diagnoses[index] ?? ''}
          onChange={(code) => set({ diagnoses: withCode(form.diagnoses, index, code.toUpperCase()) })}
          maxLength={8}
          disabled={index > form.diagnoses.length}
          {...remarks(`diagnoses.${index}`)}
        />
      ))}
      <TextAreaField
        className={classes.row}
        label={`35 Remarks: ${length} characters, ${NARRATIVE_LIMITS.remark} are sure to arrive`}
        {...top('remarks')}
        limit={2000}
        rows={3}
      />
      <TextField
        className={classes.wide}
        label="39 Attachment number"
        {...top('attachmentNumber')}
        hint="Begins with NEA#"
        maxLength={80}
      />
    </Items>
  )
}

export function TreatmentItems({ form, set, top }: SectionProps) {
  return (
    <Items title="Consent and treatment" items="36–44">
      <CheckField className={classes.row} label="36 The patient’s consent is on file" {...top('patientSignature')} />
      {form.patientSignature && (
        <DateField className={classes.wide} label="36 Signed on" {...top('patientSignatureOn')} />
      )}
      <CheckField className={classes.row} label="37 Pay the dentist directly" {...top('assignBenefits')} />
      <CheckField className={classes.row} label="39 Enclosures" {...top('enclosures')} />
      <SelectField className={classes.wide} label="38 Place of treatment" {...top('placeOfService')} options={PLACES} />
      <DateField className={classes.wide} label="39a Last scaling and root planing" {...top('lastScalingOn')} />
      <CheckField className={classes.row} label="40 Orthodontic treatment" {...top('orthodontic')} />
      {form.orthodontic && (
        <>
          <DateField className={classes.wide} label="41 Appliance placed" {...top('appliancePlacedOn')} />
          <TextField
            label="42 Months"
            {...top('monthsOfTreatment')}
            value={form.monthsOfTreatment === null ? '' : String(form.monthsOfTreatment)}
            onChange={(text) => set({ monthsOfTreatment: Number(text.replace(/\D/g, '')) || null })}
            inputMode="numeric"
            maxLength={2}
          />
        </>
      )}
      <CheckField className={classes.row} label="43 Replaces a prosthesis" {...top('replacement')} />
      {form.replacement && (
        <DateField className={classes.wide} label="44 Prior placement" {...top('priorPlacementOn')} />
      )}
    </Items>
  )
}

export function AccidentItems({ form, set, top, remarks }: SectionProps) {
  const { accident } = form
  const field = accident && binder({ ...top('accident'), value: accident }, remarks)
  return (
    <Items title="Accident" items="45–47">
      <CheckField
        className={classes.row}
        label="45 Treatment results from an accident"
        name="accident"
        value={accident !== null}
        onChange={(on) => set({ accident: on ? { cause: 'other', on: null, state: '' } : null })}
        {...remarks('accident')}
      />
      {field && accident && (
        <>
          <SelectField label="45 Cause" {...field('cause')} options={{ other: 'Other', auto: 'Auto', work: 'Work' }} />
          <DateField className={classes.wide} label="46 Date of the accident" {...field('on')} />
          {accident.cause === 'auto' && (
            <TextField
              label="47 State"
              {...field('state')}
              onChange={(state) => set({ accident: { ...accident, state: state.toUpperCase() } })}
              maxLength={2}
            />
          )}
        </>
      )}
    </Items>
  )
}
