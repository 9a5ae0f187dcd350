// Gallery: form fields, questions, the odontogram.
import { useState, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { CheckField, DateField, MoneyField, SelectField, TextAreaField, TextField, ToothField } from '../ui/fields.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
import { Form } from '../ui/form.tsx'
import { Odontogram } from '../ui/odontogram.tsx'
import { PickField } from '../ui/pick-field.tsx'
import { RadioKeys } from '../ui/radio-keys.tsx'
import { LONG, noop, type Specimen } from './specimen.ts'

/** Keeps a value for a part that has none of its own. */
function Keep<T>({ start, children }: { start: T; children: (value: T, set: (value: T) => void) => ReactNode }) {
  const [value, setValue] = useState(start)
  return children(value, setValue)
}

const APEX = [
  { value: 'open', label: 'open', key: 'o' },
  { value: 'closed', label: 'closed', key: 'c' },
  { value: 'unknown', label: 'can’t tell', key: 'u' },
] as const
const PAYERS = [
  { value: '1', label: 'Sample Dental', detail: 'PPO, 12345' },
  { value: '2', label: 'Example Health', detail: 'HMO, 67890' },
]

export const fields: readonly Specimen[] = [
  {
    part: 'TextField',
    states: [
      {
        name: 'empty',
        show: () => <TextField label="Last name" value="" onChange={noop} hint="As on the insurance card" />,
      },
      {
        name: 'error',
        show: () => (
          <TextField label="NPI" value="123" onChange={noop} error="NPI must be 10 digits with a valid check digit" />
        ),
      },
      { name: 'required', show: () => <TextField label="Member id" required value="W123" onChange={noop} /> },
      { name: 'disabled', show: () => <TextField label="Payer" disabled value="Sample Dental" onChange={noop} /> },
      { name: 'long', show: () => <TextField label={LONG} value={LONG} onChange={noop} /> },
      {
        name: 'area',
        show: () => <TextAreaField label="Narrative" limit={80} value={LONG.slice(0, 95)} onChange={noop} />,
      },
      {
        name: 'area, half full',
        show: () => <TextAreaField label="Remarks" limit={80} value={LONG.slice(0, 60)} onChange={noop} />,
      },
      { name: 'password', show: () => <PasswordField label="Password" value="" onChange={noop} /> },
    ],
  },
  {
    part: 'MoneyField, DateField, ToothField',
    states: [
      {
        name: 'money',
        show: () => (
          <Keep<number | null> start={125_000}>
            {(value, set) => <MoneyField label="Fee" value={value} onChange={set} />}
          </Keep>
        ),
      },
      { name: 'money, none', show: () => <MoneyField label="Paid" value={null} onChange={noop} /> },
      {
        name: 'date',
        show: () => (
          <Keep<string | null> start="2026-11-29">
            {(value, set) => <DateField label="Due" value={value} onChange={set} />}
          </Keep>
        ),
      },
      {
        name: 'date, error',
        show: () => <DateField label="Sent" value="2026-12-01" onChange={noop} error="Sent cannot be in the future" />,
      },
      {
        name: 'tooth',
        show: () => (
          <Keep<string | null> start="8">
            {(value, set) => <ToothField label="Tooth" value={value} onChange={set} />}
          </Keep>
        ),
      },
      { name: 'disabled', show: () => <MoneyField label="Allowed" disabled value={64_000} onChange={noop} /> },
    ],
  },
  {
    part: 'SelectField, PickField, CheckField',
    states: [
      {
        name: 'select',
        show: () => (
          <SelectField<'' | 'portal'>
            label="Channel"
            emptyLabel="Choose…"
            value=""
            onChange={noop}
            options={[{ value: 'portal', label: 'Portal' }]}
          />
        ),
      },
      {
        name: 'pick',
        show: () => (
          <Keep<string | null> start="1">
            {(value, set) => (
              <PickField
                label="Payer of the plan"
                options={PAYERS}
                value={value}
                onChange={set}
                onCreate={noop}
                createLabel="Add payer"
              />
            )}
          </Keep>
        ),
      },
      {
        name: 'pick, empty',
        show: () => <PickField label="Patient" options={[]} value={null} onChange={noop} placeholder="Type a name" />,
      },
      { name: 'check', show: () => <CheckField label="Signature on file" value onChange={noop} /> },
      { name: 'check, disabled', show: () => <CheckField label="Accident" disabled value={false} onChange={noop} /> },
      {
        name: 'form',
        show: () => (
          <Form label="Example" onSubmit={noop}>
            <ToothField label="Tooth treated" value={null} onChange={noop} />
            <Button type="submit" variant="filled">
              Save
            </Button>
          </Form>
        ),
      },
    ],
  },
  {
    part: 'RadioKeys',
    states: [
      {
        name: 'active',
        show: () => (
          <Keep<(typeof APEX)[number]['value'] | null> start={null}>
            {(value, set) => (
              <RadioKeys
                active
                question="Is the root tip open on the film taken before treatment?"
                help="Settled by the pre-op periapical."
                options={APEX}
                value={value}
                onChange={set}
              />
            )}
          </Keep>
        ),
      },
      {
        name: 'answered',
        show: () => <RadioKeys question="Is the apex open?" options={APEX} value="open" onChange={noop} />,
      },
      {
        name: 'disabled',
        show: () => <RadioKeys disabled question="Is the apex closed?" options={APEX} value="closed" onChange={noop} />,
      },
      {
        name: 'long',
        show: () => (
          <RadioKeys question={LONG} options={[{ value: 'a', label: LONG, key: 'a' }]} value={null} onChange={noop} />
        ),
      },
    ],
  },
  {
    part: 'Odontogram',
    states: [
      {
        name: 'both dentitions, marks',
        show: () => (
          <Keep<string> start="8">
            {(value, set) => (
              <Odontogram
                value={value}
                onChange={set}
                marks={{ 3: { label: 'open case', tone: 'warn' }, 1: { label: 'missing', tone: 'plain' } }}
              />
            )}
          </Keep>
        ),
      },
      {
        name: 'permanent',
        show: () => <Odontogram label="Permanent teeth" dentition="permanent" value={null} onChange={noop} />,
      },
      {
        name: 'primary, disabled',
        show: () => <Odontogram label="Primary teeth" dentition="primary" disabled value="E" onChange={noop} />,
      },
    ],
  },
  {
    part: 'FileDrop',
    states: [
      { name: 'ready', show: () => <FileDrop onFiles={noop} /> },
      {
        name: 'disabled',
        show: () => (
          <FileDrop disabled onFiles={noop}>
            Letters
          </FileDrop>
        ),
      },
    ],
  },
]
