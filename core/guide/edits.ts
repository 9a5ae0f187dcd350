// What an office changes of a guide: wording, checklist, narratives, notes, rules and codes of its own. All else stays as shipped.
import * as z from 'zod'
import { Stage } from '../case/schema.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import { AreaRule } from '../teeth.ts'
import { citedIn } from './reference.ts'
import {
  isOwn,
  type ChecklistSpec,
  type Code,
  type FactSpec,
  type Guide,
  type Rule,
  type Source,
  type Statement,
  type Template,
} from './schema.ts'

const Words = z.string().max(1200)
const Id = z.string().max(60)
/** Why something of the shipped guide is left out; empty: it is not. */
const LeftOut = z.string().max(300)

const CodeEdit = z.strictObject({ code: z.string().max(5), label: Words, use: Words, area: AreaRule })
/** `answers` only of a question of the office's own; none: yes or no. */
const QuestionEdit = z.strictObject({
  id: Id,
  question: Words,
  why: Words,
  answers: z.array(z.string().max(60)).max(9),
  leftOut: LeftOut,
})
const ItemEdit = z.strictObject({
  id: Id,
  title: Words,
  detail: Words,
  stages: z.array(Stage).max(3),
  leftOut: LeftOut,
})
const NarrativeEdit = z.strictObject({ id: Id, parts: z.array(Words).max(60) })
const NoteEdit = z.strictObject({ question: Words, answer: Words })
const RuleEdit = z.strictObject({
  id: Id,
  when: z.array(z.strictObject({ fact: Id, is: z.union([z.boolean(), z.string().max(60)]) })).max(12),
  code: z.string().max(5),
  because: Words,
})

/** Entries of the shipped guide stand in its order and cannot go; those of the office’s own, `own_…`, may be added and taken away. */
export const GuideEdits = z.strictObject({
  title: Words,
  codes: z.array(CodeEdit).max(30),
  questions: z.array(QuestionEdit).max(120),
  items: z.array(ItemEdit).max(120),
  narratives: z.array(NarrativeEdit).max(60),
  notes: z.array(NoteEdit).max(60),
  rules: z.array(RuleEdit).max(40),
})
export type GuideEdits = z.infer<typeof GuideEdits>

const OFFICE = 'Your office, '
/** The next free id of an entry of the office's own. */
export function ownId(taken: readonly { id: string }[]): string {
  const numbers = taken.map(({ id }) => Number(/^own_(\d+)$/.exec(id)?.[1] ?? 0))
  return `own_${Math.max(0, ...numbers) + 1}`
}
const isOfOffice = ({ source }: { source: readonly string[] }) => source.every((id) => id.startsWith(OFFICE))

/** The part of a guide that an office edits. */
export function editsOf(guide: Guide): GuideEdits {
  return {
    title: guide.title,
    codes: guide.codes
      .filter(isOfOffice)
      .map(({ code, label, whenToUse, area }) => ({ code, label, use: whenToUse[0]?.text ?? '', area })),
    questions: guide.facts
      .filter((fact) => fact.derivedFrom === undefined)
      .map(({ id, question, why, values, leftOut }) => ({
        id,
        question,
        why,
        answers: isOwn(id) ? (values ?? []).map(({ label }) => label) : [],
        leftOut: leftOut ?? '',
      })),
    items: guide.checklist.map(({ id, title, detail, stages, leftOut }) => ({
      id,
      title,
      detail,
      stages,
      leftOut: leftOut ?? '',
    })),
    narratives: guide.narratives.map(({ id, parts }) => ({ id, parts: parts.map(({ text }) => text) })),
    notes: guide.questionsAndAnswers.map(({ question, answer }) => ({ question, answer })),
    rules: guide.rules.filter(({ id }) => isOwn(id)).map(ruleEditOf),
  }
}

function ruleEditOf({ id, when, outcomes }: Rule): GuideEdits['rules'][number] {
  const tests = 'all' in when ? when.all : []
  return {
    id,
    when: tests.flatMap((test) => ('is' in test ? { fact: test.fact, is: test.is as string | boolean } : [])),
    code: outcomes[0]?.recommend[0]?.code ?? '',
    because: outcomes[0]?.reason ?? '',
  }
}

/**
 * The guide with these edits. What differs from `base` carries the source “Your office, DATE”; what does not, the one it had.
 * It may be wrong: `problemsOf` says how.
 */
export function applyEdits(base: Guide, edits: GuideEdits, today: IsoDate): Guide {
  const own: Source = {
    id: `${OFFICE}${formatDate(today)}`,
    title: 'Entered by your office',
    recorded: today,
    confidence: 'confirmed',
  }
  const basis = { source: [own.id], confidence: 'confirmed' as const }
  const stamp = <Entry extends object>(entry: Entry, before: object | undefined): Entry =>
    before && JSON.stringify(entry) === JSON.stringify(before) ? entry : { ...entry, ...basis }
  const guide: Guide = {
    ...base,
    title: edits.title,
    codes: [
      ...base.codes.filter((code) => !isOfOffice(code)),
      ...edits.codes.map((edit) =>
        stamp(
          codeOf(edit, base, basis),
          base.codes.find(({ code }) => code === edit.code),
        ),
      ),
    ],
    facts: [
      ...base.facts.filter(({ id }) => !isOwn(id)).map((fact) => questionIn(fact, edits)),
      ...ownQuestions(edits),
    ],
    rules: [
      ...edits.rules.map((edit) =>
        stamp(
          ruleOf(edit, base),
          base.rules.find(({ id }) => id === edit.id),
        ),
      ),
      ...base.rules.filter(({ id }) => !isOwn(id)),
    ],
    checklist: [
      ...base.checklist
        .filter(({ id }) => !isOwn(id))
        .map((item) =>
          stamp(
            itemIn(
              item,
              edits.items.find(({ id }) => id === item.id),
            ),
            item,
          ),
        ),
      ...edits.items
        .filter(({ id }) => isOwn(id))
        .map((edit) => {
          const before = base.checklist.find(({ id }) => id === edit.id)
          return stamp(itemIn(before ?? newItem(edit.id), edit), before)
        }),
    ],
    narratives: base.narratives.map((template) => stamp(narrativeIn(template, edits), template)),
    questionsAndAnswers: edits.notes.map((note) => {
      const before = base.questionsAndAnswers.find(
        ({ question, answer }) => question === note.question && answer === note.answer,
      )
      return before ?? { ...note, ...basis }
    }),
  }
  const cited = new Set(citedIn({ ...guide, sources: [] }))
  const sources = [...base.sources.filter(({ id }) => id !== own.id), own].filter(({ id }) => cited.has(id))
  const isChanged = JSON.stringify({ ...guide, sources: base.sources }) !== JSON.stringify(base)
  return { ...guide, sources, revision: isChanged ? today : base.revision }
}

type Basis = Pick<Statement, 'source' | 'confidence'>
function codeOf({ code, label, use, area }: GuideEdits['codes'][number], base: Guide, basis: Basis): Code {
  const before = base.codes.find((one) => one.code === code)
  const said: Statement = { text: use, ...basis }
  const same = before?.whenToUse[0]?.text === use ? before.whenToUse : [said]
  return {
    code,
    label,
    description: label,
    family: base.families[0]!.id,
    kind: 'treatment',
    teeth: { dentition: 'any' },
    area,
    validFrom: null,
    validTo: null,
    retired: false,
    whenToUse: same,
    notWhen: [],
    questionsAndAnswers: [],
    compareWith: [],
    source: before?.source ?? [],
    confidence: 'confirmed',
  }
}

function questionIn(fact: FactSpec, { questions }: GuideEdits): FactSpec {
  const edit = questions.find(({ id }) => id === fact.id)
  if (!edit) return fact
  const { leftOut: _, ...rest } = fact
  return { ...rest, question: edit.question, why: edit.why, ...reasonOf(edit) }
}

const KEYS = '123456789'
function ownQuestions({ questions }: GuideEdits): FactSpec[] {
  return questions
    .filter(({ id }) => isOwn(id))
    .map(({ id, question, why, answers, ...edit }) => ({
      id,
      kind: answers.length > 0 ? ('enum' as const) : ('boolean' as const),
      label: question,
      question,
      why,
      evidence: ['Chart note'],
      ...(answers.length > 0
        ? { values: answers.map((label, at) => ({ value: `a${at + 1}`, label, key: KEYS[at] ?? '0' })) }
        : {}),
      given: true,
      ...reasonOf(edit),
    }))
}

const reasonOf = ({ leftOut }: { leftOut: string }) => (leftOut.trim() ? { leftOut: leftOut.trim() } : {})

function newItem(id: string): ChecklistSpec {
  return {
    id,
    title: '',
    detail: '',
    who: ['front_desk'],
    type: 'chart',
    stages: ['claim'],
    mayBeFile: true,
    perVisit: false,
    evidenceKinds: ['chart_note'],
    dateRule: 'none',
    seed: false,
    source: [],
    confidence: 'confirmed',
  }
}

function itemIn(item: ChecklistSpec, edit: GuideEdits['items'][number] | undefined): ChecklistSpec {
  if (!edit) return item
  const { leftOut: _, ...rest } = item
  const { title, detail, stages } = edit
  return { ...rest, title, detail, stages, ...reasonOf(edit) }
}

function narrativeIn(template: Template, { narratives }: GuideEdits): Template {
  const edit = narratives.find(({ id }) => id === template.id)
  if (!edit) return template
  return { ...template, parts: template.parts.map((part, at) => ({ ...part, text: edit.parts[at] ?? part.text })) }
}

/** Goes before all shipped rules, and holds only where all its answers are known: it never keeps another one waiting. */
function ruleOf({ id, when, code, because }: GuideEdits['rules'][number], base: Guide): Rule {
  const before = base.rules.find((one) => one.id === id)
  return {
    id,
    title: `Your office’s rule for ${code}`,
    when: { all: when },
    exception: true,
    adds: false,
    outcomes: [
      {
        exception: false,
        reason: because,
        asks: [],
        recommend: [{ code, role: 'main' }],
        reject: [],
        findings: [],
        needsDentist: false,
      },
    ],
    reject: [],
    findings: [],
    source: before?.source ?? [],
    confidence: before?.confidence ?? 'confirmed',
  }
}

/** A guide for a procedure that has none, to begin from: checklist, texts and denials of “any other procedure”, and the office’s first code. */
export function newGuide(
  id: string,
  template: Guide,
  first: GuideEdits['codes'][number],
  title: string,
  today: IsoDate,
): Guide {
  const [family] = template.families
  const begun: Guide = {
    ...template,
    id,
    title,
    summary: title,
    revision: today,
    families: [{ ...family!, id: 'own', title, summary: title }],
    codes: [],
    facts: template.facts.filter((fact) => fact.id !== 'has_code'),
    rules: [
      {
        id: 'dentist',
        title: 'The dentist names the code',
        when: { any: [true, false].map((known) => ({ fact: 'diagnosis', known })) },
        exception: false,
        adds: false,
        outcomes: [
          {
            reason:
              'No rule of your office fits these answers: enter the code from the treatment plan under “Other codes”',
            exception: false,
            asks: [],
            recommend: [],
            reject: [],
            findings: [],
            needsDentist: true,
          },
        ],
        reject: [],
        findings: [],
        source: template.rules[0]!.source,
        confidence: template.rules[0]!.confidence,
      },
    ],
  }
  return applyEdits(begun, { ...editsOf(begun), codes: [first] }, today)
}
