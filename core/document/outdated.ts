// Sentences of a written text that the record no longer bears out: a draft is kept as it was, and the case goes on.
import type { OpenPlace } from './outgoing.ts'

const DATE = String.raw`[A-Z][a-z]{2} \d{1,2}, \d{4}`
const PLACES: Record<string, string> = { date: DATE, text: '.+?' }

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** `Canal filled on {date}.` as what matches it with any day. */
function patternOf(sentence: string): RegExp {
  const parts = sentence.split(/\{(date|text)\}/)
  return new RegExp(parts.map((part, at) => (at % 2 === 1 ? PLACES[part]! : literal(part))).join(''), 'g')
}

/** A sentence as it is drafted, with anything where it leaves a blank such as `[material]`: filled in, it still says the same. */
const filledIn = (drafted: string) => new RegExp(`^${literal(drafted).replace(/\\\[.*?\\\]/g, '.+')}$`)

/**
 * What a text says of a day in the words of a draft, and the drafts of today do not: it was true when it was written.
 * @param fresh what would be drafted now
 * @param sentences the drafts' own sentences, with `{date}` and `{text}` for their places
 */
export function outdatedIn(text: string, fresh: readonly string[], sentences: readonly string[]): string[] {
  const outdated = sentences.flatMap((sentence) => {
    const drafted = fresh.flatMap((draft) => draft.match(patternOf(sentence)) ?? []).map(filledIn)
    return (text.match(patternOf(sentence)) ?? []).filter((said) => !drafted.some((one) => one.test(said)))
  })
  return [...new Set(outdated)]
}

/** The same as places that stand open: they go out only with a reason. */
export const outdatedPlaces = (sentences: readonly string[]): OpenPlace[] =>
  sentences.map((one) => ({ line: null, words: `The record now says otherwise: “${one}” Correct it.` }))
