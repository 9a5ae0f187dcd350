// The recovery code: shown once, printed, typed back, because nobody else can open the data.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/client.ts'
import { explainError, invalidateTopics } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { PrintView } from '../../ui/print-view.tsx'
import { EntryPage } from './entry-page.tsx'
import classes from './entry-page.module.css'

interface RecoveryCodeStepProps {
  code: string
  officeName: string
  progress?: { at: number; of: number }
  /** Another way on than the paper: the code before it stays. */
  onBack?: () => void
}

/** Two sides: the code, then the code typed back. Going back to look is always possible. */
export function RecoveryCodeStep({ code, officeName, progress, onBack }: RecoveryCodeStepProps) {
  const client = useQueryClient()
  const [isTyping, setTyping] = useState(false)
  const [typed, setTyped] = useState('')
  const confirm = useMutation({
    mutationFn: () => call('session.confirmRecovery', { recoveryCode: typed }),
    onSuccess: () => invalidateTopics(client, ['session']),
  })
  if (!isTyping) {
    return (
      <EntryPage
        title="Your recovery code"
        lead="It opens the data when every password is forgotten. There is no other way in: print it or write it down, and keep it away from this computer."
        {...(progress && { progress })}
      >
        <div data-recovery-code className={classes.code}>
          {code.split('-').map((group, at, all) => (
            // Groups of one size, in rows of equal length: easily read from paper and back.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at}>{at < all.length - 1 ? `${group}-` : group}</span>
          ))}
        </div>
        <Actions>
          {onBack && <Button onClick={onBack}>Back</Button>}
          <Button onClick={() => window.print()}>Print</Button>
          <Button variant="filled" autoFocus onClick={() => setTyping(true)}>
            I have it on paper
          </Button>
        </Actions>
        <PrintView>
          <h1>Claimwright recovery code</h1>
          <p>{officeName}</p>
          <p style={{ fontFamily: 'monospace', fontSize: '16pt' }}>{code}</p>
          <p>
            Opens the office’s data when every password is forgotten. Keep it away from the computer, as you would a
            key.
          </p>
        </PrintView>
      </EntryPage>
    )
  }
  return (
    <EntryPage
      title="Type the code from the paper"
      lead="Spaces, dashes and case do not matter."
      {...(progress && { progress })}
    >
      <Form label="Recovery code" busy={confirm.isPending} onSubmit={() => confirm.mutate()}>
        <TextField
          label="Recovery code"
          autoFocus
          value={typed}
          onChange={setTyped}
          error={confirm.error ? explainError(confirm.error) : undefined}
        />
        <Actions>
          <Button onClick={() => setTyping(false)}>Back</Button>
          <Button type="submit" variant="filled" loading={confirm.isPending}>
            Finish
          </Button>
        </Actions>
      </Form>
    </EntryPage>
  )
}
