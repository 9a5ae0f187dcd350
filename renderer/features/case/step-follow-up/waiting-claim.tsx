// A claim the payer has not decided, or may decide again: how long it waits, and the way to its EOB.
import { useState } from 'react'
import type { Claim } from '#core/claim/schema.ts'
import type { Coverage } from '#core/patient.ts'
import { dateAndDistance, formatMoney } from '../../../lib/format.ts'
import { useToday } from '../../../lib/today.ts'
import { Button } from '../../../ui/button.tsx'
import { channelPhrase } from '../channels.ts'
import { EobEntry } from './eob-entry.tsx'

interface WaitingClaimProps {
  claim: Claim
  coverages: readonly Coverage[]
  /** The claim has an EOB already; a reprocessed decision or a secondary payment follows. */
  again?: boolean
}

export function WaitingClaim({ claim, coverages, again = false }: WaitingClaimProps) {
  const today = useToday()
  const [open, setOpen] = useState(false)
  const coverage = coverages.find((one) => one.id === claim.coverageId)
  const payer = coverage ? { id: coverage.payerId, name: coverage.payerName } : null
  if (open) return <EobEntry claim={claim} payer={payer} onDone={() => setOpen(false)} />
  return (
    <div className="cw-row">
      {!again && claim.sentOn && (
        <span>
          Claim {claim.number}, {formatMoney(claim.totalCents)}, sent {dateAndDistance(claim.sentOn, today)}
          {channelPhrase(claim.channel)}. No answer yet.
        </span>
      )}
      <Button variant={again ? 'default' : 'filled'} shortcut={again ? 'alt+o' : 'enter'} onClick={() => setOpen(true)}>
        {again ? 'Enter another EOB' : 'Enter the EOB'}
      </Button>
    </div>
  )
}
