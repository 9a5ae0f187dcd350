// The next step of a case, done where it is read: one small form, the same from every list and from the case.
import type { ActionForm } from '#core/case/actions.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { AuthorizationId, CaseId, TaskId } from '#core/ids.ts'
import { useRoute } from '../query.ts'
import { CallPayer } from './call-payer.tsx'
import { PatientCall } from './patient-call.tsx'
import { AskExtension, BillPatient, CloseCase, DoTask } from './short-forms.tsx'

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

/** Opens once the case is read: its first field then has the focus. */
export function ActionDialog({ todo, onClose }: { todo: ToDo; onClose: () => void }) {
  const { caseId, authorizationId } = todo
  const caseView = useRoute('case.get', { id: caseId }).data
  const requests = useRoute('authorization.forCase', { caseId }).data?.authorizations
  const payers = useRoute('payer.list', {}).data?.payers
  if (!caseView || !requests || !payers) return null
  const request = requests.find((one) => one.id === authorizationId) ?? null
  const coverageId = request?.coverageId ?? caseView.coverageId
  const coverage = caseView.coverages.find((one) => one.id === coverageId)
  const payer = payers.find((one) => one.id === coverage?.payerId) ?? null
  const Form = FORMS[todo.form]
  return <Form {...{ todo, caseView, request, payer, memberId: coverage?.memberId ?? '', onClose }} />
}

const FORMS: Record<ActionForm, (props: ActionProps) => React.ReactNode> = {
  call_payer: CallPayer,
  call_patient: PatientCall,
  book_visit: PatientCall,
  ask_extension: AskExtension,
  bill_patient: BillPatient,
  do_task: DoTask,
  close_case: CloseCase,
}
