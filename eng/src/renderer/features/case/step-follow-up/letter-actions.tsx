// The letter on paper and the packet with its films: rendered by the host on letterhead, printed or saved.
import { useState } from 'react'
import { packetChannelOf } from '#core/packet/channel.ts'
import { useOutgoing } from '../../../lib/outgoing.tsx'
import { Button } from '../../../ui/button.tsx'
import { PacketDialog } from '../../../lib/packet.tsx'
import type { AppealData } from '../step-data.ts'

export function LetterActions({ appeal, keys, stale = false }: { appeal: AppealData; keys: boolean; stale?: boolean }) {
  const [packing, setPacking] = useState(false)
  const letter = useOutgoing({ kind: 'appeal-letter', id: appeal.id })
  return (
    <>
      <Button {...(keys && { shortcut: 'alt+p' })} onClick={letter.print} disabled={stale}>
        Print letter
      </Button>
      <Button {...(keys && { shortcut: 'alt+l' })} onClick={letter.savePdf} disabled={stale} loading={letter.isSaving}>
        Letter as PDF
      </Button>
      <Button {...(keys && { shortcut: 'alt+x' })} onClick={() => setPacking(true)} disabled={stale}>
        Packet…
      </Button>
      {letter.dialog}
      {packing && (
        <PacketDialog
          of={{ appealId: appeal.id }}
          channel={packetChannelOf(appeal.channel)}
          onClose={() => setPacking(false)}
        />
      )}
      {stale && <span className="cw-muted">Save first: the printout shows what is saved.</span>}
    </>
  )
}
