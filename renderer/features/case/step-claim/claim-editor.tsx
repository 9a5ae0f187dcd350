// The values of the ADA 2024 form that the office holds, in the form's order, with their item numbers.
import type { ReactNode } from 'react'
import type { ClaimForm, ClaimLineInput } from '#core/claim/schema.ts'
import { ORAL_AREAS, type OralArea } from '#core/teeth.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { formatMoney } from '../../../lib/format.ts'
import { fieldErrors, useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import {
  CheckField,
  DateField,
  MoneyField,
  SelectField,
  TextAreaField,
  TextField,
  ToothField,
} from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import classes from '../step-code/step-code.module.css'
import type { ClaimData } from './index.tsx'

type Lines = (ClaimLineInput & { id?: string })[]

export function ClaimEditor({ claim }: { claim: ClaimData }) {
  const [draft, setDraft, { discard, restored }] = useDraft<{ form: ClaimForm; lines: Lines }>(
    `claim:${claim.id}:${claim.version}`,
    { form: claim.form, lines: claim.lines },
  )
  const save = useCommand('claim.update', {
    done: 'Claim saved',
    expected: ['INVALID_INPUT'],
    onSuccess: () => discard(),
  })
  const refill = useCommand('claim.refill', { done: 'Filled again from the case', onSuccess: () => discard() })
  const errors = fieldErrors(save.error)
  const { form, lines } = draft
  const set = (part: Partial<ClaimForm>) => setDraft({ ...draft, form: { ...form, ...part } })
  const changed = restored || JSON.stringify(draft) !== JSON.stringify({ form: claim.form, lines: claim.lines })
  const errorAt = (field: string) => errors[`form.${field}`] ?? errors[field]
  return (
    <Form
      onSubmit={() => save.mutate({ id: claim.id, version: claim.version, form, lines })}
      label="Claim form"
      busy={save.isPending}
    >
      <Group title="Payer and plan (items 1–17)">
        <SelectField
          label="1 Transaction"
          name="transaction"
          value={form.transaction}
          onChange={(transaction) => transaction && set({ transaction })}
          options={[
            { value: 'actual', label: 'Actual services' },
            { value: 'predetermination', label: 'Predetermination' },
            { value: 'epsdt', label: 'EPSDT' },
          ]}
        />
        <TextField
          label="2 Authorization number"
          name="authorizationNumber"
          value={form.authorizationNumber}
          onChange={(authorizationNumber) => set({ authorizationNumber })}
        />
        <TextField
          label="2 Predetermination number"
          name="predeterminationNumber"
          value={form.predeterminationNumber}
          onChange={(predeterminationNumber) => set({ predeterminationNumber })}
        />
        <TextField
          label="3 Payer"
          name="payerName"
          value={form.payerName}
          onChange={(payerName) => set({ payerName })}
        />
        <TextField
          label="3a Payer id"
          name="payerCode"
          value={form.payerCode}
          onChange={(payerCode) => set({ payerCode })}
        />
        <TextField
          label="12 Subscriber last name"
          name="subscriber.lastName"
          value={form.subscriber.lastName}
          onChange={(lastName) => set({ subscriber: { ...form.subscriber, lastName } })}
        />
        <TextField
          label="12 Subscriber first name"
          value={form.subscriber.firstName}
          onChange={(firstName) => set({ subscriber: { ...form.subscriber, firstName } })}
        />
        <TextField
          label="12 Street"
          name="subscriber.address.street"
          value={form.subscriber.address.street}
          onChange={(street) =>
            set({ subscriber: { ...form.subscriber, address: { ...form.subscriber.address, street } } })
          }
        />
        <DateField
          label="13 Subscriber birth date"
          name="subscriber.birthDate"
          value={form.subscriber.birthDate}
          onChange={(birthDate) => set({ subscriber: { ...form.subscriber, birthDate } })}
        />
        <TextField
          label="15 Member id"
          name="memberId"
          value={form.memberId}
          onChange={(memberId) => set({ memberId })}
        />
        <TextField label="16 Group" value={form.groupNumber} onChange={(groupNumber) => set({ groupNumber })} />
        <TextField label="17 Employer" value={form.employer} onChange={(employer) => set({ employer })} />
        {form.otherCoverage && (
          <TextField
            label="8 Other plan, member id"
            name="otherCoverage.memberId"
            value={form.otherCoverage.memberId}
            onChange={(memberId) => set({ otherCoverage: { ...form.otherCoverage!, memberId } })}
          />
        )}
      </Group>
      <Group title="Patient (items 18–23)">
        <SelectField
          label="18 Relation to subscriber"
          name="relation"
          value={form.relation}
          onChange={(relation) => relation && set({ relation })}
          options={[
            { value: 'self', label: 'Self' },
            { value: 'spouse', label: 'Spouse' },
            { value: 'child', label: 'Child' },
            { value: 'other', label: 'Other' },
          ]}
        />
        <TextField
          label="20 Patient last name"
          name="patient.lastName"
          value={form.patient.lastName}
          onChange={(lastName) => set({ patient: { ...form.patient, lastName } })}
        />
        <TextField
          label="20 Patient first name"
          value={form.patient.firstName}
          onChange={(firstName) => set({ patient: { ...form.patient, firstName } })}
        />
        <TextField
          label="23 Patient account"
          value={form.patientAccount}
          onChange={(patientAccount) => set({ patientAccount })}
        />
      </Group>
      <LineGrid lines={lines} onChange={(next) => setDraft({ ...draft, lines: next })} errors={errors} />
      <Group title="Diagnoses and remarks (items 33–35)">
        {['A', 'B', 'C', 'D'].map((letter, index) => (
          <TextField
            key={letter}
            label={`34a Diagnosis ${letter}`}
            name={`diagnoses.${index}`}
            value={form.diagnoses[index] ?? ''}
            onChange={(code) => set({ diagnoses: withCode(form.diagnoses, index, code.toUpperCase()) })}
            maxLength={8}
            placeholder={index === 0 ? 'K04.1' : ''}
            disabled={index > form.diagnoses.length}
          />
        ))}
        <TextField
          label="39 Attachment number"
          value={form.attachmentNumber}
          onChange={(attachmentNumber) => set({ attachmentNumber })}
          placeholder="NEA#1234567"
        />
      </Group>
      <TextAreaField
        label="35 Remarks"
        name="remarks"
        value={form.remarks}
        onChange={(remarks) => set({ remarks })}
        limit={2000}
        rows={2}
        error={errorAt('remarks')}
      />
      <Group title="Signatures and treatment (items 36–47)">
        <CheckField
          label="36 Patient’s consent is on file"
          name="patientSignature"
          value={form.patientSignature}
          onChange={(patientSignature) => set({ patientSignature })}
        />
        <CheckField
          label="37 Pay the dentist"
          value={form.assignBenefits}
          onChange={(assignBenefits) => set({ assignBenefits })}
        />
        <CheckField
          label="39 Enclosures"
          name="enclosures"
          value={form.enclosures}
          onChange={(enclosures) => set({ enclosures })}
        />
        <SelectField
          label="38 Place"
          value={form.placeOfService}
          onChange={(placeOfService) => placeOfService && set({ placeOfService })}
          options={PLACES}
        />
        <CheckField
          label="45 From an accident"
          name="accident"
          value={form.accident !== null}
          onChange={(on) => set({ accident: on ? { cause: 'other', on: null, state: '' } : null })}
        />
        {form.accident && (
          <>
            <SelectField
              label="45 Cause"
              value={form.accident.cause}
              onChange={(cause) => cause && set({ accident: { ...form.accident!, cause } })}
              options={[
                { value: 'other', label: 'Other accident' },
                { value: 'auto', label: 'Auto' },
                { value: 'work', label: 'Work' },
              ]}
            />
            <DateField
              label="46 Date of the accident"
              name="accident.on"
              value={form.accident.on}
              onChange={(on) => set({ accident: { ...form.accident!, on } })}
            />
            <TextField
              label="47 Auto accident state"
              name="accident.state"
              value={form.accident.state}
              onChange={(state) => set({ accident: { ...form.accident!, state: state.toUpperCase() } })}
              maxLength={2}
            />
          </>
        )}
      </Group>
      <Group title="Billing and treating dentist (items 48–58)">
        <TextField
          label="48 Billing name"
          name="billing.name"
          value={form.billing.name}
          onChange={(name) => set({ billing: { ...form.billing, name } })}
        />
        <TextField
          label="49 Billing NPI"
          name="billing.npi"
          value={form.billing.npi}
          onChange={(npi) => set({ billing: { ...form.billing, npi } })}
          maxLength={10}
        />
        <TextField
          label="51 Tax id"
          name="billing.taxId"
          value={form.billing.taxId}
          onChange={(taxId) => set({ billing: { ...form.billing, taxId } })}
        />
        <TextField
          label="53 Treating dentist, last name"
          value={form.treating.lastName}
          onChange={(lastName) => set({ treating: { ...form.treating, lastName } })}
        />
        <TextField
          label="54 Treating NPI"
          name="treating.npi"
          value={form.treating.npi}
          onChange={(npi) => set({ treating: { ...form.treating, npi } })}
          maxLength={10}
        />
        <TextField
          label="55 License"
          name="treating.license"
          value={form.treating.license}
          onChange={(license) => set({ treating: { ...form.treating, license } })}
        />
        <TextField
          label="56 Treatment street"
          name="treatmentAddress.street"
          value={form.treatmentAddress.street}
          onChange={(street) => set({ treatmentAddress: { ...form.treatmentAddress, street } })}
        />
        <TextField
          label="56a Taxonomy"
          value={form.treating.taxonomy}
          onChange={(taxonomy) => set({ treating: { ...form.treating, taxonomy } })}
          maxLength={10}
        />
      </Group>
      <div className="cw-row">
        <Button type="submit" variant={changed ? 'filled' : 'default'} disabled={!changed} loading={save.isPending}>
          Save claim
        </Button>
        <Button onClick={() => refill.mutate({ id: claim.id, version: claim.version })} loading={refill.isPending}>
          Fill again from the case
        </Button>
        <span className="cw-muted">
          {changed ? 'Not saved yet; kept as a draft. Findings follow the saved claim.' : ''}
        </span>
      </div>
    </Form>
  )
}

const PLACES: { value: ClaimForm['placeOfService']; label: string }[] = [
  { value: '11', label: '11 Office' },
  { value: '12', label: '12 Home' },
  { value: '22', label: '22 Hospital, outpatient' },
  { value: '24', label: '24 Surgery center' },
  { value: '02', label: '02 Telehealth' },
  { value: '21', label: '21 Hospital, inpatient' },
  { value: '23', label: '23 Emergency room' },
  { value: '31', label: '31 Skilled nursing' },
  { value: '32', label: '32 Nursing' },
]

function withCode(codes: readonly string[], index: number, code: string): string[] {
  const next = [...codes]
  next[index] = code
  return code === '' ? next.filter((_, at) => at !== index) : next
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      <div className="cw-fields">{children}</div>
    </fieldset>
  )
}

function LineGrid({
  lines,
  onChange,
  errors,
}: {
  lines: Lines
  onChange: (lines: Lines) => void
  errors: Record<string, string>
}) {
  const change = (index: number, part: Partial<ClaimLineInput>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)))
  const total = lines.reduce((sum, line) => sum + line.feeCents * line.quantity, 0)
  return (
    <fieldset>
      <legend>Services (items 24–32)</legend>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>24 Date</th>
            <th>25 Area</th>
            <th>27 Tooth</th>
            <th>29 Code</th>
            <th>29a Pointer</th>
            <th>31 Full fee</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={line.id ?? index}>
              <td>
                <DateField
                  label={`24 Date, line ${index + 1}`}
                  name={`lines.${index}.serviceDate`}
                  value={line.serviceDate}
                  onChange={(serviceDate) => change(index, { serviceDate })}
                  error={errors[`lines.${index}.serviceDate`]}
                />
              </td>
              <td>
                <SelectField
                  label={`25 Area, line ${index + 1}`}
                  name={`lines.${index}.area`}
                  value={line.area ?? ''}
                  onChange={(area) => change(index, { area: area || null })}
                  options={Object.entries(ORAL_AREAS).map(([value, label]) => ({
                    value: value as OralArea,
                    label: `${value} ${label}`,
                  }))}
                  emptyLabel="–"
                />
              </td>
              <td>
                <ToothField
                  label={`27 Tooth, line ${index + 1}`}
                  name={`lines.${index}.tooth`}
                  value={line.tooth}
                  onChange={(tooth) => change(index, { tooth })}
                />
              </td>
              <td>
                <TextField
                  label={`29 Code, line ${index + 1}`}
                  name={`lines.${index}.code`}
                  value={line.code}
                  onChange={(code) => change(index, { code: code.toUpperCase() })}
                  maxLength={5}
                  error={errors[`lines.${index}.code`]}
                  hint={line.description}
                />
              </td>
              <td>
                <TextField
                  label={`29a Pointer, line ${index + 1}`}
                  name={`lines.${index}.diagnosisPointers`}
                  value={line.diagnosisPointers}
                  onChange={(pointers) => change(index, { diagnosisPointers: pointers.toUpperCase() })}
                  maxLength={4}
                />
              </td>
              <td>
                <MoneyField
                  label={`31 Fee, line ${index + 1}`}
                  name={`lines.${index}.feeCents`}
                  value={line.feeCents}
                  onChange={(feeCents) => change(index, { feeCents: feeCents ?? 0 })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <strong className="cw-number">32 Total {formatMoney(total)}</strong>
    </fieldset>
  )
}
