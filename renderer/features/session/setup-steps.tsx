// The questions of set-up: office, address, numbers, first provider, login. Each checks only its own answers.
import type { ComponentType } from 'react'
import type { z } from 'zod'
import { Address, OfficeInput, ProviderInput } from '#core/office.ts'
import { TextField } from '../../ui/fields.tsx'
import { NewPassword, passwordProblem, type TwicePassword } from './new-password.tsx'

export interface SetupAnswers {
  office: OfficeInput
  provider: ProviderInput
  userName: string
  password: TwicePassword
}
/** Messages by path, as the host would name them: `office.npi`. */
export type Problems = Record<string, string>

export const emptyAnswers: SetupAnswers = {
  office: { name: '', address: { street: '', city: '', state: '', zip: '' }, phone: '', npi: '', taxId: '' },
  provider: { firstName: '', lastName: '', npi: '', license: '', taxonomy: '122300000X' },
  userName: '',
  password: { first: '', second: '' },
}

interface FieldsProps {
  answers: SetupAnswers
  onChange: (answers: SetupAnswers) => void
  problems: Problems
}
interface SetupStep {
  title: string
  lead: string
  skip?: boolean
  Fields: ComponentType<FieldsProps>
  /** The problems of this step: what its schema says, and those of the host that belong here. */
  check: (answers: SetupAnswers, fromHost: Problems) => Problems
}

function problemsOf(schema: z.ZodType, value: unknown, prefix: string): Problems {
  const result: Problems = {}
  for (const issue of schema.safeParse(value).error?.issues ?? []) {
    result[[prefix, ...issue.path].join('.')] ??= issue.message
  }
  return result
}

function only(problems: Problems, paths: readonly string[]): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([path]) => paths.includes(path)))
}

function OfficeName({ answers, onChange, problems }: FieldsProps) {
  return (
    <TextField
      label="Office name"
      autoFocus
      value={answers.office.name}
      onChange={(name) => onChange({ ...answers, office: { ...answers.office, name } })}
      error={problems['office.name']}
    />
  )
}

function OfficeAddress({ answers, onChange, problems }: FieldsProps) {
  const { address, phone } = answers.office
  const set = (part: Partial<Address>) =>
    onChange({ ...answers, office: { ...answers.office, address: { ...address, ...part } } })
  return (
    <>
      <TextField label="Street" autoFocus value={address.street} onChange={(street) => set({ street })} />
      <TextField label="City" value={address.city} onChange={(city) => set({ city })} />
      <div className="cw-fields">
        <TextField
          label="State"
          maxLength={2}
          placeholder="CA"
          value={address.state}
          onChange={(state) => set({ state: state.toUpperCase() })}
          error={problems['office.address.state']}
        />
        <TextField
          label="ZIP"
          inputMode="numeric"
          value={address.zip}
          onChange={(zip) => set({ zip })}
          error={problems['office.address.zip']}
        />
      </div>
      <TextField
        label="Phone"
        type="tel"
        placeholder="555-555-0100"
        value={phone}
        onChange={(next) => onChange({ ...answers, office: { ...answers.office, phone: next } })}
        error={problems['office.phone']}
      />
    </>
  )
}

function OfficeNumbers({ answers, onChange, problems }: FieldsProps) {
  const set = (part: Partial<OfficeInput>) => onChange({ ...answers, office: { ...answers.office, ...part } })
  return (
    <>
      <TextField
        label="Billing NPI"
        autoFocus
        inputMode="numeric"
        hint="10 digits; the last one is checked"
        value={answers.office.npi}
        onChange={(npi) => set({ npi })}
        error={problems['office.npi']}
      />
      <TextField
        label="Tax id (EIN)"
        inputMode="numeric"
        placeholder="12-3456789"
        value={answers.office.taxId}
        onChange={(taxId) => set({ taxId })}
        error={problems['office.taxId']}
      />
    </>
  )
}

function FirstProvider({ answers, onChange, problems }: FieldsProps) {
  const { provider } = answers
  const set = (part: Partial<ProviderInput>) => onChange({ ...answers, provider: { ...provider, ...part } })
  return (
    <>
      <div className="cw-fields">
        <TextField
          label="First name"
          autoFocus
          value={provider.firstName}
          onChange={(firstName) => set({ firstName })}
          error={problems['provider.firstName']}
        />
        <TextField
          label="Last name"
          value={provider.lastName}
          onChange={(lastName) => set({ lastName })}
          error={problems['provider.lastName']}
        />
      </div>
      <TextField
        label="NPI"
        inputMode="numeric"
        value={provider.npi}
        onChange={(npi) => set({ npi })}
        error={problems['provider.npi']}
      />
      <div className="cw-fields">
        <TextField label="License" value={provider.license} onChange={(license) => set({ license })} />
        <TextField
          label="Taxonomy"
          hint="122300000X dentist, 1223E0200X endodontist"
          value={provider.taxonomy}
          onChange={(taxonomy) => set({ taxonomy: taxonomy.toUpperCase() })}
          error={problems['provider.taxonomy']}
        />
      </div>
    </>
  )
}

function Login({ answers, onChange, problems }: FieldsProps) {
  return (
    <>
      <TextField
        label="Your name"
        hint="As it will stand beside what you do"
        autoFocus
        value={answers.userName}
        onChange={(userName) => onChange({ ...answers, userName })}
        error={problems['user.name']}
      />
      <NewPassword
        value={answers.password}
        onChange={(password) => onChange({ ...answers, password })}
        showProblem={'user.password' in problems}
      />
    </>
  )
}

const PROVIDER_PATHS = ['firstName', 'lastName', 'npi', 'taxonomy'].map((path) => `provider.${path}`)

export const SETUP_STEPS: readonly SetupStep[] = [
  {
    title: 'What is the office called?',
    lead: 'As it stands on letters and claims.',
    Fields: OfficeName,
    check: ({ office }, fromHost) =>
      only({ ...fromHost, ...problemsOf(OfficeInput, office, 'office') }, ['office.name']),
  },
  {
    title: 'Where is it?',
    lead: 'For letters and claims. You can leave fields empty and fill them in under Settings.',
    Fields: OfficeAddress,
    check: ({ office }, fromHost) =>
      only({ ...fromHost, ...problemsOf(OfficeInput, office, 'office') }, [
        'office.address.state',
        'office.address.zip',
        'office.phone',
      ]),
  },
  {
    title: 'Which numbers does it bill under?',
    lead: 'Needed before the first claim, not today.',
    Fields: OfficeNumbers,
    check: ({ office }, fromHost) =>
      only({ ...fromHost, ...problemsOf(OfficeInput, office, 'office') }, ['office.npi', 'office.taxId']),
  },
  {
    title: 'Who treats?',
    lead: 'The first dentist. More can be added at any time.',
    skip: true,
    Fields: FirstProvider,
    check: ({ provider }, fromHost) => {
      const isEmpty = !`${provider.firstName}${provider.lastName}${provider.npi}${provider.license}`.trim()
      const own = isEmpty ? {} : problemsOf(ProviderInput, provider, 'provider')
      return { ...only(fromHost, PROVIDER_PATHS), ...own }
    },
  },
  {
    title: 'And who are you?',
    lead: 'You will be the owner: you can add people and restore backups.',
    Fields: Login,
    check: ({ userName, password }, fromHost) => {
      const problem = passwordProblem(password)
      return {
        ...only(fromHost, ['user.name', 'user.password']),
        ...(userName.trim() ? {} : { 'user.name': 'Type your name' }),
        ...(problem ? { 'user.password': problem } : {}),
      }
    },
  },
]
