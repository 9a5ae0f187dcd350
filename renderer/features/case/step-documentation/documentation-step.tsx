// The Documentation step: is it complete, what is missing, and the evidence itself.
import { useState } from 'react'
import { STAGES, type Stage } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { useRoute } from '../../../lib/query.ts'
import { Section } from '../../../ui/page.tsx'
import { Answer } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { useKeys } from '../../../lib/keys.ts'
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
  useKeys(
    STAGES.map((one, index) => ({ combo: String(index + 1), label: STAGE_LABELS[one], run: () => setStage(one) })),
  )
  return (
    <Answer query={query}>
      {(view) => {
        const readiness = view.readiness.find((one) => one.stage === view.stage)
        return (
          <>
            <div className={classes.readiness} role="status">
              <StatusTag tone={readiness?.ready ? 'ok' : 'warn'}>
                {readiness?.ready ? 'Ready' : `${readiness?.done ?? 0}/${readiness?.total ?? 0}`}
              </StatusTag>
              <strong>{readiness?.sentence}</strong>
            </div>
            <div className={classes.stages} role="tablist" aria-label="Stage">
              {STAGES.map((one, index) => {
                const counts = view.readiness.find((each) => each.stage === one)
                return (
                  <button
                    key={one}
                    type="button"
                    role="tab"
                    aria-selected={one === view.stage}
                    className={classes.stage}
                    onClick={() => setStage(one)}
                  >
                    {STAGE_LABELS[one]} {counts ? `${counts.done}/${counts.total}` : ''} <kbd>{index + 1}</kbd>
                  </button>
                )
              })}
            </div>
            <div className={classes.columns}>
              <Section title="Checklist">
                <Checklist caseView={caseView} view={view} />
              </Section>
              <div>
                <Section title="Films and papers">
                  <Files caseView={caseView} view={view} />
                </Section>
                <Section title="Chart notes">
                  <Notes caseView={caseView} view={view} />
                </Section>
              </div>
            </div>
            <Section title="Narrative">
              <Narrative key={view.narrative.version} caseView={caseView} view={view} />
            </Section>
          </>
        )
      }}
    </Answer>
  )
}
