// Backups: verified copies here and on a second place; one that is only on this disk does not survive the disk.
import { useState } from 'react'
import { fileSize } from '#core/file-size.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { explainSignIn } from '../../lib/explain-sign-in.ts'
import { countOf, formatInstant } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { RESTORE_SECRET } from '../../lib/restore.ts'
import { useCan } from '../../lib/session.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'

const REASONS = {
  manual: 'asked for',
  quit: 'at locking or closing',
  schedule: 'every four hours',
  'before-change': 'before a change to many cases',
  'before-migration': 'before an update',
  'before-restore': 'before a restore',
} as const

type Backup = OutputOf<'backup.list'>['backups'][number]

export function Backups() {
  const query = useRoute('backup.list', {})
  const canManage = useCan('manage')
  const [restoring, setRestoring] = useState<Backup | null>(null)
  const create = useCommand('backup.create', { done: 'Backup written and read back' })
  const setPlace = useCommand('backup.setSecondPlace', { done: 'Second place saved' })
  const choose = useCommand('shell.chooseFolder', { onSuccess: ({ folder }) => folder && setPlace.mutate({ folder }) })
  return (
    <Section
      title="Backups"
      actions={
        <Button onClick={() => create.mutate({})} loading={create.isPending}>
          Back up now
        </Button>
      }
    >
      <Answer query={query}>
        {(data) => (
          <>
            <div className="cw-row">
              <span>Second place: {data.secondPlace ?? 'none'}</span>
              {canManage && <Button onClick={() => choose.mutate({})}>Choose a folder on another disk</Button>}
            </div>
            {data.problem && <Finding severity="block">The last backup failed. {data.problem}</Finding>}
            {data.drill && <Drill drill={data.drill} />}
            {data.secondDrill && <Drill drill={data.secondDrill} from=" from the second place" />}
            {data.secondPlaceProblem && <Finding severity="warn">{data.secondPlaceProblem}</Finding>}
            {!data.lastOffDisk && !data.secondPlaceProblem && (
              <Finding severity="warn">
                There is no copy outside this disk. Choose a folder on a USB drive or the office server.
              </Finding>
            )}
            {data.backups.length === 0 && (
              <EmptyState title="No backup yet">
                One is written when the app is locked or closed, every four hours while something changes, and before an
                import, the posting of a file or a change to many cases.
              </EmptyState>
            )}
            <ul className="cw-stack">
              {data.backups.slice(0, 12).map((backup) => (
                <li key={`${backup.place}${backup.id}`} className="cw-row">
                  <span>{formatInstant(backup.at)}</span>
                  <span className="cw-muted">
                    {fileSize(backup.bytes)} · {backup.place === 'second' ? 'second place' : 'this computer'} ·{' '}
                    {REASONS[backup.reason]}
                    {backup.missing > 0 && ` · ${countOf(backup.missing, 'film')} missing`}
                  </span>
                  {canManage && (
                    <RowButton verb="Restore" of={formatInstant(backup.at)} onClick={() => setRestoring(backup)} />
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Answer>
      {restoring && <Restore backup={restoring} onClose={() => setRestoring(null)} />}
    </Section>
  )
}

/** Once a month the newest backup of each place is restored on trial. */
function Drill({ drill, from = '' }: { drill: NonNullable<OutputOf<'backup.list'>['drill']>; from?: string }) {
  const { at, rows, films, problem } = drill
  return (
    <Finding severity={problem ? 'block' : 'info'}>
      Restored on trial{from} {formatInstant(at)}:{' '}
      {problem ??
        `${countOf(rows, 'entry', 'entries')} of the audit trail and ${countOf(films, 'film')}, all as written.`}
      {problem && ' Back up now.'}
    </Finding>
  )
}

function Restore({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const [secret, setSecret] = useState('')
  const restore = useCommand('backup.restore', {
    expected: ['WRONG_PASSWORD', 'TOO_MANY_ATTEMPTS', 'DATA_DAMAGED', 'DATA_IN_USE', 'STORAGE'],
    onSuccess: onClose,
  })
  return (
    <Dialog open onClose={onClose} title={`Restore the backup of ${formatInstant(backup.at)}?`}>
      <Form onSubmit={() => restore.mutate({ id: backup.id, secret })} label="Restore" busy={restore.isPending}>
        <p>
          What was entered since goes into a backup named “before-restore” first. People and passwords stay as they are
          today. Then sign in again.
        </p>
        <PasswordField {...RESTORE_SECRET} value={secret} onChange={setSecret} autoFocus />
        {restore.error && <Finding severity="block">{explainSignIn(restore.error)}</Finding>}
        <Actions>
          <Button type="submit" variant="filled" tone="block" disabled={secret === ''} loading={restore.isPending}>
            Restore
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
