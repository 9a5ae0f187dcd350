// The guide as it is being edited, tried at once: answers on the left lead to code, checklist and text.
import { useState } from 'react'
import { STAGES, type Stage } from '#core/case/schema.ts'
import { checklistFor } from '#core/guide/checklist.ts'
import { choose } from '#core/guide/choose.ts'
import type { FactValue } from '#core/guide/condition.ts'
import { isAnswerTo } from '#core/guide/facts.ts'
import { draftNarrative, templatesFor } from '#core/guide/narrative.ts'
import { nextQuestions } from '#core/guide/questions.ts'
import type { FactSpec, Guide } from '#core/guide/schema.ts'
import { useToday } from '../../lib/use-today.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'

type Answers = Record<string, FactValue>
const STAGE_WORDS: Record<Stage, string> = {
  authorization: 'For a request',
  claim: 'For the claim',
  appeal: 'For an appeal',
}

export function TryIt({ guide }: { guide: Guide }) {
  const today = useToday()
  const [given, setGiven] = useState<Answers>({})
  const specs = new Map(guide.facts.map((fact) => [fact.id, fact]))
  // An answer that the edited guide does not know any more is not put to it.
  const answers = Object.fromEntries(
    Object.entries(given).filter(([id, value]) => specs.has(id) && isAnswerTo(specs.get(id)!, value)),
  )
  const tried = tryOut(guide, answers, today)
  if (typeof tried === 'string') return <p className="cw-muted">{tried}</p>
  const { choice, asked } = tried
  const shown = [...new Set([...Object.keys(answers), ...asked])].flatMap((id) => specs.get(id) ?? [])
  const codes = choice.lines.map((line) => line.code)
  const due = (stage: Stage) =>
    checklistFor(guide, { facts: answers, stage, codes, visits: [], reportingMode: 'phased' }).map(({ title }) => title)
  const [template] = codes[0] ? templatesFor(guide, codes[0]) : []
  return (
    <>
      <Section title="Try it" note="Nothing here is saved">
        {shown.map((spec) => (
          <TryQuestion
            key={spec.id}
            spec={spec}
            value={answers[spec.id]}
            onChange={(value) =>
              setGiven(({ [spec.id]: _, ...rest }) => (value === undefined ? rest : { ...rest, [spec.id]: value }))
            }
          />
        ))}
        <Button variant="subtle" onClick={() => setGiven({})}>
          Begin again
        </Button>
      </Section>
      <Section title="Answer">
        {choice.lines.length === 0 && <p>{choice.instead || 'No code yet: answer the questions.'}</p>}
        <ul aria-label="Codes">
          {choice.lines.map((line) => (
            <li key={`${line.code}${line.area ?? ''}`}>
              <strong>{line.code}</strong> {line.reason} <span className="cw-muted">({line.source})</span>
            </li>
          ))}
        </ul>
        {choice.findings.map((finding) => (
          <p key={finding.id} className="cw-muted">
            {finding.message}
          </p>
        ))}
      </Section>
      <Section title="Checklist">
        {STAGES.map((stage) => (
          <p key={stage}>
            <strong>{STAGE_WORDS[stage]}:</strong> {due(stage).join('; ') || 'nothing'}
          </p>
        ))}
      </Section>
      {template && (
        <Section title={template.title}>
          <p>{draftNarrative(guide, template.id, answers, [])}</p>
        </Section>
      )}
    </>
  )
}

/** A guide that is half typed cannot be asked yet. */
function tryOut(guide: Guide, facts: Answers, serviceDate: string) {
  try {
    const choice = choose(guide, { facts, serviceDate, reportingMode: 'phased' })
    return { choice, asked: nextQuestions(guide, facts, serviceDate).map((question) => question.fact) }
  } catch {
    return 'Mend what is listed, then try it.'
  }
}

interface TryQuestionProps {
  spec: FactSpec
  value: FactValue | undefined
  onChange: (value: FactValue | undefined) => void
}
/** As it is typed: codes with spaces between them. */
const textOf = (value: FactValue | undefined) =>
  value === undefined || value === null
    ? ''
    : Array.isArray(value)
      ? value.join(' ')
      : typeof value === 'object'
        ? ''
        : String(value)

function TryQuestion({ spec: { kind, question, values }, value, onChange }: TryQuestionProps) {
  if (kind === 'boolean' || kind === 'enum')
    return (
      <SelectField
        label={question}
        value={textOf(value)}
        emptyLabel="Not answered"
        options={
          kind === 'boolean'
            ? [
                { value: 'true', label: 'Yes' },
                { value: 'false', label: 'No' },
              ]
            : (values ?? []).map(({ value: one, label }) => ({ value: one, label }))
        }
        onChange={(text) => onChange(text === '' ? undefined : kind === 'boolean' ? text === 'true' : text)}
      />
    )
  const read = (text: string): FactValue | undefined => {
    if (text === '') return undefined
    if (kind === 'number') return Number.isNaN(Number(text)) ? undefined : Number(text)
    return kind === 'codes' ? text.toUpperCase().split(/[\s,]+/) : text
  }
  if (kind === 'counts') return null
  return <TextField label={question} value={textOf(value)} onChange={(text) => onChange(read(text))} />
}
