// The Follow-up step: what the payer decided, what to do about it, the appeal and its outcome.
import type { CaseView } from '#core/contract/case.ts'
import { useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Answer, EmptyState } from '../../../ui/states.tsx'
import { Contest } from './contest.tsx'
import { PostedEob } from './posted-eob.tsx'
import { WaitingClaim } from './waiting-claim.tsx'

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
