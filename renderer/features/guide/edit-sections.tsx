// The parts of a guide that an office edits, each entry folded to its own words until it is opened.
import { STAGES, type Stage } from '#core/case/schema.ts'
import type { EditProblem } from '#core/guide/edit-problems.ts'
import { ownId } from '#core/guide/edits.ts'
import { type Guide, isOwn } from '#core/guide/schema.ts'
import type { AreaRule } from '#core/teeth.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { CheckField, SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Entry, Group, listOf, type SectionsProps } from './edit-parts.tsx'

const STAGE_WORDS: Record<Stage, string> = { authorization: 'Authorization', claim: 'Claim', appeal: 'Appeal' }
const AREA_WORDS: Record<AreaRule, string> = {
  none: 'Tooth or area, as charted',
  tooth: 'A tooth',
  quadrant: 'A quadrant',
  arch: 'An arch',
  mouth: 'The whole mouth',
}

/** What an entry is called in a list of problems. */
export function nameOf(guide: Guide, { section, entry }: EditProblem): string {
  if (section === 'questions') return guide.facts.find(({ id }) => id === entry)?.question || 'A question'
  if (section === 'items') return guide.checklist.find(({ id }) => id === entry)?.title || 'A checklist item'
  if (section === 'narratives') return guide.narratives.find(({ id }) => id === entry)?.title ?? 'A narrative'
  if (section === 'rules') return 'A rule of yours'
  if (section === 'codes') return entry || 'A code'
  return section === 'notes' ? 'A note' : 'The guide'
}

export function EditSections(props: SectionsProps) {
  return (
    <>
      {!props.own.isShipped && <Codes {...props} />}
      <Rules {...props} />
      <Questions {...props} />
      <Items {...props} />
      <Narratives {...props} />
      <Notes {...props} />
    </>
  )
}

function Questions(props: SectionsProps) {
  const { list, change, add, remove, problemOf } = listOf('questions', props)
  return (
    <Group
      title="Questions"
      count={list.length}
      lead="How they are worded, and which ones are not asked in your office."
    >
      {list.map((one, at) => {
        const shipped = props.own.edits.questions.find(({ id }) => id === one.id)
        const isChanged = JSON.stringify(shipped) !== JSON.stringify(one)
        return (
          <Entry
            key={one.id}
            name={one.question}
            problem={problemOf(one.id)}
            mark={one.leftOut ? 'not asked' : isChanged && 'changed'}
          >
            <TextAreaField
              label="Question"
              rows={1}
              value={one.question}
              onChange={(question) => change(at, { question })}
            />
            <TextAreaField label="Why it is asked" rows={1} value={one.why} onChange={(why) => change(at, { why })} />
            {isOwn(one.id) ? (
              <>
                <TextField
                  label="Answers"
                  value={one.answers.join(', ')}
                  onChange={(text) =>
                    change(at, { answers: text === '' ? [] : text.split(',').map((word) => word.trimStart()) })
                  }
                  hint="Separated by commas, such as: upper, lower. Empty: yes or no."
                />
                <RowButton verb="Remove" of={one.question || 'the new question'} onClick={() => remove(at)} />
              </>
            ) : (
              <TextField
                label="Not asked in our office, because"
                value={one.leftOut}
                onChange={(leftOut) => change(at, { leftOut })}
                hint="Leave empty to have it asked"
              />
            )}
          </Entry>
        )
      })}
      <Button onClick={() => add({ id: ownId(list), question: '', why: '', answers: [], leftOut: '' })}>
        Add a question
      </Button>
    </Group>
  )
}

function Items(props: SectionsProps) {
  const { list, change, add, remove, problemOf } = listOf('items', props)
  return (
    <Group title="Checklist" count={list.length} lead="What must be on file before a request, a claim and an appeal.">
      {list.map((one, at) => {
        const before = props.own.edits.items.find(({ id }) => id === one.id)
        const isChanged = JSON.stringify(before) !== JSON.stringify(one)
        return (
          <Entry
            key={one.id}
            name={one.title}
            problem={problemOf(one.id)}
            mark={one.leftOut ? 'left out' : isChanged && 'changed'}
          >
            <TextField label="What is needed" value={one.title} onChange={(title) => change(at, { title })} />
            <TextAreaField
              label="In detail"
              rows={1}
              value={one.detail}
              onChange={(detail) => change(at, { detail })}
            />
            <fieldset className="cw-row">
              <legend>Needed for</legend>
              {STAGES.map((stage) => (
                <CheckField
                  key={stage}
                  label={STAGE_WORDS[stage]}
                  value={one.stages.includes(stage)}
                  onChange={(isOn) =>
                    change(at, { stages: STAGES.filter((each) => (each === stage ? isOn : one.stages.includes(each))) })
                  }
                />
              ))}
            </fieldset>
            {isOwn(one.id) ? (
              <RowButton verb="Remove" of={one.title || 'the new item'} onClick={() => remove(at)} />
            ) : (
              <TextField
                label="Left out in our office, because"
                value={one.leftOut}
                onChange={(leftOut) => change(at, { leftOut })}
                hint="Leave empty to keep it; a payer that wants it brings it back"
              />
            )}
          </Entry>
        )
      })}
      <Button onClick={() => add({ id: ownId(list), title: '', detail: '', stages: ['claim'], leftOut: '' })}>
        Add an item
      </Button>
    </Group>
  )
}

function Rules(props: SectionsProps) {
  const { list, change, add, remove, problemOf } = listOf('rules', props)
  const guide = props.own.guide
  const own = props.edits.questions.filter(({ id }) => isOwn(id))
  const choices = [
    ...guide.facts
      .filter(({ id, kind }) => !isOwn(id) && (kind === 'enum' || kind === 'boolean'))
      .map((fact) => ({
        id: fact.id,
        label: fact.question,
        answers: fact.kind === 'boolean' ? YES_NO : (fact.values ?? []).map(({ value, label }) => ({ value, label })),
      })),
    ...own.map(({ id, question, answers }) => ({
      id,
      label: question || 'Your new question',
      answers: answers.length === 0 ? YES_NO : answers.map((label, at) => ({ value: `a${at + 1}`, label })),
    })),
  ]
  const codes = [
    ...guide.codes.filter(({ kind }) => kind !== 'other').map(({ code, label }) => ({ code, label })),
    ...props.edits.codes,
  ]
  const options = [
    ...new Map(codes.map(({ code, label }) => [code, { value: code, label: `${code} ${label}` }])).values(),
  ]
  const first = choices[0]
  const testOf = (fact: string) => {
    const answer = choices.find(({ id }) => id === fact)?.answers[0]?.value ?? ''
    return { fact, is: valueOf(answer) }
  }
  return (
    <Group
      title="Your own rules"
      count={list.length}
      lead="When all of these answers are given, this code. Your rules go before the shipped ones."
    >
      {list.map((one, at) => (
        <Entry key={one.id} name={one.because ? `${one.code}: ${one.because}` : 'New rule'} problem={problemOf(one.id)}>
          {one.when.map((test, place) => {
            const setTest = (next: typeof test) =>
              change(at, { when: one.when.map((each, index) => (index === place ? next : each)) })
            return (
              <div key={place} className="cw-fields">
                <SelectField
                  label={place === 0 ? 'When' : 'And'}
                  value={test.fact}
                  options={choices.map(({ id, label }) => ({ value: id, label }))}
                  onChange={(fact) => setTest(testOf(fact))}
                />
                <SelectField
                  label="is answered"
                  value={String(test.is)}
                  options={choices.find(({ id }) => id === test.fact)?.answers ?? []}
                  onChange={(is) => setTest({ ...test, is: valueOf(is) })}
                />
                <RowButton
                  verb="Remove"
                  of="this answer"
                  onClick={() => change(at, { when: one.when.filter((_, index) => index !== place) })}
                />
              </div>
            )
          })}
          {first && (
            <Button onClick={() => change(at, { when: [...one.when, testOf(first.id)] })}>Add an answer</Button>
          )}
          <SelectField
            label="Then report"
            value={one.code}
            options={options}
            emptyLabel="Choose a code"
            onChange={(code) => change(at, { code })}
          />
          <TextAreaField label="Because" rows={1} value={one.because} onChange={(because) => change(at, { because })} />
          <RowButton verb="Remove" of={`the rule for ${one.code || 'no code yet'}`} onClick={() => remove(at)} />
        </Entry>
      ))}
      {first && (
        <Button onClick={() => add({ id: ownId(list), when: [testOf(first.id)], code: '', because: '' })}>
          Add a rule
        </Button>
      )}
    </Group>
  )
}
const YES_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]
const valueOf = (text: string) => (text === 'true' ? true : text === 'false' ? false : text)

function Narratives(props: SectionsProps) {
  const { list, change, problemOf } = listOf('narratives', props)
  return (
    <Group
      title="Narratives"
      count={list.length}
      lead="Sentences of the letters. A word in braces, such as {diagnosis}, is filled in from the case."
    >
      {list.map((one, at) => (
        <Entry
          key={one.id}
          name={props.own.guide.narratives.find(({ id }) => id === one.id)?.title ?? one.id}
          problem={problemOf(one.id)}
          mark={
            JSON.stringify(props.own.edits.narratives.find(({ id }) => id === one.id)) !== JSON.stringify(one) &&
            'changed'
          }
        >
          {one.parts.map((part, place) => (
            <TextAreaField
              key={place}
              label={`Sentence ${place + 1}`}
              rows={1}
              value={part}
              onChange={(text) =>
                change(at, { parts: one.parts.map((each, index) => (index === place ? text : each)) })
              }
            />
          ))}
        </Entry>
      ))}
    </Group>
  )
}

function Notes(props: SectionsProps) {
  const { list, change, add, remove, problemOf } = listOf('notes', props)
  return (
    <Group title="Notes and advice" count={list.length} lead="Questions and answers on the guide’s page.">
      {list.map((one, at) => (
        <Entry key={at} name={one.question} problem={problemOf(String(at))}>
          <TextField label="Question" value={one.question} onChange={(question) => change(at, { question })} />
          <TextAreaField label="Answer" rows={2} value={one.answer} onChange={(answer) => change(at, { answer })} />
          <RowButton verb="Remove" of={one.question || 'the new note'} onClick={() => remove(at)} />
        </Entry>
      ))}
      <Button onClick={() => add({ question: '', answer: '' })}>Add a note</Button>
    </Group>
  )
}

function Codes(props: SectionsProps) {
  const { list, change, add, remove, problemOf } = listOf('codes', props)
  return (
    <Group title="Codes" count={list.length} lead="The codes of this guide, in your own words.">
      {list.map((one, at) => (
        <Entry key={at} name={`${one.code} ${one.label}`.trim()} problem={problemOf(one.code)}>
          <div className="cw-fields">
            <TextField
              label="Code"
              value={one.code}
              onChange={(code) => change(at, { code: code.toUpperCase() })}
              maxLength={5}
            />
            <SelectField
              label="Goes by"
              value={one.area}
              options={AREA_WORDS}
              onChange={(area) => change(at, { area })}
            />
          </div>
          <TextField label="What it is" value={one.label} onChange={(label) => change(at, { label })} />
          <TextAreaField label="When to use" rows={1} value={one.use} onChange={(use) => change(at, { use })} />
          <RowButton verb="Remove" of={one.code || 'the new code'} onClick={() => remove(at)} />
        </Entry>
      ))}
      <Button onClick={() => add({ code: '', label: '', use: '', area: 'none' })}>Add a code</Button>
    </Group>
  )
}
