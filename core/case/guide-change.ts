// What another version of its guide changes for one case, in words.
import type { IsoDate } from '../dates.ts'
import { nextQuestions } from '../guide/questions.ts'
import { isAnswerTo } from '../guide/facts.ts'
import type { CaseContents } from './contents.ts'
import type { Documentation } from './documentation.ts'
import { chooseFor, dayOf } from './recommendation.ts'
import { STAGES } from './schema.ts'

/**
 * The answer, its reason, warnings, the checklist and questions, as they would differ. Empty: nothing changes for the case.
 * @param before the documentation by the version it was worked with
 * @param after by the other one
 */
export function guideChangesFor(
  contents: CaseContents,
  before: Documentation,
  after: Documentation,
  today: IsoDate,
): string[] {
  return [
    ...answerChanges(contents, before, after, today),
    ...checklistChanges(before, after),
    ...questionChanges(contents, before, after, today),
  ]
}

function answerChanges(contents: CaseContents, before: Documentation, after: Documentation, today: IsoDate): string[] {
  const [was, is] = [before, after].map((one) => chooseFor(contents, one, today).choice) as [Choice, Choice]
  const [had, has] = [codesOf(was), codesOf(is)]
  const known = new Set(was.findings.map((finding) => finding.message))
  const warned = is.findings.filter(({ severity, message }) => severity !== 'info' && !known.has(message))
  const [why] = reasonsOf(is)
  return [
    ...(had === has ? [] : [`Answer: ${had || 'no code yet'} becomes ${has || 'no code yet'}.${why ? ` ${why}` : ''}`]),
    ...(had === has && why && reasonsOf(was)[0] !== why ? [`The reason for ${has} now reads: ${why}`] : []),
    ...warned.map(({ message }) => `New warning: ${message}`),
  ]
}
type Choice = ReturnType<typeof chooseFor>['choice']
const codesOf = ({ lines }: Choice) => lines.map((line) => line.code).join(', ')
const reasonsOf = ({ lines, instead }: Choice) => [...lines.map((line) => line.reason), instead].filter(Boolean)

function checklistChanges(before: Documentation, after: Documentation): string[] {
  const [had, has] = [itemsOf(before), itemsOf(after)]
  return [
    ...[...has].filter(([id]) => !had.has(id)).map(([, item]) => `New on the checklist: ${item.title}.`),
    ...[...had].filter(([id]) => !has.has(id)).map(([, item]) => `No longer on the checklist: ${item.title}.`),
    ...[...has].flatMap(([id, item]) => {
      const old = had.get(id)
      if (!old || (old.title === item.title && old.detail === item.detail)) return []
      return [`Checklist, ${old.title}: now “${old.title === item.title ? item.detail : item.title}”.`]
    }),
  ]
}
function itemsOf(documentation: Documentation) {
  return new Map(STAGES.flatMap((stage) => documentation.itemsOf(stage)).map(({ item }) => [item.id, item]))
}

function questionChanges(
  contents: CaseContents,
  before: Documentation,
  after: Documentation,
  today: IsoDate,
): string[] {
  const asked = (one: Documentation) => {
    const open = nextQuestions(one.guide, one.facts, dayOf(contents, today))
    return open.filter((question) => question.blocking)
  }
  const had = new Set(asked(before).map((question) => question.fact))
  const gone = contents.facts.filter(({ fact, value }) => {
    const old = before.guide.facts.find((spec) => spec.id === fact)
    const spec = after.guide.facts.find((one) => one.id === fact)
    return value !== null && old && isAnswerTo(old, value) && spec && !isAnswerTo(spec, value)
  })
  return [
    ...gone.map(({ fact }) => `Answer again: ${after.guide.facts.find((spec) => spec.id === fact)!.question}`),
    ...asked(after)
      .filter((question) => !had.has(question.fact))
      .map((question) => `Asks in addition: ${question.question}`),
  ]
}
