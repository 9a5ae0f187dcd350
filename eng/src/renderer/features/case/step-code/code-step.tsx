// The Code step: short questions left, what they lead to right; below them visits, lines and the dentist's word.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import { useRoute } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { Answer } from '../../../ui/states.tsx'
import { Checks } from './checks.tsx'
import { Compare } from './compare.tsx'
import { Confirm, isDecided } from './confirm.tsx'
import { Lines } from './lines.tsx'
import { Questions } from './questions.tsx'
import { Recommendation } from './recommendation.tsx'
import { VisitPlanEditor } from './visit-plan.tsx'

export function CodeStep({ caseView, onNext }: { caseView: CaseView; onNext: () => void }) {
  const guide = useRoute('guide.get', { id: caseView.guideId })
  const [comparing, setComparing] = useState(false)
  return (
    <Answer query={guide}>
      {(data) => (
        <>
          <div className="cw-columns">
            <Section
              title="Questions"
              note={
                caseView.questions.length > 0
                  ? `${caseView.questions.length} can still change the answer`
                  : 'Nothing left to ask'
              }
            >
              <Questions caseView={caseView} guide={data.guide} />
            </Section>
            <Section
              title="Recommended"
              actions={
                <Button variant="subtle" shortcut="alt+k" onClick={() => setComparing(true)}>
                  Compare
                </Button>
              }
            >
              <Recommendation caseView={caseView} guide={data.guide} />
              <Confirm caseView={caseView} guide={data.guide} />
            </Section>
          </div>
          <Section title="Visits">
            <VisitPlanEditor caseView={caseView} guide={data.guide} />
          </Section>
          <Section title="Lines to report">
            <Lines caseView={caseView} guide={data.guide} />
          </Section>
          <Section title="Before the visit">
            <Checks caseView={caseView} guide={data.guide} />
          </Section>
          <Button variant={isDecided(caseView) ? 'filled' : 'default'} onClick={onNext}>
            Go to documentation
          </Button>
          {comparing && <Compare caseView={caseView} guide={data.guide} onClose={() => setComparing(false)} />}
        </>
      )}
    </Answer>
  )
}
