// The ways something leaves on paper or as a file, in one row: printed, as PDF, as a packet with its films, as an 837D file.
import { useState } from 'react'
import type { InputOf } from '#core/contract/index.ts'
import type { PacketOf } from '#core/contract/document.ts'
import type { PacketChannel } from '#core/packet/channel.ts'
import { Button } from '../../ui/button.tsx'
import { ExportDialog } from '../export-dialog.tsx'
import { useOutgoing } from '../outgoing.tsx'
import { PacketDialog } from '../packet.tsx'

interface PapersProps {
  letter: InputOf<'document.check'>
  /** What the paper is called on its buttons. */
  name: 'letter' | 'summary'
  packet?: { of: PacketOf; channel: PacketChannel }
  /** Ids of claims or requests that can go out as an 837D file. */
  file?: readonly string[]
  /** After the file is written: it counts as sent. */
  onExported?: () => void
  /** The first button gets the focus. */
  isAlone?: boolean
}

export function Papers({ letter, name, packet, file, onExported, isAlone = false }: PapersProps) {
  const [way, setWay] = useState<'packet' | 'file' | null>(null)
  const Name = name === 'letter' ? 'Letter' : 'Summary'
  const paper = useOutgoing(letter, `${Name} saved`)
  const close = () => setWay(null)
  return (
    <div className="cw-row">
      <Button shortcut="alt+p" onClick={paper.print} autoFocus={isAlone}>
        Print {name}
      </Button>
      <Button shortcut="alt+l" onClick={paper.savePdf} loading={paper.isSaving}>
        {Name} as PDF
      </Button>
      {packet && (
        <Button shortcut="alt+x" onClick={() => setWay('packet')}>
          Packet…
        </Button>
      )}
      {file && (
        <Button shortcut="alt+d" onClick={() => setWay('file')}>
          Export 837D…
        </Button>
      )}
      {paper.dialog}
      {packet && way === 'packet' && <PacketDialog {...packet} onClose={close} />}
      {file && way === 'file' && <ExportDialog ids={file} onClose={close} {...(onExported && { onExported })} />}
    </div>
  )
}
