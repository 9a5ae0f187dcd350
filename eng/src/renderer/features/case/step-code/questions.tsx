// Only questions that can still change the answer, the one that settles most first; answered ones stay below, to change.
import { useState } from 'react'
import type { CaseFact } from '#core/case/schema.ts'
import type { Guide, Question } from '#core/guide/schema.ts'
import { ORAL_AREAS } from '#core/teeth.ts'
import { formatDate } from '../../../lib/format.ts'
import { useCommand } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { RowButton } from '../../../ui/button.tsx'
import { RadioKeys } from '../../../ui/radio-keys.tsx'
import classes from './step-code.module.css'
import { TypedQuestion } from './typed-question.tsx'
import type { CodeProps } from '../step-data.ts'

export function Questions({ caseView, guide }: CodeProps) {
  const answer = useCommand('case.answer')
  const canWork = useCan('work')
  const [changing, setChanging] = useState<string | null>(null)
  const give = (fact: string, value: CaseFact) => {
    setChanging(null)
    answer.mutate({ id: caseView.id, fact, value })
  }
  const stated = caseView.facts.map((one) => one.fact)
  // An answer on its way counts as given, so that the next key reaches the next question.
  const given = answer.isPending ? answer.variables.fact : null
  const open = caseView.questions.filter(({ fact }) => fact === changing || (fact !== given && !stated.includes(fact)))
  const changed = changing ? guide.facts.find((fact) => fact.id === changing) : undefined
  return (
    <div>
      {changed && (
        <Ask
          key={changed.id}
          question={asQuestion(changed)}
          active
          disabled={!canWork}
          onAnswer={(value) => give(changed.id, value)}
        />
      )}
      {open
        .filter((question) => question.fact !== changing)
        .slice(0, 4)
        .map((question, index) => (
          <Ask
            key={question.fact}
            question={question}
            active={index === 0 && !changed}
            disabled={!canWork}
            onAnswer={(value) => give(question.fact, value)}
          />
        ))}
      {open.length > 4 && <p className="cw-muted">{open.length - 4} more follow.</p>}
      <div className={classes.answered}>
        {caseView.facts.map((one) => (
          <div
            key={one.fact}
            className={classes.answer}
            title={`${one.answeredBy}, ${formatDate(one.answeredAt.slice(0, 10))}`}
          >
            <span className="cw-muted">{labelOf(guide, one.fact)}</span>
            <span>{one.value === null ? 'Not known' : showValue(guide, one.fact, one.value)}</span>
            {canWork && (
              <RowButton
                verb="Change"
                of={labelOf(guide, one.fact).toLowerCase()}
                onClick={() => setChanging(one.fact)}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

function labelOf(guide: Guide, fact: string): string {
  return guide.facts.find((one) => one.id === fact)?.label ?? fact
}

/** A fact of the guide as a question, for answers that are changed. */
function asQuestion(fact: Guide['facts'][number]): Question {
  const unknown = { value: 'unknown', label: 'Not known', key: 'u' }
  const keys =
    fact.kind === 'boolean'
      ? [{ value: true, label: 'Yes', key: 'y' }, { value: false, label: 'No', key: 'n' }, unknown]
      : fact.values
        ? [...fact.values.filter((value) => value.value !== 'unknown'), unknown]
        : []
  return {
    fact: fact.id,
    kind: fact.kind,
    question: fact.question,
    why: fact.why,
    evidence: fact.evidence,
    keys,
    blocking: true,
  }
}

interface AskProps {
  question: Question
  active: boolean
  disabled: boolean
  onAnswer: (value: CaseFact) => void
}

function Ask({ question, active, disabled, onAnswer }: AskProps) {
  const help = `${question.why} Settled by: ${question.evidence.join('; ')}.`
  // Other kinds have one key only, for "unknown", beside what is typed.
  if (question.kind === 'boolean' || question.kind === 'enum') {
    return (
      <RadioKeys
        question={question.question}
        options={question.keys.map((key) => ({ value: JSON.stringify(key.value), label: key.label, key: key.key }))}
        value={null}
        onChange={(value) => value !== null && onAnswer(readKey(value))}
        active={active}
        disabled={disabled}
        help={help}
      />
    )
  }
  if (question.kind === 'tooth') return <p>{question.question} Set it with Edit, at the top of the case.</p>
  return <TypedQuestion question={question} help={help} active={active} disabled={disabled} onAnswer={onAnswer} />
}

function readKey(text: string): CaseFact {
  const value = JSON.parse(text) as CaseFact
  return value === 'unknown' ? null : value
}

/** An answer in words. */
function showValue(guide: Guide, fact: string, value: CaseFact): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([area, count]) => `${ORAL_AREAS[area as '10'] ?? area}: ${count}`)
      .join('; ')
  const spec = guide.facts.find((one) => one.id === fact)
  if (spec?.kind === 'date' && typeof value === 'string') return formatDate(value)
  return spec?.values?.find((one) => one.value === value)?.label ?? String(value ?? '')
}
