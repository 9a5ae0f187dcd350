// Data that cannot be opened: what is wrong, and the verified backups. There is no "start fresh" here.
import { useQueryClient } from '@tanstack/react-query'
import { invalidateTopics } from '../../lib/query.ts'
import type { KnownSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { EntryPage } from './entry-page.tsx'
import { RestoreForm } from './restore-form.tsx'

export function DamagedScreen({ session: { problem, appVersion } }: { session: KnownSession }) {
  const client = useQueryClient()
  const refresh = () => void invalidateTopics(client, ['session'])
  // An older backup would throw the newer work away: the newer app opens it.
  if (problem?.code === 'newer-schema')
    return (
      <EntryPage title="Update Claimwright" lead={problem.message}>
        <p>This is version {appVersion}. All data is as it was; install the version that the other computers have.</p>
        <Actions>
          <Button onClick={refresh}>Try to open again</Button>
        </Actions>
      </EntryPage>
    )
  return (
    <EntryPage title="The data cannot be opened" lead={problem?.message}>
      <RestoreForm backups={problem?.backups ?? []} other={{ label: 'Try to open again', run: refresh }} />
    </EntryPage>
  )
}
