// The next step of a case, done where it is read: one small form, the same from every list and from the case.
import type { ActionForm } from '#core/case/actions.ts'
import { useRoute } from '../query.ts'
import { AskPayer } from './ask-payer.tsx'
import { CallPayer } from './call-payer.tsx'
import { PatientCall } from './patient-call.tsx'
import { SendTheClaim } from './send-claim.tsx'
import { SettleOpen } from './settle-open.tsx'
import { sendingOf, SendTheRequest } from './send-request.tsx'
import { AskExtension, BillPatient, CloseCase, DoTask } from './short-forms.tsx'
import type { ActionProps, ToDo } from './to-do.ts'

/** Opens once the case is read: its first field then has the focus. */
export function ActionDialog({ todo, onClose }: { todo: ToDo; onClose: () => void }) {
  const { caseId, authorizationId } = todo
  const caseView = useRoute('case.get', { id: caseId }).data
  const requests = useRoute('authorization.forCase', { caseId }).data?.authorizations
  const payers = useRoute('payer.list', {}).data?.payers
  if (!caseView || !requests || !payers) return null
  const started = todo.form === 'send_request' ? requests.find((one) => sendingOf(one) !== null) : undefined
  const request = requests.find((one) => one.id === authorizationId) ?? started ?? null
  const coverageId = request?.coverageId ?? caseView.coverageId
  const coverage = caseView.coverages.find((one) => one.id === coverageId)
  const payer = payers.find((one) => one.id === coverage?.payerId) ?? null
  const Form = FORMS[todo.form]
  return <Form {...{ todo, caseView, request, payer, memberId: coverage?.memberId ?? '', onClose }} />
}

const FORMS: Record<ActionForm, (props: ActionProps) => React.ReactNode> = {
  ask_payer: AskPayer,
  send_request: SendTheRequest,
  send_claim: SendTheClaim,
  call_payer: CallPayer,
  call_patient: PatientCall,
  book_visit: PatientCall,
  ask_extension: AskExtension,
  bill_patient: BillPatient,
  do_task: DoTask,
  settle_open: SettleOpen,
  close_case: CloseCase,
}
