// What → opens under a row of work.
import type { CaseId } from '#core/ids.ts'
import { Answer } from '../../ui/states.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { useRoute } from '../query.ts'

/** The rule behind a row and what was last done about the case. */
export function LastTouches({ caseId, source }: { caseId: CaseId; source: string }) {
  const query = useRoute('case.get', { id: caseId })
  return (
    <div>
      {source && <p className="cw-muted">Rule: {source}</p>}
      <Answer query={query} lines={3}>
        {(caseView) => <Timeline entries={caseView.timeline.slice(0, 3)} />}
      </Answer>
    </div>
  )
}
