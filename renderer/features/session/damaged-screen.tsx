// Data that cannot be opened: what is wrong, and the verified backups. There is no "start fresh" here.
import { fileSize } from '#core/file-size.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/client.ts'
import { explainSignIn } from '../../lib/explain-sign-in.ts'
import { formatInstant } from '../../lib/format.ts'
import { invalidateTopics } from '../../lib/query.ts'
import { RESTORE_SECRET, tellRestored } from '../../lib/restore.ts'
import type { KnownSession } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { EntryPage } from './entry-page.tsx'
import classes from './entry-page.module.css'

const PLACES = { local: 'on this computer', second: 'in the second place' } as const

export function DamagedScreen({ session }: { session: KnownSession }) {
  const client = useQueryClient()
  const today = useToday()
  const backups = (session.problem?.backups ?? []).filter((backup) => backup.verified)
  const [id, setId] = useState(backups[0]?.id ?? '')
  const [secret, setSecret] = useState('')
  const refresh = () => invalidateTopics(client, ['session'])
  const restore = useMutation({
    mutationFn: () => call('backup.restore', { id, secret }),
    onSuccess: (answer) => {
      tellRestored(answer)
      return refresh()
    },
  })
  return (
    <EntryPage title="The data cannot be opened" lead={session.problem?.message}>
      {backups.length === 0 ? (
        <EmptyState
          title="No verified backup was found"
          action={<Button onClick={() => void refresh()}>Look again</Button>}
        >
          Connect the disk with the second copy, or bring the backups folder back, then look again. Nothing in the data
          folder has been changed.
        </EmptyState>
      ) : (
        <Form label="Restore" busy={restore.isPending} onSubmit={() => restore.mutate()}>
          <Finding severity="info">
            Nothing is thrown away: the present files are kept beside the restored ones.
          </Finding>
          <div role="radiogroup" aria-label="Backup to restore" className={classes.people}>
            {backups.map((backup) => (
              <button
                key={backup.id}
                type="button"
                role="radio"
                aria-checked={backup.id === id}
                className={classes.person}
                onClick={() => setId(backup.id)}
              >
                {formatInstant(backup.at, today)}
                <span className="cw-muted">
                  {PLACES[backup.place]}, {fileSize(backup.bytes)}
                </span>
              </button>
            ))}
          </div>
          <PasswordField
            {...RESTORE_SECRET}
            autoFocus
            value={secret}
            onChange={setSecret}
            error={restore.error ? explainSignIn(restore.error) : undefined}
          />
          <Actions>
            <Button onClick={() => void refresh()}>Try to open again</Button>
            <Button type="submit" variant="filled" loading={restore.isPending} disabled={!secret}>
              Restore this backup
            </Button>
          </Actions>
        </Form>
      )}
    </EntryPage>
  )
}
