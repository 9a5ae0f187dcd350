// The letter on paper and the packet with its films: rendered by the host on letterhead, printed or saved.
import { useState } from 'react'
import { packetChannelOf } from '#core/packet/channel.ts'
import { useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { PacketDialog } from '../packet.tsx'
import type { AppealData } from './appeal.tsx'

interface LetterActionsProps {
  appeal: AppealData
  keys: boolean
  stale?: boolean
}

export function LetterActions({ appeal, keys, stale = false }: LetterActionsProps) {
  const [packing, setPacking] = useState(false)
  const pdf = useCommand('shell.savePdf', { done: ({ saved }) => (saved ? 'Letter saved' : '') })
  const print = useCommand('shell.print')
  const letter = { kind: 'appeal-letter' as const, id: appeal.id }
  return (
    <>
      <Button {...(keys && { shortcut: 'alt+p' })} onClick={() => print.mutate(letter)} disabled={stale}>
        Print letter
      </Button>
      <Button
        {...(keys && { shortcut: 'alt+l' })}
        onClick={() => pdf.mutate(letter)}
        disabled={stale}
        loading={pdf.isPending}
      >
        Letter as PDF
      </Button>
      <Button {...(keys && { shortcut: 'alt+k' })} onClick={() => setPacking(true)} disabled={stale}>
        Packet…
      </Button>
      {packing && (
        <PacketDialog
          of={{ appealId: appeal.id }}
          channel={packetChannelOf(appeal.channel)}
          onClose={() => setPacking(false)}
        />
      )}
      {stale && <span className="cw-muted">Save first: paper shows what is saved.</span>}
    </>
  )
}
