// A question whose answer is typed: a date, a number, words, codes, or teeth per quadrant; or it is not known.
import { useEffect, useRef, useState } from 'react'
import type { CaseFact } from '#core/case/schema.ts'
import type { Question } from '#core/guide/schema.ts'
import { ORAL_AREAS } from '#core/teeth.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import radio from '../../../ui/radio-keys.module.css'
import classes from './step-code.module.css'

interface TypedQuestionProps {
  question: Question
  /** Why it is asked and what settles it. */
  help: string
  /** The first of the open questions: it takes the focus when nothing else has it. */
  active: boolean
  disabled: boolean
  onAnswer: (value: CaseFact) => void
}

export function TypedQuestion({ question, help, active, disabled, onAnswer }: TypedQuestionProps) {
  const [value, setValue] = useState<CaseFact>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active && document.activeElement === document.body) box.current?.querySelector('input')?.focus()
  }, [active])
  const Entry = question.kind === 'counts' ? CountsEntry : TextEntry
  return (
    <div ref={box} className={radio.question} data-active={active || undefined}>
      <Form onSubmit={() => value !== null && onAnswer(value)} label={question.question}>
        <Entry question={question} help={help} disabled={disabled} onChange={setValue} />
        <div className="cw-row">
          <Button type="submit" disabled={disabled || value === null}>
            Answer
          </Button>
          <Button variant="subtle" disabled={disabled} onClick={() => onAnswer(null)}>
            Not known
          </Button>
        </div>
      </Form>
    </div>
  )
}

type EntryProps = Pick<TypedQuestionProps, 'question' | 'help' | 'disabled'> & { onChange: (value: CaseFact) => void }

function TextEntry({ question, help, disabled, onChange }: EntryProps) {
  const [text, setText] = useState('')
  const [date, setDate] = useState<string | null>(null)
  if (question.kind === 'date')
    return (
      <DateField
        label={question.question}
        value={date}
        onChange={(next) => {
          setDate(next)
          onChange(next)
        }}
        hint={help}
        disabled={disabled}
      />
    )
  return (
    <TextField
      label={question.question}
      value={text}
      onChange={(next) => {
        setText(next)
        onChange(readAnswer(question.kind, next))
      }}
      hint={help}
      disabled={disabled}
      inputMode={question.kind === 'number' ? 'numeric' : 'text'}
    />
  )
}

function readAnswer(kind: Question['kind'], text: string): CaseFact {
  if (text.trim() === '') return null
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : null
  if (kind !== 'codes') return text.trim()
  const codes = text.toUpperCase().match(/D\d{4}/g)
  return codes ? [...new Set(codes)] : null
}

/** As they lie in the mouth, seen from the front. */
const QUADRANTS = ['10', '20', '40', '30'] as const

function CountsEntry({ question, help, disabled, onChange }: EntryProps) {
  const [counts, setCounts] = useState<Record<string, string>>({})
  return (
    <>
      <p className={radio.text}>{question.question}</p>
      <p className="cw-muted">{help}</p>
      <div className={classes.quadrants}>
        {QUADRANTS.map((area) => (
          <TextField
            key={area}
            label={ORAL_AREAS[area]}
            value={counts[area] ?? ''}
            onChange={(text) => {
              const next = { ...counts, [area]: text }
              setCounts(next)
              onChange(readCounts(next))
            }}
            inputMode="numeric"
            maxLength={2}
            error={isCount(counts[area] ?? '') ? undefined : 'A number from 0 to 8'}
            disabled={disabled}
          />
        ))}
      </div>
    </>
  )
}

/** A quadrant has eight teeth; an empty field counts none. */
const isCount = (text: string) => /^\s*[0-8]?\s*$/.test(text)

function readCounts(counts: Readonly<Record<string, string>>): CaseFact {
  const typed = Object.entries(counts).filter(([, text]) => text.trim() !== '')
  if (typed.length === 0 || !typed.every(([, text]) => isCount(text))) return null
  return Object.fromEntries(typed.map(([area, text]) => [area, Number(text)]))
}
