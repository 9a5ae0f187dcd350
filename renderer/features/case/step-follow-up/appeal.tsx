// One appeal: where it stands, its letter, sending it, its outcome.
import { useState } from 'react'
import { appealLife, stateWords } from '#core/appeal/lifecycle.ts'
import { type AppealEvent, type AppealState, LEVEL_LABELS } from '#core/appeal/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import { formatDate } from '../../../lib/format.ts'
import { digitOf } from '../../../lib/keys.ts'
import { useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { Answer } from '../../../ui/states.tsx'
import { StatusTag, type Tone } from '../../../ui/status-tag.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import classes from '../money.module.css'
import { channelPhrase } from '../../../lib/channels.ts'
import { TakeBack } from '../take-back.tsx'
import { AppealEventDialog } from './appeal-event-dialog.tsx'
import { DeadlineText } from './deadline-text.tsx'
import { LetterEditor } from './letter-editor.tsx'
import { LetterPaper } from './letter-paper.tsx'
import { LetterActions } from './letter-actions.tsx'
import { historyOf, type AppealData, type FollowUpData } from '../step-data.ts'

const TONES: Record<AppealState, Tone> = {
  draft: 'todo',
  sent: 'wait',
  won: 'ok',
  partly_won: 'warn',
  lost: 'warn',
  withdrawn: 'plain',
}

interface AppealPartProps {
  caseView: CaseView
  appeal: AppealData
  /** What it is about. */
  eob: FollowUpData['remittances'][number] | undefined
  /** The one the keys work on. */
  latest: boolean
}

export function AppealPart({ caseView, appeal, eob, latest }: AppealPartProps) {
  const canWork = useCan('work')
  const [event, setEvent] = useState<AppealEvent | null>(null)
  const record = useRoute('documentation.get', { caseId: caseView.id, stage: 'appeal' })
  const { state, deadline, channel, answer, evidence, settlement } = appeal
  const editable = state === 'draft' && canWork
  return (
    <Section title={LEVEL_LABELS[appeal.level]}>
      <div className="cw-row">
        <StatusTag tone={settlement?.paidOn === null ? 'wait' : TONES[state]}>{stateWords(appeal)}</StatusTag>
        {appeal.sentOn && (
          <span>
            Sent {formatDate(appeal.sentOn)}
            {channelPhrase(channel)}
          </span>
        )}
        {appeal.decidedOn && <span>Decided {formatDate(appeal.decidedOn)}</span>}
        {appeal.outcomeNote && <span>{appeal.outcomeNote}</span>}
      </div>
      {deadline && <DeadlineText deadline={deadline} running={state === 'draft'} />}
      {answer && state === 'sent' && <DeadlineText deadline={answer} word="Decision due" />}
      {settlement?.paidOn && <p>Paid on the EOB received {formatDate(settlement.paidOn)}.</p>}
      <EvidenceList items={evidence} open={state === 'draft'} />
      <Answer query={record}>
        {(view) =>
          editable ? (
            <LetterEditor appeal={appeal} eob={eob} view={view} keys={latest} />
          ) : (
            <>
              <details open={state === 'draft'}>
                <summary>Letter</summary>
                <LetterPaper letter={appeal.letter} view={view} />
              </details>
              <div className="cw-row">
                <LetterActions appeal={appeal} keys={latest} />
              </div>
            </>
          )
        }
      </Answer>
      {canWork && appeal.events.length > 0 && (
        <div className="cw-row">
          {appeal.events.map((one, index) => (
            <Button
              key={one}
              {...(latest && { shortcut: digitOf(index) })}
              variant={one === 'send' ? 'filled' : one === 'withdraw' ? 'subtle' : 'default'}
              onClick={() => setEvent(one)}
            >
              {appealLife.events[one]}
            </Button>
          ))}
        </div>
      )}
      <Timeline label={`History: ${LEVEL_LABELS[appeal.level]}`} entries={historyOf(appeal.history, appealLife.done)} />
      {canWork && appeal.canUndo && <TakeBack route="appeal.undo" of={appeal} latest={latest} />}
      {event && <AppealEventDialog key={event} appeal={appeal} event={event} onClose={() => setEvent(null)} />}
    </Section>
  )
}

/** What this kind of denial needs in an appeal, and what the case has of it. */
function EvidenceList({ items, open }: { items: AppealData['evidence']; open: boolean }) {
  const lacking = items.filter((item) => item.have === null).length
  return (
    <details open={open}>
      <summary>
        Evidence for this kind of denial: {items.length - lacking} of {items.length}
      </summary>
      <ul className={classes.plain} aria-label="Evidence">
        {items.map(({ title, have }) => (
          <li key={title} className="cw-row">
            <StatusTag tone={have === null ? 'todo' : 'ok'}>{have === null ? 'Missing' : 'There'}</StatusTag>
            <span>{title}</span>
            <span className="cw-muted">{have}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
