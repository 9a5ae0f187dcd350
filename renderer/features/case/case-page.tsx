// One case, one page: header, five steps, timeline and tasks beside. Leaving and coming back lands on the same step.
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { STEPS, type Step } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { formatPhone } from '#core/phone.ts'
import { ageText, formatDate, formatMoney, oneLine, personName, siteName } from '../../lib/format.ts'
import { ActionDialog } from '../../lib/actions/action-dialog.tsx'
import type { ToDo } from '../../lib/actions/to-do.ts'
import { Copied } from '../../lib/actions/copied.tsx'
import { useKeys } from '../../lib/keys.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Steps, useStepKeys } from '../../ui/steps.tsx'
import { EditCase } from './edit-case.tsx'
import { GuideChange } from './guide-change.tsx'
import { STEP_LABELS } from './step-data.ts'
import { SideColumn } from './side-column.tsx'
import { CodeStep } from './step-code/code-step.tsx'

/** The other steps come right after the first paint: whoever goes on by keys finds the next step's keys awake. */
const LATER = {
  documentation: () => import('./step-documentation/documentation-step.tsx'),
  authorization: () => import('./step-authorization/authorization-step.tsx'),
  claim: () => import('./step-claim/claim-step.tsx'),
  followUp: () => import('./step-follow-up/follow-up-step.tsx'),
}
const DocumentationStep = lazy(LATER.documentation)
const AuthorizationStep = lazy(LATER.authorization)
const ClaimStep = lazy(LATER.claim)
const FollowUpStep = lazy(LATER.followUp)

type Next = NonNullable<CaseView['next']>

/** Where on the Code step an action is done that has no form of its own: a visit under an approval, else question or confirmation. */
const placeOf = ({ authorizationId }: Next) =>
  authorizationId ? '[data-next=visit] input' : '[data-active] [role=radio][tabindex="0"], [data-next=confirm] button'
function focusOn(next: Next): void {
  if (next.step === 'code') document.querySelector<HTMLElement>(placeOf(next))?.focus()
}

const NAMED_STEPS = STEPS.map((step) => ({ step, label: STEP_LABELS[step] }))

export default function CasePage() {
  const { id, step } = useParams<{ id: string; step?: string }>()
  const [, go] = useLocation()
  const query = useRoute('case.get', { id })
  // Awake before the case is read: a key pressed right after opening it is not lost.
  useStepKeys(NAMED_STEPS, (one) => go(paths.case(id, one)))
  return <Answer query={query}>{(caseView) => <OpenCase key={caseView.id} caseView={caseView} wanted={step} />}</Answer>
}

function OpenCase({ caseView, wanted }: { caseView: CaseView; wanted: string | undefined }) {
  const [, go] = useLocation()
  const canWork = useCan('work')
  const current = STEPS.find((step) => step === wanted) ?? caseView.step
  const { mutate: remember } = useCommand('case.visitStep')
  useEffect(() => {
    if (canWork && current !== caseView.step) remember({ id: caseView.id, step: current })
    // Only the step the person is on is remembered; what the host answers meanwhile does not matter.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current, caseView.id])
  useEffect(() => {
    for (const load of Object.values(LATER)) void load()
  }, [])
  const at = STEPS.indexOf(current)
  /** Single letters answer the questions of the Code step: there the others take Alt. */
  const plainKeys = current !== 'code'
  const pick = (step: Step) => go(paths.case(caseView.id, step))
  const sentTo = useRef<Next | null>(null)
  useEffect(() => {
    if (sentTo.current) focusOn(sentTo.current)
    sentTo.current = null
  }, [current])
  const goToPlace = (next: Next) => {
    if (next.step === current) focusOn(next)
    else {
      sentTo.current = next
      pick(next.step)
    }
  }
  useKeys([
    { combo: 'mod+arrowright', label: 'Next step', run: () => pick(STEPS[at + 1] ?? current) },
    { combo: 'mod+arrowleft', label: 'Previous step', run: () => pick(STEPS[at - 1] ?? current) },
  ])
  return (
    <Page
      title={<CaseTitle caseView={caseView} />}
      lead={<CaseLead caseView={caseView} />}
      actions={<CaseStatus caseView={caseView} current={current} onGo={goToPlace} plainKeys={plainKeys} />}
      bar={
        <Steps
          steps={caseView.steps.map((step) => ({ ...step, label: STEP_LABELS[step.step] }))}
          current={current}
          onPick={pick}
          label="Steps of the case"
        />
      }
      aside={<SideColumn caseView={caseView} plainKeys={plainKeys} />}
      asideLabel="Money, tasks and timeline"
      place={current}
    >
      <GuideChange caseView={caseView} />
      <Suspense>
        {current === 'code' && <CodeStep caseView={caseView} onNext={() => pick('documentation')} />}
        {current === 'documentation' && <DocumentationStep caseView={caseView} />}
        {current === 'authorization' && <AuthorizationStep caseView={caseView} />}
        {current === 'claim' && <ClaimStep caseView={caseView} />}
        {current === 'follow_up' && <FollowUpStep caseView={caseView} />}
      </Suspense>
    </Page>
  )
}

/** `Doe, Sam · #8 · Apexification (D3353)`. */
function CaseTitle({ caseView }: { caseView: CaseView }) {
  const { patient, tooth, area, title } = caseView
  return oneLine([personName(patient), siteName(tooth, area), title])
}

/** Who is who, with the numbers that a call needs. */
function CaseLead({ caseView }: { caseView: CaseView }) {
  const today = useToday()
  const payers = useRoute('payer.list', {}).data?.payers
  const { patient, provider } = caseView
  const coverage = caseView.coverages.find((one) => one.id === caseView.coverageId)
  const payer = payers?.find((one) => one.id === coverage?.payerId)
  const plan =
    coverage &&
    `${coverage.payerName}${coverage.order === 'primary' ? '' : ` (${coverage.order})`} · ${coverage.planName}`
  return (
    <div className="cw-row">
      <span>{`b. ${formatDate(patient.birthDate)} · ${ageText(patient.birthDate, today)}`}</span>
      <Copied label="phone" text={formatPhone(patient.phone)} />
      <Copied label="mobile" text={formatPhone(patient.mobile)} />
      <span>{plan ?? 'No coverage chosen'}</span>
      <Copied label="member" text={coverage?.memberId} />
      <Copied label="payer" text={payer && formatPhone(payer.phone)} />
      {provider?.name}
    </div>
  )
}

interface CaseStatusProps {
  caseView: CaseView
  current: Step
  onGo: (next: Next) => void
  plainKeys: boolean
}

/** What it is worth, who has the next move, what that is, and the way to change the case. */
function CaseStatus({ caseView, current, onGo, plainKeys }: CaseStatusProps) {
  const [editing, setEditing] = useState(false)
  const [todo, setTodo] = useState<ToDo | null>(null)
  const { next } = caseView
  const canWork = useCan('work')
  /** A button that would only open the page one looks at is none. */
  const leadsOn = next && (next.form !== null || next.step !== current || current === 'code')
  const urgent = caseView.steps.some((step) => step.state === 'attention')
  const closed = caseView.state !== 'open'
  const restore = useCommand('case.restore', { done: 'Case restored' })
  return (
    <>
      <StatusTag tone={closed ? 'plain' : urgent ? 'warn' : 'info'}>{caseView.status}</StatusTag>
      {caseView.money.feeCents > 0 && (
        <span className="cw-muted">
          {formatMoney(caseView.money.openCents)} open of {formatMoney(caseView.money.feeCents)}
        </span>
      )}
      {canWork && next && leadsOn && (
        <Button
          variant={next.form && next.bucket !== 'waiting' ? 'filled' : 'default'}
          shortcut="alt+enter"
          onClick={() => (next.form ? setTodo({ ...next, form: next.form, caseId: caseView.id }) : onGo(next))}
        >
          {next.action}
        </Button>
      )}
      {caseView.state === 'voided' && <span className="cw-muted">{caseView.voidReason}</span>}
      {canWork &&
        (caseView.state === 'voided' ? (
          <Button
            onClick={() => restore.mutate({ id: caseView.id, version: caseView.version })}
            loading={restore.isPending}
          >
            Restore
          </Button>
        ) : (
          <Button variant="subtle" shortcut={plainKeys ? 'e' : 'alt+e'} onClick={() => setEditing(true)}>
            Edit
          </Button>
        ))}
      {todo && <ActionDialog todo={todo} onClose={() => setTodo(null)} />}
      {editing && <EditCase caseView={caseView} onClose={() => setEditing(false)} />}
    </>
  )
}
