// Sends a claim: summary, PDF and file stand in one form with the day it went out; what stops it is named first.
import { claimLife } from '#core/claim/lifecycle.ts'
import { mergeFindings } from '#core/claim/merge-findings.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { useLocation } from 'wouter'
import { paths } from '../../paths.ts'
import { Finding } from '../../ui/finding.tsx'
import { FormDialog, useCommandForm } from '../command-form.tsx'
import { useCommand, useRoute } from '../query.ts'
import { useToday } from '../use-today.ts'
import { EventForm, type EventValues } from './event-form.tsx'
import { Papers } from './papers.tsx'
import type { ActionProps } from './to-do.ts'

type Claim = OutputOf<'claim.forCase'>['claims'][number]

interface SendClaimProps {
  caseView: CaseView
  claim: Claim
  /** Why it cannot go out as it stands on the page, such as unsaved changes. */
  stop?: string
  onClose: () => void
}

export function SendClaim({ caseView, claim, stop = '', onClose }: SendClaimProps) {
  const [, go] = useLocation()
  const { id, version, findings } = claim
  const documentation = useRoute('documentation.get', { caseId: caseView.id, stage: 'claim' })
  const readiness = documentation.data?.readiness.find((one) => one.stage === 'claim')
  const start: EventValues = { on: useToday(), channel: claim.channel ?? 'electronic', reason: '', note: '' }
  const undo = useCommand('claim.undo', { done: 'Undone' })
  const form = useCommandForm('claim.transition', {
    scope: `claim-send:${id}`,
    start,
    done: claimLife.done.send,
    undo: () => undo.mutate({ id, version: version + 1, reason: 'Undone right away' }),
    onSuccess: onClose,
  })
  const wordsOf = (severity: 'block' | 'warn') =>
    mergeFindings(findings)
      .filter((finding) => finding.severity === severity)
      .map((finding) => finding.message)
  const blocks = [stop, ...wordsOf('block')].filter(Boolean)
  const open = [readiness && !readiness.ready ? readiness.sentence : '', ...wordsOf('warn')].filter(Boolean)
  const { channel, reason, note } = form.values
  const isStopped = blocks.length > 0
  const correct = () => {
    onClose()
    go(paths.case(caseView.id, 'claim'))
  }
  return (
    <EventForm
      form={form}
      title={`Send claim ${claim.number}`}
      label="Send the claim"
      onClose={onClose}
      onSave={(on) => (isStopped ? correct() : form.send({ id, version, event: 'send', on, channel, reason, note }))}
      {...(isStopped && { save: 'Correct the claim' })}
      dateLabel="Sent on"
      noteLabel="Note"
      isSent
      papers={
        <>
          <Papers
            letter={{ kind: 'claim-summary', id }}
            name="summary"
            {...(stop === '' && { file: [id], onExported: onClose })}
          />
          {blocks.map((words) => (
            <Finding key={words} severity="block">
              {words}
            </Finding>
          ))}
        </>
      }
      open={open}
      needsReason={!isStopped && (open.length > 0 || form.isRefused)}
    />
  )
}

/** From a list: a claim that is not filled yet is filled first, in the same place. */
export function SendTheClaim({ todo, caseView, onClose }: ActionProps) {
  const { id: caseId, coverageId } = caseView
  const claims = useRoute('claim.forCase', { caseId }).data?.claims
  const form = useCommandForm('claim.create', { scope: null, start: {}, done: 'Claim filled from the case' })
  if (!claims) return null
  const claim = claims.find((one) => one.events.includes('send'))
  if (claim) return <SendClaim {...{ caseView, claim, onClose }} />
  return (
    <FormDialog
      form={form}
      title={todo.action}
      label="Claim"
      onClose={onClose}
      onSave={() => form.send({ caseId, coverageId })}
      save="Fill the claim from the case"
      isSaveFocused
    >
      <p>{todo.reason}. Patient, plan, dentist, dated lines and authorization are filled in; you check and send.</p>
    </FormDialog>
  )
}
