// A guide in figures: how much it holds, how well it is supported, how long it asks, how hard it reads.
import type { FactValue } from './condition.ts'
import { nextQuestions, valuesOf } from './questions.ts'
import type { Confidence, Guide } from './schema.ts'
import { walkPaths } from './walk-paths.ts'

export interface GuideFigures {
  guide: string
  codes: number
  rules: number
  facts: number
  sources: number
  /** Everything that carries a source. */
  statements: number
  /** Statements that rest on our own advice alone. */
  ownAdvice: number
  /** Statements shown as “check with payer”. */
  unverified: number
  /** Questions until nothing blocks, over its examples: ways through the rules, spread evenly. */
  questionsMedian: number
  questionsMost: number
  /** Years of school that a reader of its questions and checklist needs (Flesch-Kincaid). */
  readingGrade: number
}

const DAY = '2026-11-23'
const EXAMPLES = 60
const LONGEST = 60

/** Measures a guide that the check has passed. */
export function figuresOf(guide: Guide): GuideFigures {
  const bases = basesIn(guide)
  const asked = examplesOf(guide).map((facts) => questionsUntilAnswer(guide, facts))
  const sorted = asked.sort((a, b) => a - b)
  return {
    guide: guide.id,
    codes: guide.codes.length,
    rules: guide.rules.length,
    facts: guide.facts.length,
    sources: guide.sources.length,
    statements: bases.length,
    ownAdvice: bases.filter(({ source }) => source.every((id) => id.startsWith('Claimwright'))).length,
    unverified: bases.filter(({ confidence }) => confidence === 'unverified').length,
    questionsMedian: sorted[Math.floor(sorted.length / 2)] ?? 0,
    questionsMost: sorted.at(-1) ?? 0,
    readingGrade: readingGrade([
      ...guide.facts.flatMap(({ question, why }) => [question, why]),
      ...guide.checklist.map(({ detail }) => detail),
    ]),
  }
}

interface Basis {
  source: string[]
  confidence: Confidence | undefined
}
function basesIn(value: unknown): Basis[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'source' in value && Array.isArray(value.source) ? [value as Basis] : []
  return [...own, ...Object.values(value).flatMap(basesIn)]
}

function examplesOf(guide: Guide): Record<string, FactValue>[] {
  const ends = [...walkPaths(guide, DAY)].map(({ facts }) => facts)
  const every = Math.max(1, Math.ceil(ends.length / EXAMPLES))
  return ends.filter((_, index) => index % every === 0)
}

/** Answers as the example says; where it says nothing, the first choice. */
function questionsUntilAnswer(guide: Guide, example: Record<string, FactValue>): number {
  const facts: Record<string, FactValue> = {}
  for (let count = 0; count < LONGEST; count += 1) {
    const next = nextQuestions(guide, facts, DAY).find((question) => question.blocking)
    const spec = next && guide.facts.find((one) => one.id === next.fact)
    const value = spec && (example[spec.id] ?? valuesOf(spec)[0])
    if (spec === undefined || value === undefined) return count
    facts[spec.id] = value
  }
  return LONGEST
}

/** Flesch-Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59, to one place. */
export function readingGrade(texts: readonly string[]): number {
  const text = texts.map((one) => (/[.?!]$/.test(one) ? one : `${one}.`)).join(' ')
  const sentences = text.split(/[.?!]+(?:\s|$)/).filter((one) => /[a-z]/i.test(one)).length
  const words = text.match(/[A-Za-z’'-]+/g) ?? []
  if (sentences === 0 || words.length === 0) return 0
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0)
  const grade = 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59
  return Math.round(grade * 10) / 10
}

function syllablesIn(word: string): number {
  const groups = word
    .toLowerCase()
    .replace(/e$/, '')
    .match(/[aeiouy]+/g)
  return Math.max(1, groups?.length ?? 0)
}
