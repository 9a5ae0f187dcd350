// Everything the office entered, as plain files: for another system, or for this one somewhere else.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf } from '../../lib/format.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { Progress } from '../../lib/progress.tsx'
import { useCommand } from '../../lib/query.ts'
import { useSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Section } from '../../ui/page.tsx'
import { PasswordField } from '../../ui/password-field.tsx'

export function ExportEverything() {
  const { demo } = useSession()
  const [folder, setFolder] = useState<string | null>(null)
  const [done, setDone] = useState<OutputOf<'session.leave'> | null>(null)
  const choose = useCommand('shell.chooseFolder', { onSuccess: (answer) => setFolder(answer.folder) })
  return (
    <Section title="Export everything">
      <p>
        All that the office entered, as tables for a spreadsheet, films as files, and a README that explains them to
        anybody. Claimwright brings such an export back on its first screen.
      </p>
      {demo && <p className="cw-muted">The demo practice is invented: there is nothing to take along.</p>}
      {done && (
        <Finding severity={done.missing > 0 ? 'warn' : 'info'}>
          {`${done.name} is written and read back: ${countOf(done.rows, 'row')} in ${countOf(done.tables, 'table')}, ${countOf(done.files, 'film and file', 'films and files')}.`}
          {done.missing > 0 && ` ${countOf(done.missing, 'film')} could not be read here; README.txt names them.`}
        </Finding>
      )}
      <div>
        <Button disabled={demo} loading={choose.isPending} onClick={() => choose.mutate({})}>
          Choose a folder and export
        </Button>
      </div>
      {folder !== null && <ExportDialog folder={folder} onClose={() => setFolder(null)} onDone={setDone} />}
    </Section>
  )
}

interface ExportDialogProps {
  folder: string
  onClose: () => void
  onDone: (done: OutputOf<'session.leave'>) => void
}

function ExportDialog({ folder, onClose, onDone }: ExportDialogProps) {
  const { field, ...form } = useCommandForm('session.leave', {
    scope: null,
    start: { password: '' },
    onSuccess: (done) => {
      onDone(done)
      onClose()
    },
  })
  const { password } = form.values
  return (
    <FormDialog
      form={form}
      title="Export everything the office entered"
      onClose={onClose}
      onSave={() => form.send({ folder, password })}
      save="Export"
      disabled={password === ''}
    >
      <Finding severity="warn">
        The export is not encrypted: whoever has the folder reads every patient in it. Keep it as you keep paper charts,
        and delete it once nobody needs it any more.
      </Finding>
      <p>{`It goes into a new folder inside ${folder}.`}</p>
      <PasswordField label="Your password" {...field('password')} autoFocus />
      {form.busy && <Progress label="Exporting" />}
    </FormDialog>
  )
}
