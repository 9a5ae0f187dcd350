// A letter on its way out: what is still blank or at $0.00 is named first, and goes only with a reason.
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { InputOf } from '#core/contract/index.ts'
import { ConfirmWithReason } from '../ui/dialog.tsx'
import { call } from './client.ts'
import { reportError, useCommand } from './query.ts'

interface Asked {
  /** What stands open, in sentences. */
  open: readonly string[]
  /** The button that lets it go. */
  label: string
  go: (reason: string) => void
}

export interface OutgoingLetter {
  print: () => void
  savePdf: () => void
  isSaving: boolean
  /** Any other way out: asks first where something stands open. */
  leave: (label: string, go: (reason: string) => void) => void
  /** Put it where the buttons are. */
  dialog: ReactNode
}

/** Print, PDF and other ways out of one letter. */
export function useOutgoing(letter: InputOf<'document.check'>, saved = 'Letter saved'): OutgoingLetter {
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const printing = useCommand('shell.print')
  const saving = useCommand('shell.savePdf', { done: (output) => (output.saved ? saved : '') })
  async function check(label: string, go: (reason: string) => void): Promise<void> {
    try {
      const { open } = await call('document.check', letter)
      if (open.length === 0) go('')
      else setAsked({ open, label, go })
    } catch (error) {
      reportError(client, error)
    }
  }
  const leave = (label: string, go: (reason: string) => void) => void check(label, go)
  const request = (reason: string) => ({ ...letter, ...(reason && { reason }) })
  return {
    print: () => leave('Print anyway', (reason) => printing.mutate(request(reason))),
    savePdf: () => leave('Save anyway', (reason) => saving.mutate(request(reason))),
    isSaving: saving.isPending,
    leave,
    dialog: (
      <ConfirmWithReason
        open={asked !== null}
        onClose={() => setAsked(null)}
        title="Not finished yet"
        reasonLabel="Reason for sending it as it is"
        confirmLabel={asked?.label ?? ''}
        onConfirm={(reason) => {
          asked?.go(reason)
          setAsked(null)
        }}
      >
        {asked?.open.join(' ')}
      </ConfirmWithReason>
    ),
  }
}
