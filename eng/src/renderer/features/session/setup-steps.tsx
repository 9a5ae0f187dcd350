// The questions of set-up: office, address, numbers, first provider, login. Each checks only its own answers.
import type { ComponentType } from 'react'
import type { z } from 'zod'
import { OfficeInput, ProviderInput } from '#core/office.ts'
import { partsOf } from '../../ui/field-props.ts'
import { PhoneField, TextField } from '../../ui/fields.tsx'
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

/** Binds fields to the parts of one answer, with what is wrong at `office.npi`. */
function answersOf<T extends object>(path: string, value: T, change: (next: T) => void, problems: Problems) {
  const of = partsOf(value, (part) => change({ ...value, ...part }))
  return <Key extends keyof T & string>(key: Key) => ({ ...of(key), error: problems[`${path}.${key}`] })
}
const officeOf = ({ answers, onChange, problems }: FieldsProps) =>
  answersOf('office', answers.office, (office) => onChange({ ...answers, office }), problems)

function OfficeName(props: FieldsProps) {
  return <TextField label="Office name" autoFocus {...officeOf(props)('name')} />
}

function OfficeAddress(props: FieldsProps) {
  const office = officeOf(props)
  const { value, onChange } = office('address')
  const address = answersOf('office.address', value, onChange, props.problems)
  return (
    <>
      <TextField label="Street" autoFocus {...address('street')} />
      <TextField label="City" {...address('city')} />
      <div className="cw-fields">
        <TextField
          label="State"
          maxLength={2}
          {...address('state')}
          onChange={(state) => onChange({ ...value, state: state.toUpperCase() })}
        />
        <TextField label="ZIP" inputMode="numeric" {...address('zip')} />
      </div>
      <PhoneField label="Phone" {...office('phone')} />
    </>
  )
}

function OfficeNumbers(props: FieldsProps) {
  const office = officeOf(props)
  return (
    <>
      <TextField
        label="Billing NPI"
        autoFocus
        inputMode="numeric"
        hint="10 digits; the last one is checked"
        {...office('npi')}
      />
      <TextField label="Tax ID (EIN)" hint="Nine digits" inputMode="numeric" {...office('taxId')} />
    </>
  )
}

function FirstProvider({ answers, onChange, problems }: FieldsProps) {
  const set = (provider: ProviderInput) => onChange({ ...answers, provider })
  const provider = answersOf('provider', answers.provider, set, problems)
  return (
    <>
      <div className="cw-fields">
        <TextField label="First name" autoFocus {...provider('firstName')} />
        <TextField label="Last name" {...provider('lastName')} />
      </div>
      <TextField label="NPI" inputMode="numeric" {...provider('npi')} />
      <div className="cw-fields">
        <TextField label="License" {...provider('license')} />
        <TextField
          label="Taxonomy"
          hint="122300000X dentist, 1223E0200X endodontist"
          {...provider('taxonomy')}
          onChange={(taxonomy) => set({ ...answers.provider, taxonomy: taxonomy.toUpperCase() })}
        />
      </div>
    </>
  )
}

function Login({ answers, onChange, problems }: FieldsProps) {
  const of = partsOf(answers, (part) => onChange({ ...answers, ...part }))
  return (
    <>
      <TextField
        label="Your name"
        hint="As it will appear next to what you do"
        autoFocus
        {...of('userName')}
        error={problems['user.name']}
      />
      <NewPassword {...of('password')} showProblem={'user.password' in problems} />
    </>
  )
}

/** The check of a step that asks for these parts of the office. */
function officeCheck(...parts: readonly string[]): SetupStep['check'] {
  const paths = parts.map((part) => `office.${part}`)
  return ({ office }, fromHost) => only({ ...fromHost, ...problemsOf(OfficeInput, office, 'office') }, paths)
}

const PROVIDER_PATHS = ['firstName', 'lastName', 'npi', 'taxonomy'].map((path) => `provider.${path}`)

export const SETUP_STEPS: readonly SetupStep[] = [
  {
    title: 'What is the office called?',
    lead: 'As it appears on letters and claims.',
    Fields: OfficeName,
    check: officeCheck('name'),
  },
  {
    title: 'Where is it?',
    lead: 'For letters and claims. You can leave fields empty and fill them in under Settings.',
    Fields: OfficeAddress,
    check: officeCheck('address.state', 'address.zip', 'phone'),
  },
  {
    title: 'Which numbers does it bill under?',
    lead: 'Needed before the first claim, not today.',
    Fields: OfficeNumbers,
    check: officeCheck('npi', 'taxId'),
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
