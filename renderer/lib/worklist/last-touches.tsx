// What → opens under a row of work.
import type { CaseId } from '#core/ids.ts'
import { Answer } from '../../ui/states.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { useRoute } from '../query.ts'

interface LastTouchesProps {
  caseId: CaseId
  /** In full: the column may have cut it. */
  reason: string
  source: string
}

/** Why a row is here, the rule behind it, and what was last done about the case. */
export function LastTouches({ caseId, reason, source }: LastTouchesProps) {
  const query = useRoute('case.get', { id: caseId })
  return (
    <div>
      <p>{reason}</p>
      {source && <p className="cw-muted">Rule: {source}</p>}
      <Answer query={query} lines={3}>
        {(caseView) => <Timeline entries={caseView.timeline.slice(0, 3)} />}
      </Answer>
    </div>
  )
}
