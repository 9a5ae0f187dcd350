// A new password, typed twice.
import { partsOf } from '../../ui/field-props.ts'
import { PasswordField } from '../../ui/password-field.tsx'

export interface TwicePassword {
  first: string
  second: string
}
/** As the host: a secret that alone opens the data (security.md C). */
const MIN = 15

/** What is wrong with it, or undefined. The host has the last word (WEAK_PASSWORD). */
export function passwordProblem({ first, second }: TwicePassword): string | undefined {
  if (first.length < MIN) return `At least ${MIN} characters; three or four unrelated words are good`
  return first === second ? undefined : 'The two do not match'
}

interface NewPasswordProps {
  value: TwicePassword
  onChange: (value: TwicePassword) => void
  showProblem: boolean
  autoFocus?: boolean
}

export function NewPassword({ value, onChange, showProblem, autoFocus = false }: NewPasswordProps) {
  const problem = showProblem ? passwordProblem(value) : undefined
  const isShort = value.first.length < MIN
  const of = partsOf(value, (part) => onChange({ ...value, ...part }))
  return (
    <>
      <PasswordField
        label="New password"
        fresh
        autoFocus={autoFocus}
        hint={`At least ${MIN} characters; three or four unrelated words are good.`}
        {...of('first')}
        error={isShort ? problem : undefined}
      />
      <PasswordField label="New password again" fresh {...of('second')} error={isShort ? undefined : problem} />
    </>
  )
}
