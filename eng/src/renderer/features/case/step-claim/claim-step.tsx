// The Claim step: the claims of the case, the newest first, and how one is started.
import type { CaseView } from '#core/contract/case.ts'
import type { ClaimId } from '#core/ids.ts'
import { explainError, useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Answer, EmptyState } from '../../../ui/states.tsx'
import { ClaimPart } from './claim-part.tsx'

export default function ClaimStep({ caseView }: { caseView: CaseView }) {
  const canWork = useCan('work')
  const query = useRoute('claim.forCase', { caseId: caseView.id })
  const create = useCommand('claim.create', { done: 'Claim filled from the case', expected: ['REFUSED'] })
  const start = (replacesId: ClaimId | null = null, voids = false) =>
    create.mutate({ caseId: caseView.id, coverageId: caseView.coverageId, replacesId, voids })
  const refused = create.error?.code === 'REFUSED' && <Finding severity="warn">{explainError(create.error)}</Finding>
  return (
    <Answer query={query}>
      {({ claims }) => {
        if (claims.length === 0)
          return (
            <EmptyState
              title="No claim yet"
              action={
                canWork && (
                  <Button variant="filled" shortcut="enter" onClick={() => start()} loading={create.isPending}>
                    Fill the claim from the case
                  </Button>
                )
              }
            >
              Patient, plan, dentist, dated lines and authorization are filled in; you check and send.
              {refused}
            </EmptyState>
          )
        const decided = claims.find(
          ({ state, frequency }) =>
            frequency !== 'void' && ['sent', 'rejected', 'adjudicated', 'closed'].includes(state),
        )
        const drafting = claims.some((claim) => claim.state === 'draft')
        return (
          <>
            {claims.map((claim, index) => (
              <ClaimPart
                key={claim.id}
                caseView={caseView}
                claim={claim}
                replaces={claims.find((one) => one.id === claim.replacesId)}
                latest={index === 0}
              />
            ))}
            {refused}
            {canWork && !drafting && (
              <div className="cw-row">
                {decided && (
                  <Button shortcut="alt+k" onClick={() => start(decided.id)} loading={create.isPending}>
                    Corrected claim
                  </Button>
                )}
                {decided && decided.state !== 'rejected' && (
                  <Button shortcut="alt+shift+k" onClick={() => start(decided.id, true)} loading={create.isPending}>
                    Void with the payer
                  </Button>
                )}
                <Button shortcut="alt+y" onClick={() => start()} loading={create.isPending}>
                  Claim for another visit
                </Button>
              </div>
            )}
          </>
        )
      }}
    </Answer>
  )
}
