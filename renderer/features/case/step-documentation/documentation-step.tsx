// The Documentation step: is it complete, what is missing, and the evidence itself.
import { useState } from 'react'
import { STAGES, type Stage } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { useRoute } from '../../../lib/query.ts'
import { Section } from '../../../ui/page.tsx'
import { Answer } from '../../../ui/states.tsx'
import { ToneIcon } from '../../../ui/status-tag.tsx'
import { Views } from '../../../ui/views.tsx'
import { Checklist } from './checklist.tsx'
import classes from './documentation.module.css'
import { Files } from './files.tsx'
import { Narrative } from './narrative.tsx'
import { Notes } from './notes.tsx'

const STAGE_LABELS: Record<Stage, string> = {
  authorization: 'Before authorization',
  claim: 'With the claim',
  appeal: 'For an appeal',
}

export default function DocumentationStep({ caseView }: { caseView: CaseView }) {
  const [stage, setStage] = useState<Stage | null>(null)
  const query = useRoute('documentation.get', { caseId: caseView.id, stage }, { keep: true })
  return (
    <Answer query={query}>
      {(view) => {
        const readiness = view.readiness.find((one) => one.stage === view.stage)
        return (
          <>
            {readiness && (
              <p className={classes.readiness} role="status" data-tone={readiness.ready ? 'ok' : 'warn'}>
                <ToneIcon tone={readiness.ready ? 'ok' : 'warn'} />
                {readiness.sentence}
              </p>
            )}
            <Views
              label="Stage"
              value={view.stage}
              onChange={setStage}
              views={STAGES.map((one) => {
                const counts = view.readiness.find((each) => each.stage === one)
                return { value: one, label: `${STAGE_LABELS[one]} ${counts ? `${counts.done}/${counts.total}` : ''}` }
              })}
            />
            <div className={`cw-columns ${classes.evidence}`}>
              <Section title="Checklist">
                <Checklist caseView={caseView} view={view} />
              </Section>
              <div>
                <Section title="Films and documents">
                  <Files caseView={caseView} view={view} />
                </Section>
                <Section title="Chart notes">
                  <Notes caseView={caseView} view={view} />
                </Section>
                <Section title="Narrative">
                  <Narrative caseView={caseView} view={view} />
                </Section>
              </div>
            </div>
          </>
        )
      }}
    </Answer>
  )
}
