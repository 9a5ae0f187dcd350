// The way in without a password: the recovery code sets a new one, and the next code is shown and typed back.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/client.ts'
import { explainSignIn } from '../../lib/explain-sign-in.ts'
import type { KnownSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { EntryPage } from './entry-page.tsx'
import { NewPassword, passwordProblem } from './new-password.tsx'
import { RecoveryCodeStep } from './recovery-code-step.tsx'

export function RecoverScreen({ session, onBack }: { session: KnownSession; onBack: () => void }) {
  const [recoveryCode, setCode] = useState('')
  const [name, setName] = useState(session.users[0]?.name ?? '')
  const [password, setPassword] = useState({ first: '', second: '' })
  const [asked, setAsked] = useState(false)
  const recover = useMutation({
    mutationFn: () => call('session.recover', { recoveryCode, name, newPassword: password.first }),
  })
  if (recover.data)
    return <RecoveryCodeStep code={recover.data.recoveryCode} officeName={session.officeName ?? ''} onBack={onBack} />
  return (
    <EntryPage
      title="Recovery code"
      lead="The newest one that was printed. It works once: a new one is shown next. Dashes and case do not matter."
    >
      <Form
        label="Recover"
        busy={recover.isPending}
        onSubmit={() => {
          setAsked(true)
          if (recoveryCode.trim() && !passwordProblem(password)) recover.mutate()
        }}
      >
        {recover.error && <Finding severity="block">{explainSignIn(recover.error)}</Finding>}
        <TextField
          label="Recovery code"
          autoFocus
          value={recoveryCode}
          onChange={setCode}
          error={asked && !recoveryCode.trim() ? 'Type the recovery code' : undefined}
        />
        <SelectField
          label="Set a new password for"
          value={name}
          onChange={setName}
          options={session.users.map((user) => ({ value: user.name, label: user.name }))}
        />
        <NewPassword value={password} onChange={setPassword} showProblem={asked} />
        <Actions>
          <Button onClick={onBack}>Back</Button>
          <Button type="submit" variant="filled" loading={recover.isPending}>
            Set password
          </Button>
        </Actions>
      </Form>
    </EntryPage>
  )
}
