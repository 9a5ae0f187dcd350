// Ways to contest or mend a decision: which level, why, until when; and those under way.
import type { CaseView } from '#core/contract/case.ts'
import { LEVEL_LABELS } from '#core/appeal/schema.ts'
import type { Claim } from '#core/claim/schema.ts'
import { Link } from 'wouter'
import { digitOf } from '../../../lib/keys.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { paths } from '../../../paths.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import classes from '../money.module.css'
import { AppealPart } from './appeal.tsx'
import { DeadlineText } from './deadline-text.tsx'
import type { FollowUpData } from '../step-data.ts'

interface ContestProps {
  caseView: CaseView
  data: FollowUpData
  claims: readonly Claim[]
}

export function Contest({ caseView, data, claims }: ContestProps) {
  const canWork = useCan('work')
  const create = useCommand('appeal.create', { done: 'Letter drafted from the record' })
  const decision = data.remittances[0]
  const claim = claims.find((one) => one.id === decision?.claimId)
  const open = (level: string) =>
    data.appeals.some((one) => one.level === level && (one.state === 'draft' || one.state === 'sent'))
  const levels = data.levels.filter(({ level }) => !open(level))
  return (
    <>
      {data.appeals.map((appeal, index) => (
        <AppealPart
          key={appeal.id}
          caseView={caseView}
          appeal={appeal}
          eob={data.remittances.find(({ id }) => id === appeal.remittanceId)}
          latest={index === 0}
        />
      ))}
      {canWork && claim && decision && levels.length > 0 && (
        <Section title="Contest or fix this decision" note="Most useful first">
          <ul className={classes.plain}>
            {levels.map(({ level, why, deadline }, index) => (
              <li key={level} className={classes.choice}>
                <div>
                  <strong>{LEVEL_LABELS[level]}</strong>
                  <div>{why}</div>
                  {deadline && <DeadlineText deadline={deadline} />}
                </div>
                {level === 'corrected_claim' ? (
                  <Link href={paths.case(caseView.id, 'claim')}>Go to the claim</Link>
                ) : (
                  <Button
                    shortcut={digitOf(index) && `alt+shift+${digitOf(index)}`}
                    variant={index === 0 && data.appeals.length === 0 ? 'filled' : 'default'}
                    label={`Start: ${LEVEL_LABELS[level]}`}
                    loading={create.isPending && create.variables.level === level}
                    onClick={() => create.mutate({ claimId: claim.id, remittanceId: decision.id, level })}
                  >
                    Start
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
