// Two steps: look at what a file holds, then keep it. Nothing is written before; nothing is posted here.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { MOST_ERA_TEXT } from '#core/contract/remittance.ts'
import { countOf } from '../../lib/format.ts'
import { Progress } from '../../lib/progress.tsx'
import { explainError, useCommand } from '../../lib/query.ts'
import { readText } from '../../lib/read-text.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Finding } from '../../ui/finding.tsx'
import { EraPreview } from './era-preview.tsx'

/** Nobody looks at more before importing. */
const LISTED = 2000

export function RemittanceImportDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [refused, setRefused] = useState('')
  const preview = useCommand('era.preview', { expected: ['FILE_REJECTED', 'INVALID_INPUT'] })
  const run = useCommand('era.import', {
    done: ({ payments, claims }) => `${countOf(payments.length, 'payment')} with ${countOf(claims, 'claim')} imported`,
    expected: ['FILE_REJECTED', 'REFUSED'],
    onSuccess: ({ payments }) => {
      onClose()
      if (payments.length === 1) go(paths.remittance(payments[0]!))
    },
  })
  async function open([file]: readonly File[]): Promise<void> {
    if (!file) return
    setRefused('')
    run.reset()
    const content = await readText(file).catch(() => null)
    if (content === null) setRefused('The file cannot be read. Check that it is still there.')
    else {
      setText(content)
      preview.mutate({ text: content, limit: LISTED })
    }
  }
  const data = preview.data
  const fresh = data?.payments.filter((payment) => payment.importedOn === null) ?? []
  return (
    <Dialog open onClose={onClose} title="Import a remittance file" size="90%">
      {!data && (
        <>
          <p>An 835 from the download folder of the clearinghouse or payer. You look at it first; nothing is posted.</p>
          <FileDrop
            isFocused
            accept=".835,.edi,.era,.txt,.dat,.x12,.rmt"
            takes="835, EDI, ERA, TXT"
            multiple={false}
            most={MOST_ERA_TEXT}
            shortcut="f"
            disabled={preview.isPending}
            onFiles={(files) => void open(files)}
          >
            Remittance file (835)
          </FileDrop>
          {preview.isPending && <p role="status">Reading the file…</p>}
        </>
      )}
      {refused && <Finding severity="warn">{refused}</Finding>}
      {preview.error && <Finding severity="warn">{explainError(preview.error)}</Finding>}
      {data && (
        <>
          <EraPreview preview={data} />
          {run.error && <Finding severity="warn">{explainError(run.error)}</Finding>}
          {run.isPending ? (
            <Progress label="Importing" />
          ) : (
            <Actions>
              <Button autoFocus={fresh.length === 0} onClick={() => preview.reset()}>
                Another file
              </Button>
              {fresh.length > 0 && (
                <Button variant="filled" autoFocus shortcut="mod+enter" onClick={() => run.mutate({ text })}>
                  {`Import ${countOf(fresh.length, 'payment')}`}
                </Button>
              )}
            </Actions>
          )}
        </>
      )}
    </Dialog>
  )
}
