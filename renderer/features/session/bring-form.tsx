// An export of Claimwright becomes this computer’s office: its folder, then who brings it.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/client.ts'
import { Progress } from '../../lib/progress.tsx'
import { explainError, fieldErrors } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { EntryPage } from './entry-page.tsx'
import { NewPassword, passwordProblem } from './new-password.tsx'
import { RecoveryCodeStep } from './recovery-code-step.tsx'

export function BringScreen({ onBack }: { onBack: () => void }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState({ first: '', second: '' })
  const [isAsked, setAsked] = useState(false)
  const chosen = useMutation({ mutationFn: () => call('shell.chooseFolder', {}) })
  const folder = chosen.data?.folder ?? null
  const bring = useMutation({
    mutationFn: () => call('session.bring', { folder: folder!, user: { name, password: password.first } }),
  })
  if (bring.data) return <RecoveryCodeStep code={bring.data.recoveryCode} officeName={bring.data.officeName} />
  const problems = fieldErrors(bring.error)
  const isElsewhere = bring.error && Object.keys(problems).length === 0
  const choose = (
    <Button {...(folder === null && { variant: 'filled', autoFocus: true })} onClick={() => chosen.mutate()}>
      {folder === null ? 'Choose the folder of the export' : 'Choose another folder'}
    </Button>
  )
  return (
    <EntryPage
      title="Bring an export of Claimwright"
      lead="Every file is compared with the export’s own list first. Passwords do not travel: you become the owner, and let the others in again under Settings → People."
    >
      {chosen.error && <Finding severity="block">{explainError(chosen.error)}</Finding>}
      {folder === null ? (
        <Actions>
          <Button onClick={onBack}>Back</Button>
          {choose}
        </Actions>
      ) : (
        <Form
          label="Bring an export"
          busy={bring.isPending}
          onSubmit={() => {
            setAsked(true)
            if (name.trim() && !passwordProblem(password)) bring.mutate()
          }}
        >
          {isElsewhere && <Finding severity="block">{explainError(bring.error)}</Finding>}
          <p>{folder}</p>
          <TextField
            label="Your name"
            hint="An owner of that office keeps their work under the name they had there"
            autoFocus
            value={name}
            onChange={setName}
            error={problems['user.name'] ?? (isAsked && !name.trim() ? 'Type your name' : undefined)}
          />
          <NewPassword value={password} onChange={setPassword} showProblem={isAsked} />
          {bring.isPending && <Progress label="Bringing" />}
          <Actions>
            <Button onClick={onBack}>Back</Button>
            {choose}
            <Button type="submit" variant="filled" loading={bring.isPending}>
              Bring it here
            </Button>
          </Actions>
        </Form>
      )}
    </EntryPage>
  )
}
