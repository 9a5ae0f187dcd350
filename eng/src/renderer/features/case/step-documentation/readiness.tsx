// The headline of the Documentation step: how much is still missing, or that it is ready, with the step it is ready for.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Stage, Step } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { ActionDialog } from '../../../lib/actions/action-dialog.tsx'
import type { ToDo } from '../../../lib/actions/to-do.ts'
import { useCan } from '../../../lib/session.ts'
import { paths } from '../../../paths.ts'
import { Button } from '../../../ui/button.tsx'
import { ToneIcon } from '../../../ui/status-tag.tsx'
import type { DocumentationProps } from '../step-data.ts'
import classes from './documentation.module.css'

interface Goal {
  /** What it is ready for. */
  name: string
  step: Step
  /** What comes next, and the form that does it; without one it is done in its step. */
  action: string
  form: 'send_request' | 'send_claim' | null
}
const GOALS: Record<Stage, Goal> = {
  authorization: { name: 'request', step: 'authorization', action: 'Start the request', form: 'send_request' },
  claim: { name: 'claim', step: 'claim', action: 'Send the claim', form: 'send_claim' },
  appeal: { name: 'appeal', step: 'follow_up', action: 'Write the appeal', form: null },
}

/** A step that is done, not needed, or with the payer has nothing to start. */
function isNext(caseView: CaseView, { step }: Goal): boolean {
  const at = caseView.steps.find((one) => one.step === step)
  return (at?.state === 'active' || at?.state === 'attention') && !/^(sent|appealed|expired)/.test(at.detail)
}

export function Readiness({ caseView, view }: DocumentationProps) {
  const [, go] = useLocation()
  const canWork = useCan('work')
  const [todo, setTodo] = useState<ToDo | null>(null)
  const counts = view.readiness.find((one) => one.stage === view.stage)
  if (!counts) return null
  const { done, total, ready } = counts
  const goal = GOALS[view.stage]
  const { action, form, step } = goal
  const start = () =>
    form
      ? setTodo({
          form,
          action,
          caseId: caseView.id,
          authorizationId: null,
          taskId: null,
          reason: 'All documents are there',
        })
      : go(paths.case(caseView.id, step))
  const sentence =
    total === 0
      ? `Nothing is asked for the ${goal.name}`
      : ready
        ? `Ready: all ${total} there for the ${goal.name}`
        : `${total - done} of ${total} still missing for the ${goal.name}`
  return (
    <div className={classes.readiness} data-tone={ready ? 'ok' : 'warn'}>
      <p className="cw-row" role="status">
        <ToneIcon tone={ready ? 'ok' : 'warn'} />
        {sentence}
      </p>
      {canWork && ready && isNext(caseView, goal) && (
        <Button shortcut="enter" onClick={start}>
          {action}
        </Button>
      )}
      {todo && <ActionDialog todo={todo} onClose={() => setTodo(null)} />}
    </div>
  )
}
