// Sign-in, lock and quick switch: pick who you are, type the password. What was typed before the lock is kept.
import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/client.ts'
import { explainSignIn } from '../../lib/explain-sign-in.ts'
import { invalidateTopics } from '../../lib/query.ts'
import type { KnownSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/fields.tsx'
import { Banner } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { EntryPage } from './entry-page.tsx'
import { PeopleList } from './people-list.tsx'
import { RecoverScreen } from './recover-screen.tsx'
import classes from './session.module.css'

export function SignInScreen({ session }: { session: KnownSession }) {
  const client = useQueryClient()
  const { users, lockedBy, officeName, demo } = session
  const [name, setName] = useState(() => users.find((user) => user.name === lockedBy)?.name ?? users[0]?.name ?? '')
  const [password, setPassword] = useState('')
  const [isRecovering, setRecovering] = useState(false)
  const signIn = useMutation({
    mutationFn: () => call('session.signIn', { name, password }),
    onError: () => setPassword(''),
    onSuccess: () => invalidateTopics(client, ['session']),
  })
  const leave = useMutation({
    mutationFn: () => call('demo.leave', {}),
    onSuccess: () => invalidateTopics(client, ['session']),
  })
  if (isRecovering) return <RecoverScreen session={session} onBack={() => setRecovering(false)} />

  return (
    <EntryPage
      title={lockedBy ? 'Locked' : 'Sign in'}
      lead={
        lockedBy
          ? `${lockedBy} was signed in. Open work is kept as it was.`
          : (officeName ?? 'Your office on this computer')
      }
      banner={
        demo && (
          <Banner tone="info" action={<Button onClick={() => leave.mutate()}>Leave demo</Button>}>
            <strong>Demo practice.</strong> Everybody here is invented.
          </Banner>
        )
      }
    >
      <Form busy={signIn.isPending} onSubmit={() => signIn.mutate()} label="Sign in">
        <PeopleList
          people={users}
          value={name}
          onChange={(next) => {
            setName(next)
            signIn.reset()
            document.querySelector<HTMLInputElement>('input[name=password]')?.focus()
          }}
        />
        <PasswordField
          label={`Password of ${name || 'the person above'}`}
          name="password"
          autoFocus
          value={password}
          onChange={setPassword}
          error={signIn.error ? explainSignIn(signIn.error) : undefined}
        />
        <Button type="submit" variant="filled" fullWidth loading={signIn.isPending}>
          {lockedBy === name ? 'Unlock' : 'Sign in'}
        </Button>
      </Form>
      <div className={classes.foot}>
        <button type="button" className="cw-link" onClick={() => setRecovering(true)}>
          Forgot the password? Use the recovery code
        </button>
      </div>
    </EntryPage>
  )
}
