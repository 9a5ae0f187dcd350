// An action that a form does, and what every such form knows of its case.
import type { ActionForm } from '#core/case/actions.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { AuthorizationId, CaseId, TaskId } from '#core/ids.ts'

/** What is to be done, and about what. */
export interface ToDo {
  form: ActionForm
  caseId: CaseId
  authorizationId: AuthorizationId | null
  taskId: TaskId | null
  /** `Call the payer`, as the list says it. */
  action: string
  reason: string
}
type Request = OutputOf<'authorization.forCase'>['authorizations'][number]
type Payer = OutputOf<'payer.list'>['payers'][number]

/** What every form knows of its case. */
export interface ActionProps {
  todo: ToDo
  caseView: CaseView
  /** The request that it is about. */
  request: Request | null
  payer: Payer | null
  memberId: string
  onClose: () => void
}
