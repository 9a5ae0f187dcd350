// Three short questions for each new file: what it is, when it was taken, which tooth. Guesses stand; Enter takes them.
import { useEffect, useState } from 'react'
import { fileSize } from '#core/file-size.ts'
import { guessAttachment } from '#core/case/attachment-kind.ts'
import type { AttachmentInput } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { ItemView } from '#core/contract/case-documentation.ts'
import type { IsoDate } from '#core/dates.ts'
import { countOf, dayOf, formatDate } from '../../../lib/format.ts'
import { explainError, useCommand } from '../../../lib/query.ts'
import { useToday } from '../../../lib/use-today.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, ToothField } from '../../../ui/fields.tsx'
import { Finding } from '../../../ui/finding.tsx'
import { Form } from '../../../ui/form.tsx'
import { RadioKeys, type KeyedOption } from '../../../ui/radio-keys.tsx'
import { useObjectUrl } from '../../../ui/thumbnail.tsx'
import { PHASES } from '../step-code/visit-plan.tsx'
import classes from './documentation.module.css'
import { kindFor, KIND_OPTIONS } from './kinds.ts'

/** A file that is not on the case yet, and what is known of it so far. */
export interface WaitingFile {
  id: string
  file: File
  input: AttachmentInput
}

/** @param entry the item it was chosen for: its kind and visit go before what the name says */
export function waitingFile(file: File, caseView: CaseView, entry?: ItemView): WaitingFile {
  const guess = guessAttachment(file.name, { tooth: caseView.tooth, visits: caseView.visits })
  const visit = caseView.visits.find(({ id }) => id === entry?.item.visitId)
  const isOfItem = !entry || entry.item.evidenceKinds.includes(guess.kind)
  const input = {
    ...guess,
    kind: isOfItem ? guess.kind : (kindFor(entry) ?? 'other'),
    tooth: entry?.item.type === 'image' ? (guess.tooth ?? caseView.tooth) : guess.tooth,
    ...(visit && { visitId: visit.id, takenOn: guess.takenOn ?? visit.doneOn }),
  }
  return { id: crypto.randomUUID(), file, input }
}

interface DescribeProps {
  caseView: CaseView
  waiting: WaitingFile
  /** How many follow. */
  left: number
  onChange: (input: AttachmentInput) => void
  /** Later: the file waits, nothing answered is lost. */
  onClose: () => void
  /** Added, or left out on purpose. */
  onDone: () => void
}

export function Describe({ caseView, waiting, left, onChange, onClose, onDone }: DescribeProps) {
  const { file, input } = waiting
  const today = useToday()
  const [question, setQuestion] = useState(0)
  const [otherDate, setOtherDate] = useState(false)
  const [otherTooth, setOtherTooth] = useState(false)
  const bytes = useBytes(file)
  const picture = useObjectUrl(file.type.startsWith('image/') ? bytes : null, file.type)
  const add = useCommand('attachment.add', {
    done: ({ completes }) => (completes.length > 0 ? `Added. Completes: ${completes.join(', ')}` : 'Added'),
    expected: ['INVALID_INPUT', 'REFUSED'],
    onSuccess: onDone,
  })
  const save = async () => {
    const content = bytes ?? new Uint8Array(await file.arrayBuffer())
    add.mutate({ caseId: caseView.id, attachment: input, fileName: file.name, content })
  }
  const answer = (part: Partial<AttachmentInput>) => {
    onChange({ ...input, ...part })
    setQuestion(question + 1)
  }
  const dates = dateOptions(caseView, input, file, today)
  const dateValue = otherDate ? 'other' : (input.takenOn ?? 'none')
  const toothValue = otherTooth ? 'other' : (input.tooth ?? 'none')
  return (
    <Dialog
      open
      onClose={onClose}
      title={left > 0 ? `New file, ${countOf(left, 'more follows', 'more follow')}` : 'New file'}
      size="90%"
    >
      <Form onSubmit={() => void save()} label="New file" busy={add.isPending}>
        <div className={classes.describe}>
          <div>
            {picture && <img src={picture} alt="" />}
            <p className="cw-muted">
              {file.name}, {fileSize(file.size)}
            </p>
          </div>
          <div>
            <RadioKeys
              question="What is it?"
              options={KIND_OPTIONS}
              value={input.kind}
              onChange={(kind) => kind && answer({ kind })}
              active={question === 0}
            />
            <RadioKeys
              question="When was it taken?"
              options={[
                ...dates,
                { value: 'other', label: 'Another day…', key: 'd' },
                { value: 'none', label: 'Not known', key: 'u' },
              ]}
              value={dateValue}
              onChange={(value) => {
                setOtherDate(value === 'other')
                if (value === 'other') setQuestion(2)
                else answer({ takenOn: value === 'none' ? null : value, visitId: visitOf(caseView, value) })
              }}
              active={question === 1}
            />
            {otherDate && (
              <DateField
                label="Taken on"
                value={input.takenOn}
                onChange={(takenOn) => onChange({ ...input, takenOn, visitId: visitOf(caseView, takenOn) })}
                autoFocus
              />
            )}
            <RadioKeys
              question="Which tooth?"
              options={[
                ...(caseView.tooth ? [{ value: caseView.tooth, label: `#${caseView.tooth}`, key: 't' }] : []),
                { value: 'other', label: 'Another tooth…', key: 'o' },
                { value: 'none', label: 'No single tooth', key: 'n' },
              ]}
              value={toothValue === caseView.tooth || toothValue === 'none' ? toothValue : 'other'}
              onChange={(value) => {
                setOtherTooth(value === 'other')
                if (value === 'other') setQuestion(3)
                else answer({ tooth: value === 'none' ? null : value })
              }}
              active={question === 2}
            />
            {(otherTooth || (input.tooth !== null && input.tooth !== caseView.tooth)) && (
              <ToothField
                label="Tooth"
                value={input.tooth}
                onChange={(tooth) => onChange({ ...input, tooth })}
                autoFocus={otherTooth}
              />
            )}
          </div>
        </div>
        {add.error && <Finding severity="block">{explainError(add.error)}</Finding>}
        <Actions>
          <Button onClick={onDone}>Leave it out</Button>
          <Button type="submit" variant="filled" loading={add.isPending} autoFocus>
            Add to the case
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}

function useBytes(file: File): Uint8Array<ArrayBuffer> | null {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null)
  useEffect(() => {
    let alive = true
    void file.arrayBuffer().then((buffer) => {
      if (alive) setBytes(new Uint8Array(buffer))
    })
    return () => {
      alive = false
    }
  }, [file])
  return bytes
}

function visitOf(caseView: CaseView, day: IsoDate | null): AttachmentInput['visitId'] {
  return caseView.visits.find((visit) => visit.doneOn !== null && visit.doneOn === day)?.id ?? null
}

/** The days it may be of: the one in its name, the visits, today, the file's own. Each day once. */
function dateOptions(caseView: CaseView, input: AttachmentInput, file: File, today: IsoDate): KeyedOption<string>[] {
  const options = new Map<string, KeyedOption<string>>()
  const offer = (day: IsoDate | null, words: string, key: string) => {
    if (day && !options.has(day)) options.set(day, { value: day, label: `${formatDate(day)}${words}`, key })
  }
  caseView.visits.forEach((visit, index) => {
    const phase = PHASES[visit.phase].toLowerCase()
    offer(visit.doneOn, `, ${phase}`, String(index + 1))
  })
  offer(input.takenOn, '', 'g')
  offer(today, ', today', 't')
  offer(dayOf(file.lastModified), ', date of the file', 'f')
  return [...options.values()]
}
