// The Claim step: the form as far as the case fills it, what a payer would send back, the sending.
import { useState } from 'react'
import { EVENT_LABELS, STATE_LABELS } from '#core/claim/lifecycle.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { formatDate, formatMoney } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Section } from '../../../ui/page.tsx'
import { Answer, EmptyState } from '../../../ui/states.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import classes from '../step-code/step-code.module.css'
import { ClaimEditor } from './claim-editor.tsx'
import { ClaimEventDialog } from './claim-event-dialog.tsx'

export type ClaimData = OutputOf<'claim.forCase'>['claims'][number]

export function ClaimStep({ caseView }: { caseView: CaseView }) {
  const query = useRoute('claim.forCase', { caseId: caseView.id })
  const create = useCommand('claim.create', { done: 'Claim filled from the case' })
  const canWork = useCan('work')
  const start = () => create.mutate({ caseId: caseView.id, coverageId: caseView.coverageId })
  const dated = caseView.lines.some((line) => line.serviceDate !== null)
  return (
    <Answer query={query}>
      {({ claims }) => (
        <>
          {claims.length === 0 && (
            <EmptyState
              title="No claim yet"
              action={
                canWork && (
                  <Button
                    variant="filled"
                    shortcut="enter"
                    onClick={start}
                    disabled={!dated}
                    loading={create.isPending}
                  >
                    Fill the claim from the case
                  </Button>
                )
              }
            >
              {dated
                ? 'Patient, plan, dentist, lines and authorization are filled in; you check and send.'
                : 'Mark a visit as done first: the claim lists what was treated.'}
            </EmptyState>
          )}
          {[...claims].reverse().map((claim) => (
            <One key={`${claim.id}-${claim.version}`} caseView={caseView} claim={claim} />
          ))}
          {canWork &&
            claims.length > 0 &&
            claims.every((claim) => ['adjudicated', 'closed', 'void', 'rejected'].includes(claim.state)) && (
              <div className="cw-row">
                <Button
                  onClick={() =>
                    create.mutate({
                      caseId: caseView.id,
                      coverageId: caseView.coverageId,
                      replacesId: claims.at(-1)!.id,
                    })
                  }
                >
                  Corrected claim
                </Button>
                <Button onClick={start}>Claim for further visits</Button>
              </div>
            )}
        </>
      )}
    </Answer>
  )
}

const TONES = {
  draft: 'todo',
  sent: 'wait',
  rejected: 'block',
  adjudicated: 'info',
  closed: 'ok',
  void: 'plain',
} as const

function One({ caseView, claim }: { caseView: CaseView; claim: ClaimData }) {
  const canWork = useCan('work')
  const [event, setEvent] = useState<ClaimData['events'][number] | null>(null)
  const pdf = useCommand('shell.savePdf', { done: ({ saved }) => (saved ? 'Summary saved' : '') })
  const print = useCommand('shell.print')
  const sheet = { kind: 'claim-summary' as const, id: claim.id }
  const blocks = claim.findings.filter((finding) => finding.severity === 'block').length
  const editable = claim.state === 'draft' || claim.state === 'rejected'
  return (
    <Section
      title={`Claim ${claim.number}`}
      actions={
        <>
          <Button onClick={() => print.mutate(sheet)}>Print summary</Button>
          <Button shortcut="alt+l" onClick={() => pdf.mutate(sheet)}>
            Summary as PDF
          </Button>
        </>
      }
    >
      <div className="cw-row">
        <StatusTag tone={TONES[claim.state]}>{STATE_LABELS[claim.state]}</StatusTag>
        <strong className="cw-number">{formatMoney(claim.totalCents)}</strong>
        {claim.frequency !== 'original' && (
          <span>{claim.frequency === 'replacement' ? 'Corrected claim' : 'Void'}</span>
        )}
        {claim.sentOn && (
          <span className="cw-muted">
            Sent {formatDate(claim.sentOn)}
            {claim.channel && `, ${claim.channel}`}
          </span>
        )}
        {claim.enclosures.length > 0 && <span className="cw-muted">Enclosures: {claim.enclosures.join('; ')}</span>}
      </div>
      {editable && (
        <div role="list" aria-label="Findings">
          {claim.findings.map((finding) => (
            <div key={finding.id} role="listitem">
              <Finding
                severity={finding.severity}
                source={finding.source}
                action={
                  <Button
                    variant="subtle"
                    onClick={() => document.querySelector<HTMLElement>(`[name="${finding.field}"]`)?.focus()}
                    label={`Go to ${finding.field}`}
                  >
                    Go to field
                  </Button>
                }
              >
                {finding.message}
              </Finding>
            </div>
          ))}
          {claim.findings.length === 0 && <p className="cw-muted">Nothing known speaks against sending.</p>}
        </div>
      )}
      {canWork && claim.events.length > 0 && (
        <div className="cw-row">
          {claim.events.map((one, index) => (
            <Button
              key={one}
              variant={index === 0 ? 'filled' : 'default'}
              shortcut={String(index + 1)}
              onClick={() => setEvent(one)}
              disabled={one === 'send' && blocks > 0}
            >
              {EVENT_LABELS[one]}
            </Button>
          ))}
          {blocks > 0 && (
            <span className="cw-muted">
              {blocks === 1 ? 'One finding stops the claim.' : `${blocks} findings stop the claim.`}
            </span>
          )}
        </div>
      )}
      {editable && canWork ? <ClaimEditor claim={claim} /> : <ReadOnlyLines claim={claim} />}
      <Timeline
        label="History of the claim"
        entries={claim.history.map((one) => ({
          at: one.at,
          on: one.on,
          user: one.user,
          text: `${EVENT_LABELS[one.event as 'send'] ?? one.event}${one.note ? `: ${one.note}` : ''}`,
        }))}
      />
      {event && (
        <ClaimEventDialog key={event} caseView={caseView} claim={claim} event={event} onClose={() => setEvent(null)} />
      )}
    </Section>
  )
}

function ReadOnlyLines({ claim }: { claim: ClaimData }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>Date</th>
          <th>Code</th>
          <th>Tooth</th>
          <th>Fee</th>
        </tr>
      </thead>
      <tbody>
        {claim.lines.map((line) => (
          <tr key={line.id}>
            <td>{line.serviceDate ? formatDate(line.serviceDate) : '–'}</td>
            <td>
              {line.code} {line.description}
            </td>
            <td>{line.tooth ?? line.area ?? '–'}</td>
            <td className="cw-number">{formatMoney(line.feeCents * line.quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
