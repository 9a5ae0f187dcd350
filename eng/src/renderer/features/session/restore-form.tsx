// Which backup, whose secret: the way back, on the first screen of a new PC and where the data cannot be opened.
import type { OutputOf } from '#core/contract/index.ts'
import { fileSize } from '#core/file-size.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/client.ts'
import { explainSignIn } from '../../lib/explain-sign-in.ts'
import { formatInstant } from '../../lib/format.ts'
import { explainError, invalidateTopics } from '../../lib/query.ts'
import { RESTORE_SECRET } from '../../lib/restore.ts'
import { useToday } from '../../lib/use-today.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { EmptyState } from '../../ui/states.tsx'
import classes from './entry-page.module.css'

type Backup = OutputOf<'backup.list'>['backups'][number] & { office?: string }

/** Backups of a folder that the person chose; null until then. */
function useChosenFolder() {
  return useMutation({
    mutationFn: async () => {
      const { folder } = await call('shell.chooseFolder', {})
      return folder === null ? null : call('backup.look', { folder })
    },
  })
}

interface RestoreFormProps {
  backups: readonly Backup[]
  /** The way on that is none: back, or another try to open. */
  other: { label: string; run: () => void }
}

const PLACES = { local: 'on this computer', second: 'in the second place' } as const

export function RestoreForm({ backups: known, other }: RestoreFormProps) {
  const client = useQueryClient()
  const today = useToday()
  const chosen = useChosenFolder()
  const folder = chosen.data?.folder ?? null
  const backups = (chosen.data?.backups ?? known).filter((backup) => backup.verified)
  const [picked, pick] = useState('')
  const id = backups.some((backup) => backup.id === picked) ? picked : (backups[0]?.id ?? '')
  const [secret, setSecret] = useState('')
  const restore = useMutation({
    mutationFn: () => call('backup.restore', { id, secret, folder }),
    onSuccess: () => invalidateTopics(client, ['session']),
  })
  const choose = (
    <Button loading={chosen.isPending} onClick={() => chosen.mutate()}>
      Choose a USB drive or folder
    </Button>
  )
  const problem = chosen.error && <Finding severity="block">{explainError(chosen.error)}</Finding>
  if (backups.length === 0)
    return (
      <>
        {problem}
        <EmptyState title="No verified backup was found" action={<Button onClick={other.run}>{other.label}</Button>}>
          Plug in the USB drive or disk with the backups and choose its folder. Nothing in the data folder has been
          changed.
        </EmptyState>
        <Actions>{choose}</Actions>
      </>
    )
  return (
    <Form label="Restore" busy={restore.isPending} onSubmit={() => restore.mutate()}>
      {problem}
      <Finding severity="info">Nothing is deleted: the current files are kept next to the restored ones.</Finding>
      <div role="radiogroup" aria-label="Backup to restore" className={classes.people}>
        {backups.map((backup) => (
          <button
            key={`${backup.place}${backup.id}`}
            type="button"
            role="radio"
            aria-checked={backup.id === id}
            className={classes.person}
            onClick={() => pick(backup.id)}
          >
            {formatInstant(backup.at, today)}
            <span className="cw-muted">
              {backup.office ?? PLACES[backup.place]}, {fileSize(backup.bytes)}
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
        <Button onClick={other.run}>{other.label}</Button>
        {choose}
        <Button type="submit" variant="filled" loading={restore.isPending} disabled={!secret}>
          Restore this backup
        </Button>
      </Actions>
    </Form>
  )
}
