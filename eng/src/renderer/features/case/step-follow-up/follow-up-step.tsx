// The Follow-up step: what the payer decided, what to do about it, the appeal and its outcome.
import { useState } from 'react'
import type { Claim } from '#core/claim/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { dateAndDistance, formatMoney } from '../../../lib/format.ts'
import { useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { Answer, EmptyState } from '../../../ui/states.tsx'
import { channelPhrase } from '../../../lib/channels.ts'
import { Contest } from './contest.tsx'
import { OpenMoney } from './open-money.tsx'
import { EobEntry } from './eob-entry.tsx'
import { PostedEob } from './posted-eob.tsx'

export default function FollowUpStep({ caseView }: { caseView: CaseView }) {
  const canWork = useCan('work')
  const claims = useRoute('claim.forCase', { caseId: caseView.id })
  const decided = useRoute('remittance.forCase', { caseId: caseView.id })
  return (
    <Answer query={claims}>
      {({ claims: all }) => (
        <Answer query={decided}>
          {(data) => {
            const waiting = all.filter((claim) => claim.state === 'sent')
            const latest = all.find((claim) => claim.state === 'adjudicated')
            return (
              <>
                {waiting.length === 0 && data.remittances.length === 0 && (
                  <EmptyState title="No claim is waiting for an answer">
                    Send the claim first (step 4). When the EOB comes in, it is entered here: outcome, next step and
                    deadline follow from it.
                  </EmptyState>
                )}
                {canWork &&
                  waiting.map((claim) => <WaitingClaim key={claim.id} claim={claim} coverages={caseView.coverages} />)}
                <OpenMoney caseView={caseView} />
                <Contest caseView={caseView} data={data} claims={all} />
                {data.remittances.map((remittance, index) => (
                  <PostedEob
                    key={remittance.id}
                    remittance={remittance}
                    claim={all.find((claim) => claim.id === remittance.claimId)}
                    latest={index === 0}
                  />
                ))}
                {canWork && latest && waiting.length === 0 && (
                  <WaitingClaim key={latest.id} claim={latest} coverages={caseView.coverages} again />
                )}
              </>
            )
          }}
        </Answer>
      )}
    </Answer>
  )
}

interface WaitingClaimProps {
  claim: Claim
  coverages: CaseView['coverages']
  /** The claim has an EOB already; a reprocessed decision or a secondary payment follows. */
  again?: boolean
}

/** A claim the payer has not decided, or may decide again: how long it waits, and the way to its EOB. */
function WaitingClaim({ claim, coverages, again = false }: WaitingClaimProps) {
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
