// How a name is read, and whether somebody is a person on file: side by side, answered by a key.
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, formatDate, personName } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { RadioKeys } from '../../ui/radio-keys.tsx'
import type { Answers } from './list-preview.ts'

type Question = OutputOf<'authorization.previewImport'>['questions'][number]

interface QuestionsProps {
  questions: readonly Question[]
  answers: Answers
  onAnswer: (answers: Answers) => void
}

/** Each question stays where it is once it is answered, so that the answer can be changed. */
export function Questions({ questions, answers, onAnswer }: QuestionsProps) {
  if (questions.length === 0) return null
  const open = questions.filter((one) => answers[one.id] === undefined)
  return (
    <section aria-label="People to check">
      <h3>People to check</h3>
      {questions.map((question) => (
        <RadioKeys
          key={question.id}
          question={wordsOf(question)}
          options={question.options.map((option, at) => ({
            value: option.answer,
            label: labelOf(question, option),
            key: String(at + 1),
          }))}
          value={answers[question.id] ?? null}
          onChange={(answer) => {
            const { [question.id]: _, ...others } = answers
            onAnswer(answer === null ? others : { ...others, [question.id]: answer })
          }}
        />
      ))}
      {open.length > 1 && (
        <Button
          variant="subtle"
          onClick={() =>
            onAnswer({ ...answers, ...Object.fromEntries(open.map((one) => [one.id, one.options[0]!.answer])) })
          }
        >
          {`Use the first for all ${countOf(open.length, 'question')}`}
        </Button>
      )}
    </section>
  )
}

function wordsOf({ row, kind, options }: Question): string {
  if (kind === 'name') return `Row ${row}: which is the last name, which the first?`
  const who = options.at(-1)!
  // Without a birth date nobody can be added: somebody else is no answer.
  return who.answer === 'another'
    ? `Row ${row}: is ${personName(who)} one of these?`
    : `Row ${row} has no birth date. Is it this patient?`
}

function labelOf({ kind }: Question, option: Question['options'][number]): string {
  if (kind === 'name') return personName(option)
  const born = option.birthDate ? `, born ${formatDate(option.birthDate)}` : ''
  const which = option.isOnFile ? 'on file' : option.answer === 'another' ? 'somebody else' : 'in this list'
  return `${personName(option)}${born} (${which})`
}
