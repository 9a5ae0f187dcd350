// The way in without a password: the recovery code from set-up opens the data and sets a new password.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/client.ts'
import { explainSignIn } from '../../lib/explain-sign-in.ts'
import { invalidateTopics } from '../../lib/query.ts'
import type { KnownSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { EntryPage } from './entry-page.tsx'
import { NewPassword, passwordProblem } from './new-password.tsx'

export function RecoverScreen({ session, onBack }: { session: KnownSession; onBack: () => void }) {
  const client = useQueryClient()
  const [recoveryCode, setCode] = useState('')
  const [name, setName] = useState(session.users[0]?.name ?? '')
  const [password, setPassword] = useState({ first: '', second: '' })
  const [asked, setAsked] = useState(false)
  const recover = useMutation({
    mutationFn: () => call('session.recover', { recoveryCode, name, newPassword: password.first }),
    onSuccess: () => invalidateTopics(client, ['session']),
  })
  return (
    <EntryPage
      title="Recovery code"
      lead="The code that was printed when this office was set up. Dashes and case do not matter."
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
            Open and set password
          </Button>
        </Actions>
      </Form>
    </EntryPage>
  )
}
