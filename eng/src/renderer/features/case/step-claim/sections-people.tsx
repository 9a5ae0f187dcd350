// Items 1 to 23: what is sent, to whom, other coverage, subscriber, patient.
import type { ClaimForm } from '#core/claim/schema.ts'
import { oneLine } from '../../../lib/format.ts'
import { BirthDateField, CheckField, SelectField, TextField } from '../../../ui/fields.tsx'
import { binder, type SectionProps } from './bind.tsx'
import classes from './claim.module.css'
import { AddressItems, Items } from './section.tsx'

const GENDERS: Record<ClaimForm['patient']['gender'], string> = { F: 'Female', M: 'Male', U: 'Unknown' }
const RELATIONS: Record<ClaimForm['relation'], string> = {
  self: 'Self',
  spouse: 'Spouse',
  child: 'Dependent child',
  other: 'Other',
}

export function HeaderItems({ top, remarks }: SectionProps) {
  return (
    <Items title="Transaction and payer" items="1–3a">
      <SelectField
        className={classes.wide}
        label="1 Transaction"
        {...top('transaction')}
        options={{ actual: 'Actual services', predetermination: 'Predetermination', epsdt: 'EPSDT' }}
      />
      <TextField
        className={classes.wide}
        label="2 Authorization number"
        {...top('authorizationNumber')}
        maxLength={60}
      />
      <TextField
        className={classes.wide}
        label="2 Predetermination number"
        {...top('predeterminationNumber')}
        maxLength={60}
      />
      <TextField className={classes.wide} label="3 Payer" {...top('payerName')} maxLength={100} />
      <TextField label="3a Payer ID" {...top('payerCode')} maxLength={20} />
      <AddressItems item="3" {...top('payerAddress')} remarks={remarks} />
    </Items>
  )
}

const NO_OTHER = {
  coverageId: null,
  kind: 'dental',
  holder: '',
  birthDate: null,
  gender: 'U',
  memberId: '',
  groupNumber: '',
  relation: 'self',
  insurer: '',
  payerCode: '',
} as const

export function OtherCoverageItems({ form, set, top, remarks }: SectionProps) {
  const { otherCoverage } = form
  const other = otherCoverage && binder({ ...top('otherCoverage'), value: otherCoverage }, remarks)
  return (
    <Items title="Other coverage" items="4–11a">
      <CheckField
        className={classes.row}
        label="4 The patient has another plan"
        name="otherCoverage"
        value={otherCoverage !== null}
        onChange={(on) => set({ otherCoverage: on ? NO_OTHER : null, furtherCoverages: [] })}
      />
      {other && otherCoverage && (
        <>
          <SelectField label="4 Kind" {...other('kind')} options={{ dental: 'Dental', medical: 'Medical' }} />
          <TextField className={classes.wide} label="5 Policyholder" {...other('holder')} maxLength={120} />
          <BirthDateField label="6 Birth date" {...other('birthDate')} />
          <SelectField label="7 Gender" {...other('gender')} options={GENDERS} />
          <TextField label="8 Member ID" {...other('memberId')} maxLength={40} />
          <TextField label="9 Group" {...other('groupNumber')} maxLength={40} />
          <SelectField label="10 Relation" {...other('relation')} options={RELATIONS} />
          <TextField className={classes.wide} label="11 Insurer" {...other('insurer')} maxLength={100} />
          <TextField label="11a Payer ID" {...other('payerCode')} maxLength={20} />
          {form.furtherCoverages.length > 0 && <FurtherCoverages coverages={form.furtherCoverages} />}
        </>
      )}
    </Items>
  )
}

/** The form has room for one other plan: the rest travels as it stands at the patient. */
function FurtherCoverages({ coverages }: { coverages: ClaimForm['furtherCoverages'] }) {
  return (
    <div className={classes.row}>
      <p>Also named on the electronic claim; change them at the patient, then fill the claim again:</p>
      <ul>
        {coverages.map(({ insurer, holder, memberId, payerCode }) => (
          <li key={`${insurer} ${memberId}`}>{oneLine([insurer, payerCode, holder, memberId], ', ')}</li>
        ))}
      </ul>
    </div>
  )
}

export function SubscriberItems({ top, remarks }: SectionProps) {
  const person = binder(top('subscriber'), remarks)
  return (
    <Items title="Subscriber" items="12–17">
      <TextField label="12 Last name" {...person('lastName')} maxLength={60} />
      <TextField label="12 First name" {...person('firstName')} maxLength={60} />
      <AddressItems item="12" {...person('address')} remarks={remarks} />
      <BirthDateField className={classes.wide} label="13 Birth date" {...person('birthDate')} />
      <SelectField label="14 Gender" {...person('gender')} options={GENDERS} />
      <TextField label="15 Member ID" {...top('memberId')} maxLength={40} />
      <TextField label="16 Group" {...top('groupNumber')} maxLength={40} />
      <TextField label="17 Employer" {...top('employer')} maxLength={100} />
    </Items>
  )
}

export function PatientItems({ top, remarks }: SectionProps) {
  const person = binder(top('patient'), remarks)
  return (
    <Items title="Patient" items="18–23">
      <SelectField label="18 Relation" {...top('relation')} options={RELATIONS} />
      <TextField label="20 Last name" {...person('lastName')} maxLength={60} />
      <TextField label="20 First name" {...person('firstName')} maxLength={60} />
      <AddressItems item="20" {...person('address')} remarks={remarks} />
      <BirthDateField className={classes.wide} label="21 Birth date" {...person('birthDate')} />
      <SelectField label="22 Gender" {...person('gender')} options={GENDERS} />
      <TextField label="23 Account" {...top('patientAccount')} maxLength={40} />
    </Items>
  )
}
