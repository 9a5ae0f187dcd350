// What is wrong with the edits of a guide, in words, at the entry where it is mended.
import { checkGuide } from './check.ts'
import type { GuideEdits } from './edits.ts'
import { rulingFacts } from './questions.ts'
import { type Guide, isOwn } from './schema.ts'

export type EditSection = keyof GuideEdits
/** What is wrong, and with which entry: its id, its code, or its place among the notes. */
export interface EditProblem {
  section: EditSection
  entry: string
  message: string
}

/**
 * What is wrong with the edits, in words for the field they stand in; empty when they may be saved.
 * @param check `checkWords` while somebody types and no rule was touched
 */
export function problemsOf(guide: Guide, edits: GuideEdits, check = checkGuide): EditProblem[] {
  const own = ownProblems(guide, edits)
  if (own.length > 0) return own
  return check(guide).map(({ at, message }) => ({ ...placeOf(guide, at), message: inWords(message) }))
}

function ownProblems(guide: Guide, edits: GuideEdits): EditProblem[] {
  const ruling = rulingFacts({ ...guide, rules: guide.rules.filter((rule) => !isOwn(rule.id)) })
  const own = new Set(edits.rules.flatMap((rule) => rule.when.map((test) => test.fact)))
  const missing = (section: EditSection, entry: string, texts: readonly string[]) =>
    texts.some((text) => text.trim() === '')
      ? [{ section, entry, message: 'Something is empty. Fill it in, or remove it.' }]
      : []
  return [
    ...missing('title', '', [edits.title]),
    ...edits.codes.flatMap(({ code, label, use }) => [
      ...missing('codes', code, [label, use]),
      ...(/^D\d{4}$/.test(code)
        ? []
        : [{ section: 'codes' as const, entry: code, message: 'A code looks like D3353.' }]),
    ]),
    ...edits.questions.flatMap(({ id, question, why, answers, leftOut }) => [
      ...missing('questions', id, [question, why, ...answers]),
      ...(answers.length === 1
        ? [{ section: 'questions' as const, entry: id, message: 'Give at least two answers, or none for yes and no.' }]
        : []),
      ...(leftOut.trim() && (ruling.has(id) || own.has(id))
        ? [{ section: 'questions' as const, entry: id, message: 'This answer decides the code: it has to be asked.' }]
        : []),
    ]),
    ...edits.items.flatMap(({ id, title, detail, stages }) => [
      ...missing('items', id, [title, detail]),
      ...(stages.length === 0 ? [{ section: 'items' as const, entry: id, message: 'Say for what it is needed.' }] : []),
    ]),
    ...edits.narratives.flatMap(({ id, parts }) => missing('narratives', id, parts)),
    ...edits.notes.flatMap(({ question, answer }, at) => missing('notes', String(at), [question, answer])),
    ...edits.rules.flatMap(({ id, when, code, because }) => [
      ...missing('rules', id, [because, code]),
      ...(when.length === 0 ? [{ section: 'rules' as const, entry: id, message: 'Pick at least one answer.' }] : []),
    ]),
  ]
}

const SECTIONS: Readonly<Record<string, EditSection>> = {
  codes: 'codes',
  facts: 'questions',
  checklist: 'items',
  narratives: 'narratives',
  questionsAndAnswers: 'notes',
  rules: 'rules',
}
/** `facts.own_1` or, from the schema, `facts.3.question`. */
function placeOf(guide: Guide, at: string): Pick<EditProblem, 'section' | 'entry'> {
  const [list = '', key = ''] = at.split('.')
  const section = SECTIONS[list]
  if (!section) return { section: 'title', entry: '' }
  if (section === 'notes' || !/^\d+$/.test(key)) return { section, entry: key }
  const entry = (guide[list as keyof Guide] as { id?: string; code?: string }[])[Number(key)]
  return { section, entry: entry?.id ?? entry?.code ?? '' }
}

const IN_WORDS: readonly [RegExp, string][] = [
  [/no rule, validator, checklist/, 'No rule of yours uses this question yet.'],
  [/makes no difference/, 'No rule of yours uses these answers yet.'],
  [/can never fire/, 'This rule never comes into force: one before it takes every such case.'],
  [/unknown fact (\w+)/, '{$1} is no blank that this guide can fill.'],
  [/listed twice/, 'This stands here twice.'],
]
function inWords(message: string): string {
  for (const [pattern, words] of IN_WORDS) {
    const found = pattern.exec(message)
    if (found) return words.replace('$1', found[1] ?? '')
  }
  return message
}
