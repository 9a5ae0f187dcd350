// Gallery: form fields, questions, the odontogram.
import { useState, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import {
  CheckField,
  DateField,
  MoneyField,
  PhoneField,
  SelectField,
  TextAreaField,
  TextField,
  ToothField,
} from '../ui/fields.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
import { Form } from '../ui/form.tsx'
import { Odontogram } from '../ui/odontogram.tsx'
import { PickField } from '../ui/pick-field.tsx'
import { RadioKeys } from '../ui/radio-keys.tsx'
import { LONG, noop, type Specimens } from './specimen.ts'

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

export const fields: Specimens = {
  TextField: {
    empty: <TextField label="Last name" value="" onChange={noop} hint="As on the insurance card" />,
    error: (
      <TextField
        label="NPI"
        value="123"
        onChange={noop}
        error="This is no NPI: compare its 10 digits with the NPI letter"
      />
    ),
    required: <TextField label="Member ID" required value="W123" onChange={noop} />,
    disabled: <TextField label="Payer" disabled value="Sample Dental" onChange={noop} />,
    long: <TextField label={LONG} value={LONG} onChange={noop} />,
    area: <TextAreaField label="Narrative" limit={80} value={LONG.slice(0, 95)} onChange={noop} />,
    'area, half full': <TextAreaField label="Remarks" limit={80} value={LONG.slice(0, 60)} onChange={noop} />,
    password: <PasswordField label="Password" value="" onChange={noop} />,
  },
  'MoneyField, DateField, ToothField': {
    money: (
      <Keep<number | null> start={125_000}>
        {(value, set) => <MoneyField label="Fee" value={value} onChange={set} />}
      </Keep>
    ),
    'money, none': <MoneyField label="Paid" value={null} onChange={noop} />,
    date: (
      <Keep<string | null> start="2026-11-29">
        {(value, set) => <DateField label="Due" value={value} onChange={set} />}
      </Keep>
    ),
    'date, error': <DateField label="Sent" value="2026-12-01" onChange={noop} error="Sent cannot be in the future" />,
    tooth: (
      <Keep<string | null> start="8">{(value, set) => <ToothField label="Tooth" value={value} onChange={set} />}</Keep>
    ),
    phone: <Keep start="5555550100">{(value, set) => <PhoneField label="Phone" value={value} onChange={set} />}</Keep>,
    disabled: <MoneyField label="Allowed" disabled value={64_000} onChange={noop} />,
  },
  'SelectField, PickField, CheckField': {
    select: (
      <SelectField<'' | 'portal'>
        label="Channel"
        emptyLabel="Choose…"
        value=""
        onChange={noop}
        options={{ portal: 'Portal' }}
      />
    ),
    pick: (
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
    'pick, empty': <PickField label="Patient" options={[]} value={null} onChange={noop} placeholder="Type a name" />,
    check: <CheckField label="Signature on file" value onChange={noop} />,
    'check, disabled': <CheckField label="Accident" disabled value={false} onChange={noop} />,
    form: (
      <Form label="Example" onSubmit={noop}>
        <ToothField label="Tooth treated" value={null} onChange={noop} />
        <Button type="submit" variant="filled">
          Save
        </Button>
      </Form>
    ),
  },
  RadioKeys: {
    active: (
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
    answered: <RadioKeys question="Is the apex open?" options={APEX} value="open" onChange={noop} />,
    disabled: <RadioKeys disabled question="Is the apex closed?" options={APEX} value="closed" onChange={noop} />,
    long: <RadioKeys question={LONG} options={[{ value: 'a', label: LONG, key: 'a' }]} value={null} onChange={noop} />,
  },
  Odontogram: {
    'both dentitions, marks': (
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
  FileDrop: {
    ready: <FileDrop onFiles={noop} />,
    disabled: (
      <FileDrop disabled onFiles={noop}>
        Letters
      </FileDrop>
    ),
  },
}
