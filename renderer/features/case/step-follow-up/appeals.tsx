// Appeals: the levels that make sense now with their deadline and its basis, the letter from the record, the outcome.
import { useState } from 'react'
import { EVENT_LABELS, LEVEL_LABELS, STATE_LABELS } from '#core/appeal/lifecycle.ts'
import type { AppealEvent } from '#core/appeal/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { useDraft } from '../../../lib/drafts.ts'
import { dateAndDistance, formatDate } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { useToday } from '../../../lib/today.ts'
import type { Channel } from '#core/authorization/schema.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { CheckField, DateField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Finding, Why } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { Section } from '../../../ui/page.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from '../step-code/step-code.module.css'
import { CHANNELS } from '../step-authorization/event-dialog.tsx'
import { KIND_LABELS } from '../step-documentation/kinds.ts'
import type { FollowUpData } from './index.tsx'

type AppealData = FollowUpData['appeals'][number]

export function Appeals({ caseView, data }: { caseView: CaseView; data: FollowUpData }) {
  const today = useToday()
  const canWork = useCan('work')
  const create = useCommand('appeal.create', { done: 'Letter drafted from the record' })
  const last = data.remittances.at(-1)
  return (
    <>
      {data.appeals.map((appeal) => (
        <One key={`${appeal.id}-${appeal.version}`} caseView={caseView} appeal={appeal} />
      ))}
      {data.levels.length > 0 && last && (
        <Section title="Next step with the payer">
          <table className={classes.table}>
            <tbody>
              {data.levels.map((level, index) => (
                <tr key={level.level}>
                  <td>
                    <strong>{LEVEL_LABELS[level.level]}</strong>
                    <div className="cw-muted">{level.why}</div>
                  </td>
                  <td>
                    {level.deadline && (
                      <>
                        until {dateAndDistance(level.deadline.on, today)}{' '}
                        <Why
                          reason={`${level.deadline.days} days from the EOB of ${formatDate(level.deadline.countedFrom)}`}
                          source={level.deadline.source}
                          confidence={level.deadline.confidence}
                        />
                      </>
                    )}
                  </td>
                  <td>
                    {canWork && (
                      <Button
                        variant={index === 0 ? 'filled' : 'default'}
                        shortcut={`alt+${index + 6}`}
                        onClick={() =>
                          create.mutate({
                            claimId: last.claimId,
                            remittanceId: last.id,
                            level: level.level,
                            deadlineOn: level.deadline?.on ?? null,
                          })
                        }
                        label={`Start: ${LEVEL_LABELS[level.level]}`}
                      >
                        Start
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </>
  )
}

const TONES = { draft: 'todo', sent: 'wait', won: 'ok', partly_won: 'warn', lost: 'block', withdrawn: 'plain' } as const

function One({ caseView, appeal }: { caseView: CaseView; appeal: AppealData }) {
  const today = useToday()
  const canWork = useCan('work')
  const [event, setEvent] = useState<AppealEvent | null>(null)
  const pdf = useCommand('shell.savePdf', { done: ({ saved }) => (saved ? 'Letter saved' : '') })
  const print = useCommand('shell.print')
  const letter = { kind: 'appeal-letter' as const, id: appeal.id }
  return (
    <Section
      title={LEVEL_LABELS[appeal.level]}
      actions={
        <>
          <Button onClick={() => print.mutate(letter)}>Print letter</Button>
          <Button shortcut="alt+l" onClick={() => pdf.mutate(letter)}>
            Letter as PDF
          </Button>
        </>
      }
    >
      <div className="cw-row">
        <StatusTag tone={TONES[appeal.state]}>{STATE_LABELS[appeal.state]}</StatusTag>
        {appeal.deadline && (
          <span>
            Due {dateAndDistance(appeal.deadline.on, today)}{' '}
            <Why
              reason={`${appeal.deadline.days} days from the EOB of ${formatDate(appeal.deadline.countedFrom)}`}
              source={appeal.deadline.source}
              confidence={appeal.deadline.confidence}
            />
          </span>
        )}
        {appeal.sentOn && <span className="cw-muted">Sent {formatDate(appeal.sentOn)}</span>}
        {appeal.outcomeNote && <span>{appeal.outcomeNote}</span>}
      </div>
      {appeal.state === 'draft' && canWork && <Letter caseView={caseView} appeal={appeal} />}
      {canWork && (
        <div className="cw-row">
          {appeal.events.map((one, index) => (
            <Button key={one} variant={index === 0 ? 'filled' : 'default'} onClick={() => setEvent(one)}>
              {EVENT_LABELS[one]}
            </Button>
          ))}
        </div>
      )}
      {event && (
        <EventDialog key={event} caseView={caseView} appeal={appeal} event={event} onClose={() => setEvent(null)} />
      )}
    </Section>
  )
}

function Letter({ caseView, appeal }: { caseView: CaseView; appeal: AppealData }) {
  const documentation = useRoute('documentation.get', { caseId: caseView.id, stage: 'appeal' })
  const [letter, setLetter, { discard }] = useDraft(`appeal:${appeal.id}:${appeal.version}`, appeal.letter)
  const update = useCommand('appeal.update', { done: 'Letter saved', onSuccess: () => discard() })
  const toggle = <T extends string>(list: readonly T[], id: T, on: boolean) =>
    on ? [...list, id] : list.filter((one) => one !== id)
  const view = documentation.data
  const postOp = view?.attachments.some((file) => file.kind === 'post_op_periapical')
  return (
    <Form
      onSubmit={() => update.mutate({ id: appeal.id, version: appeal.version, letter, deadline: appeal.deadline })}
      label="Letter"
      busy={update.isPending}
    >
      <TextAreaField
        label="Denial reason, as the EOB words it"
        value={letter.quotedReason}
        onChange={(quotedReason) => setLetter({ ...letter, quotedReason })}
        rows={2}
        required
      />
      <TextAreaField
        label="Request"
        value={letter.request}
        onChange={(request) => setLetter({ ...letter, request })}
        rows={2}
      />
      <TextAreaField label="Letter" value={letter.body} onChange={(body) => setLetter({ ...letter, body })} rows={10} />
      <fieldset>
        <legend>Chart notes quoted word for word</legend>
        {(view?.notes ?? []).map((note) => (
          <CheckField
            key={note.id}
            label={`${formatDate(note.notedOn)}, ${note.author}: ${note.text.slice(0, 90)}`}
            value={letter.noteIds.includes(note.id)}
            onChange={(on) => setLetter({ ...letter, noteIds: toggle(letter.noteIds, note.id, on) })}
          />
        ))}
        {view?.notes.length === 0 && (
          <p className="cw-muted">No chart note on the case. Add the dated entries in Documentation.</p>
        )}
      </fieldset>
      <fieldset>
        <legend>Enclosures</legend>
        {(view?.attachments ?? []).map((file) => (
          <CheckField
            key={file.id}
            label={`${KIND_LABELS[file.kind]}${file.takenOn ? `, ${formatDate(file.takenOn)}` : ''}${file.tooth ? `, #${file.tooth}` : ''}`}
            value={letter.enclosureIds.includes(file.id)}
            onChange={(on) => setLetter({ ...letter, enclosureIds: toggle(letter.enclosureIds, file.id, on) })}
          />
        ))}
        {view && !postOp && (
          <Finding severity="info">
            A film taken after treatment that shows the outcome strengthens an appeal. Add it in Documentation.
          </Finding>
        )}
      </fieldset>
      <Actions>
        <Button type="submit" variant="filled" loading={update.isPending}>
          Save letter
        </Button>
      </Actions>
    </Form>
  )
}

interface EventDialogProps {
  caseView: CaseView
  appeal: AppealData
  event: AppealEvent
  onClose: () => void
}

function EventDialog({ caseView, appeal, event, onClose }: EventDialogProps) {
  const today = useToday()
  const sending = event === 'send'
  const documentation = useRoute('documentation.get', { caseId: caseView.id, stage: 'appeal' }, { enabled: sending })
  const readiness = documentation.data?.readiness.find((one) => one.stage === 'appeal')
  const gaps = sending && readiness !== undefined && !readiness.ready
  const [on, setOn] = useState<string | null>(today)
  const [channel, setChannel] = useState<Channel>('mail')
  const [note, setNote] = useState('')
  const [gapReason, setGapReason] = useState('')
  const transition = useCommand('appeal.transition', { done: EVENT_LABELS[event], onSuccess: onClose })
  const save = () =>
    on &&
    transition.mutate({
      id: appeal.id,
      version: appeal.version,
      event,
      on,
      channel: sending ? channel : null,
      note,
      gapReason,
    })
  return (
    <Dialog open onClose={onClose} title={EVENT_LABELS[event]}>
      <Form onSubmit={save} label={EVENT_LABELS[event]} busy={transition.isPending}>
        <DateField label={sending ? 'Sent on' : 'Decided on'} value={on} onChange={setOn} required autoFocus />
        {sending && (
          <SelectField
            label="Channel"
            value={channel}
            onChange={(value) => value && setChannel(value)}
            options={CHANNELS}
          />
        )}
        {gaps && (
          <>
            <Finding severity="warn">{readiness.sentence}</Finding>
            <TextField label="Reason for sending without it" value={gapReason} onChange={setGapReason} required />
          </>
        )}
        <TextAreaField label={sending ? 'Note' : 'Outcome in words'} value={note} onChange={setNote} rows={2} />
        <Actions>
          <Button
            type="submit"
            variant="filled"
            loading={transition.isPending}
            disabled={!on || (gaps && gapReason.trim().length < 3)}
          >
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
