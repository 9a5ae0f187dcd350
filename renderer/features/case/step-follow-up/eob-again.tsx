// A second EOB on the same claim: a reprocessed decision, a secondary payment, a takeback.
import { useState } from 'react'
import type { Claim } from '#core/claim/schema.ts'
import { Button } from '../../../ui/button.tsx'
import { EobEntry } from './eob-entry.tsx'

export function EobAgain({ claim }: { claim: Claim }) {
  const [open, setOpen] = useState(false)
  if (open) return <EobEntry claim={claim} />
  return (
    <div className="cw-row">
      <Button shortcut="alt+o" onClick={() => setOpen(true)}>
        Enter another EOB for this claim
      </Button>
    </div>
  )
}
