// The Documentation step: is it complete, what is missing, and the evidence itself.
import { useRef, useState } from 'react'
import { STAGES, type Stage } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { DocumentationView, ItemView } from '#core/contract/case-documentation.ts'
import { useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Section } from '../../../ui/page.tsx'
import { Answer } from '../../../ui/states.tsx'
import { Views } from '../../../ui/views.tsx'
import { Checklist } from './checklist.tsx'
import classes from './documentation.module.css'
import { Files, useWaitingFiles } from './files.tsx'
import { ItemSource, useItemPlaces } from './item-source.tsx'
import { Narrative, type NarrativeHandle } from './narrative.tsx'
import { Notes } from './notes.tsx'
import { Readiness } from './readiness.tsx'
import { VisitGrid } from './visit-grid.tsx'

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
      {(view) => (
        <>
          <Readiness caseView={caseView} view={view} />
          <Views
            label="Stage"
            value={view.stage}
            onChange={setStage}
            views={STAGES.map((one) => {
              const counts = view.readiness.find((each) => each.stage === one)
              return { value: one, label: `${STAGE_LABELS[one]} ${counts ? `${counts.done}/${counts.total}` : ''}` }
            })}
          />
          <Evidence caseView={caseView} view={view} />
        </>
      )}
    </Answer>
  )
}

/** The checklist left, what settles it right; a line of the one opens its part of the other. */
function Evidence({ caseView, view }: { caseView: CaseView; view: DocumentationView }) {
  const canWork = useCan('work')
  const incoming = useWaitingFiles(caseView)
  const narrative = useRef<NarrativeHandle>(null)
  const [opened, setOpened] = useState<ItemView | null>(null)
  const goToPlace = useItemPlaces(caseView.id, () => narrative.current?.begin())
  const open = canWork ? (entry: ItemView) => goToPlace(entry) || setOpened(entry) : undefined
  const close = () => setOpened(null)
  return (
    <>
      <div className={`cw-columns ${classes.evidence}`}>
        <div>
          <Section title="Checklist">
            <VisitGrid caseView={caseView} view={view} onOpen={open} />
            <Checklist caseView={caseView} view={view} onOpen={open} />
          </Section>
        </div>
        <div>
          <Section title="Films and documents">
            <Files caseView={caseView} view={view} incoming={incoming} isTaking={opened === null} />
          </Section>
          <Section title="Chart notes">
            <Notes caseView={caseView} view={view} />
          </Section>
        </div>
      </div>
      <Section title="Narrative">
        <Narrative ref={narrative} caseView={caseView} view={view} />
      </Section>
      {opened && (
        <ItemSource
          key={opened.item.key}
          {...{ caseView, view }}
          entry={opened}
          onFiles={(files) => {
            close()
            incoming.take(files, opened)
          }}
          onClose={close}
        />
      )}
    </>
  )
}
