// First run: one question at a time, Back always works; nothing is written before the last answer.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/client.ts'
import { explainError, fieldErrors, invalidateTopics } from '../../lib/query.ts'
import type { KnownSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { BringScreen } from './bring-form.tsx'
import { EntryPage } from './entry-page.tsx'
import { passwordProblem } from './new-password.tsx'
import { RecoveryCodeStep } from './recovery-code-step.tsx'
import { RestoreForm } from './restore-form.tsx'
import classes from './entry-page.module.css'
import { emptyAnswers, SETUP_STEPS, type SetupAnswers, type Problems } from './setup-steps.tsx'

/** Questions plus the two sides of the recovery code, which count as one. */
const TOTAL = SETUP_STEPS.length + 1

export function SetupScreen({ session }: { session: KnownSession }) {
  const client = useQueryClient()
  const [at, setAt] = useState(-1)
  const [isRestoring, setRestoring] = useState(false)
  const [isBringing, setBringing] = useState(false)
  const [answers, setAnswers] = useState<SetupAnswers>(emptyAnswers)
  const [problems, setProblems] = useState<Problems>({})
  const refresh = () => invalidateTopics(client, ['session'])
  const setup = useMutation({
    mutationFn: () =>
      call('session.setup', {
        office: answers.office,
        provider: answers.provider.lastName.trim() ? answers.provider : null,
        user: { name: answers.userName, password: answers.password.first },
      }),
    onError: (error) => {
      const found = fieldErrors(error)
      setProblems(found)
      const step = SETUP_STEPS.findIndex(({ check }) =>
        Object.keys(found).some((path) => path in check(emptyAnswers, found)),
      )
      if (step >= 0) setAt(step)
    },
  })
  const demo = useMutation({ mutationFn: () => call('demo.open', {}), onSuccess: refresh })

  if (setup.data) {
    const progress = { at: TOTAL, of: TOTAL }
    return <RecoveryCodeStep code={setup.data.recoveryCode} officeName={answers.office.name} progress={progress} />
  }
  if (isBringing) return <BringScreen onBack={() => setBringing(false)} />
  if (isRestoring)
    return (
      <EntryPage
        title="Restore a backup"
        lead="For a new computer: plug in the USB drive or disk with the backups, choose its folder, and type the recovery code."
      >
        <RestoreForm backups={[]} other={{ label: 'Back', run: () => setRestoring(false) }} />
      </EntryPage>
    )
  const step = SETUP_STEPS[at]
  if (!step) {
    return (
      <EntryPage
        title="Set up this office"
        lead="Everything stays on this computer, encrypted. Nothing is sent anywhere. It takes about three minutes."
      >
        {demo.error && <Finding severity="block">{explainError(demo.error)}</Finding>}
        <div className="cw-stack">
          <Button variant="filled" autoFocus fullWidth onClick={() => setAt(0)}>
            Set up this office
          </Button>
          <Button fullWidth onClick={() => setRestoring(true)}>
            Restore a backup
          </Button>
          <Button fullWidth onClick={() => setBringing(true)}>
            Bring an export of Claimwright
          </Button>
          <Button fullWidth loading={demo.isPending} onClick={() => demo.mutate()}>
            Explore with a demo practice
          </Button>
        </div>
        <p className={classes.lead}>
          The demo practice is invented, lives in its own folder and is left with one click. Version{' '}
          {session.appVersion}.
        </p>
      </EntryPage>
    )
  }

  const isLast = at === SETUP_STEPS.length - 1
  function next(): void {
    const found = step!.check(answers, {})
    setProblems(found)
    if (Object.keys(found).length > 0) return
    if (!isLast) setAt(at + 1)
    else if (!passwordProblem(answers.password)) setup.mutate()
  }
  const { Fields } = step
  return (
    <EntryPage key={at} title={step.title} lead={step.lead} progress={{ at: at + 1, of: TOTAL }}>
      <Form label={step.title} busy={setup.isPending} onSubmit={next}>
        {setup.error && Object.keys(problems).length === 0 && (
          <Finding severity="block">{explainError(setup.error)}</Finding>
        )}
        <Fields answers={answers} onChange={setAnswers} problems={problems} />
        <Actions>
          <Button onClick={() => setAt(at - 1)}>Back</Button>
          {step.skip && (
            <Button
              onClick={() => {
                setAnswers({ ...answers, provider: emptyAnswers.provider })
                setAt(at + 1)
              }}
            >
              Skip for now
            </Button>
          )}
          <Button type="submit" variant="filled" loading={setup.isPending}>
            {isLast ? 'Create the office' : 'Continue'}
          </Button>
        </Actions>
      </Form>
    </EntryPage>
  )
}
