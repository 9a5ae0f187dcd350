// Sign-in, lock and quick switch: pick who you are, type the password, or the PIN of today. What was typed before the lock is kept.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { askFor } from '../../lib/cache.ts'
import { call } from '../../lib/client.ts'
import { useKeys } from '../../lib/keys.ts'
import type { KnownSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Banner } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { EntryPage } from './entry-page.tsx'
import { PeopleList } from './people-list.tsx'
import classes from './entry-page.module.css'

const RecoverScreen = lazy(async () => ({ default: (await import('./recover-screen.tsx')).RecoverScreen }))
const RestoredNote = lazy(async () => ({ default: (await import('./restored-note.tsx')).RestoredNote }))
const { queryKey } = askFor('session.status', {})

interface SignInScreenProps {
  session: KnownSession
  /** Somebody is signed in; the screen behind is drawn next. */
  onOpen: () => Promise<void>
}

export function SignInScreen({ session, onOpen }: SignInScreenProps) {
  const client = useQueryClient()
  const { users, lockedBy, officeName, demo, restored } = session
  const [name, setName] = useState(() => users.find((user) => user.name === lockedBy)?.name ?? users[0]?.name ?? '')
  const [password, setPassword] = useState('')
  const [isRecovering, setRecovering] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [wantsPassword, setWantsPassword] = useState(false)
  const chosen = users.find((user) => user.name === name)
  const byPin = chosen?.pin && !wantsPassword ? chosen : null
  const signIn = useMutation({
    mutationFn: () =>
      byPin ? call('session.signInByPin', { id: byPin.id, pin: password }) : call('session.signIn', { name, password }),
    onError: async (error) => {
      setPassword('')
      // The third wrong PIN ends it: from then on the password is asked for.
      if (byPin) void client.invalidateQueries({ queryKey })
      setProblem((await import('../../lib/explain-sign-in.ts')).explainSignIn(error))
    },
    // The host announces it too; what it has just answered need not be asked for.
    onSuccess: ({ user }) => {
      void onOpen()
      client.setQueryData<KnownSession>(queryKey, (now) => now && { ...now, state: 'open', user, lockedBy: null })
    },
  })
  function choose(next: string): void {
    setName(next)
    setPassword('')
    setProblem(undefined)
    setWantsPassword(false)
    document.querySelector<HTMLInputElement>('input[name=password]')?.focus()
  }
  const switching = users.filter((user) => user.pin)
  useKeys(
    switching.slice(0, 9).map((user, index) => ({
      combo: `alt+${index + 1}`,
      label: `${user.name}, by PIN`,
      run: () => choose(user.name),
    })),
  )
  const leave = useMutation({
    mutationFn: () => call('demo.leave', {}),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  })
  if (isRecovering)
    return (
      <Suspense>
        <RecoverScreen session={session} onBack={() => setRecovering(false)} />
      </Suspense>
    )

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
            <strong>Demo practice.</strong> Everyone here is fictional.
          </Banner>
        )
      }
    >
      <Suspense>{restored && <RestoredNote restored={restored} />}</Suspense>
      <Form busy={signIn.isPending} onSubmit={() => signIn.mutate()} label="Sign in">
        <PeopleList
          people={users}
          value={name}
          onChange={choose}
          keyOf={({ id }) => {
            const index = switching.findIndex((user) => user.id === id)
            return index >= 0 && index < 9 ? `alt+${index + 1}` : undefined
          }}
        />
        <PasswordField
          label={`${byPin ? 'PIN' : 'Password'} of ${name || 'the person above'}`}
          digits={byPin !== null}
          name="password"
          autoFocus
          value={password}
          onChange={setPassword}
          error={problem}
        />
        <Button type="submit" variant="filled" fullWidth loading={signIn.isPending}>
          {lockedBy === name ? 'Unlock' : 'Sign in'}
        </Button>
      </Form>
      <div className={classes.foot}>
        {byPin && (
          <p>
            <button type="button" className="cw-link" onClick={() => setWantsPassword(true)}>
              Use the password instead
            </button>
          </p>
        )}
        <button type="button" className="cw-link" onClick={() => setRecovering(true)}>
          Forgot the password? Use the recovery code
        </button>
      </div>
    </EntryPage>
  )
}
