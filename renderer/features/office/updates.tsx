// Newer versions of Claimwright: looked for only when an owner asks, installed only when an owner presses.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { ADDRESS_PROBLEM, updateAddress } from '#core/update/address.ts'
import { PageForm, useCommandForm } from '../../lib/command-form.tsx'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

type Settings = OutputOf<'setting.get'>
type Found = OutputOf<'shell.findUpdate'>

export function Updates() {
  const settings = useRoute('setting.get', {})
  const { appVersion } = useSession()
  return (
    <Section title="Updates" note={`This is version ${appVersion}`}>
      <Answer query={settings}>
        {(data) => (
          <>
            <Address key={JSON.stringify(data)} settings={data} />
            <Look on={data.updates.on} />
          </>
        )}
      </Answer>
    </Section>
  )
}

function Address({ settings }: { settings: Settings }) {
  const { field, ...form } = useCommandForm('setting.set', {
    scope: null,
    start: settings.updates,
    at: 'updates',
    done: 'Updates saved',
  })
  const { on, address } = form.values
  const isFit = !on || updateAddress(address) !== null
  return (
    <PageForm
      form={form}
      label="Updates"
      onSave={() => form.send(isFit && { ...settings, updates: form.values })}
      save="Save address"
    >
      <CheckField
        label="Look for updates at an address"
        {...field('on')}
        hint="While this is off, Claimwright opens no connection. While it is on, only to this address, and only when you check"
      />
      <TextField
        label="Update address"
        {...field('address', !isFit && ADDRESS_PROBLEM)}
        hint="https://…, or http:// for a computer in the office’s network"
      />
    </PageForm>
  )
}

function Look({ on }: { on: boolean }) {
  const state = useRoute('shell.updateState', {})
  const [found, setFound] = useState<Found | null>(null)
  const find = useCommand('shell.findUpdate', { expected: ['FILE_REJECTED'], onSuccess: setFound })
  const choose = useCommand('shell.chooseFolder', { onSuccess: ({ folder }) => folder && look(folder) })
  const look = (folder: string | null) => {
    setFound(null)
    find.mutate({ folder })
  }
  if (state.isPending) return null
  // The browser preview has no shell to ask.
  if (!state.data?.updatesItself)
    return (
      <Finding severity="info">
        This copy does not update itself. Install the new version over it: what the office entered stays.
      </Finding>
    )
  return (
    <>
      <div className="cw-row">
        <Button onClick={() => look(null)} disabled={!on} loading={find.isPending}>
          Check now
        </Button>
        <Button onClick={() => choose.mutate({})} disabled={find.isPending}>
          Import an update file
        </Button>
      </div>
      <div role="status">
        {find.error && <Finding severity="warn">{explainError(find.error)}</Finding>}
        {found && found.version === null && <Finding severity="info">This is the newest version.</Finding>}
      </div>
      {found && found.version !== null && <Ready version={found.version} notes={found.notes} />}
    </>
  )
}

function Ready({ version, notes }: { version: string; notes: string }) {
  const [isAsking, setAsking] = useState(false)
  const install = useCommand('shell.installUpdate')
  return (
    <div className="cw-stack" role="group" aria-label={`Version ${version}`}>
      <Finding severity="info">Version {version} is ready. Its signature was checked.</Finding>
      {notes && <pre style={{ whiteSpace: 'pre-wrap', font: 'inherit' }}>{notes}</pre>}
      <div className="cw-row">
        <Button variant="filled" onClick={() => setAsking(true)}>
          Install and restart
        </Button>
      </div>
      <Dialog open={isAsking} onClose={() => setAsking(false)} title={`Install version ${version} now?`}>
        <p>
          A backup is written first. Then all windows of Claimwright close, and the new version opens. What was typed
          and not saved yet is kept as a draft.
        </p>
        <Actions>
          <Button variant="filled" onClick={() => install.mutate({})} loading={install.isPending}>
            Back up, install and restart
          </Button>
        </Actions>
      </Dialog>
    </div>
  )
}
