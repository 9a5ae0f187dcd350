// The guide of the case says something else than when the case was worked: what changes for it, and by which one it goes on.
import type { CaseView } from '#core/contract/case.ts'
import { formatDate } from '../../lib/format.ts'
import { useCommand } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Finding } from '../../ui/finding.tsx'

export function GuideChange({ caseView: { id, version, guideTitle, guideChange } }: { caseView: CaseView }) {
  const canWork = useCan('work')
  const choose = useCommand('case.useGuide', { done: 'Saved' })
  if (!guideChange) return null
  const { to, revision, isOurs, changes } = guideChange
  const pick = (goOn: boolean) => choose.mutate({ id, version, to, goOn })
  return (
    <section aria-label="The guide changed" className="cw-stack">
      <Finding severity="info">
        {isOurs ? 'Your office’s guide' : 'The guide'} “{guideTitle}” was changed ({formatDate(revision)}) after this
        case was worked with it. For this case:
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
        {canWork && (
          <div className="cw-row">
            <Button onClick={() => pick(true)} loading={choose.isPending}>
              Go on with the new guide
            </Button>
            <Button variant="subtle" onClick={() => pick(false)} loading={choose.isPending}>
              Keep the guide it was worked with
            </Button>
          </div>
        )}
      </Finding>
    </section>
  )
}
