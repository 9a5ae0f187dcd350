// Which guide is meant: by a code, by its name, or by what the chart says in everyday words.
import type { GuideHead } from './shelf.ts'

/** A guide that fits, with its code that fits best; null when only the guide was named. */
export interface FoundGuide<Head> {
  guide: Head
  code: { code: string; label: string } | null
}
type Findable = Pick<GuideHead, 'title' | 'alsoCalled'> & {
  codes: readonly { code: string; label: string; kind?: string }[]
}

/** What a word in each place counts; an everyday name was put there to be found. */
const WEIGHTS = { title: 5, alsoCalled: 6, label: 2 } as const
const SMALL = new Set(
  'a an and at by for in is it no not of on one or the to was with her his patient tooth teeth'.split(' '),
)

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '' && !SMALL.has(word))
    .map((word) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word))

/** Of a word that is typed: whole counts most, its beginning less. */
function likeness(typed: string, word: string): number {
  if (typed === word) return 1
  return typed.length > 2 && word.startsWith(typed) ? 0.7 : 0
}

/**
 * @param guides in the order in which they stand when nothing is typed
 * @returns those that fit what is typed, the best first; all of them when nothing is typed
 */
export function findGuides<Head extends Findable>(guides: readonly Head[], text: string): FoundGuide<Head>[] {
  const typed = wordsIn(text)
  if (typed.length === 0) return guides.map((guide) => ({ guide, code: null }))
  const scored = guides.map((guide) => scoreOf(guide, typed))
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)
}

function scoreOf<Head extends Findable>(guide: Head, typed: readonly string[]): FoundGuide<Head> & { score: number } {
  const own = guide.codes.filter(({ kind }) => kind !== 'other')
  const named = own.find(({ code }) => typed.some((word) => isCode(word, code)))
  if (named) return { guide, code: named, score: 100 }
  const titled = wordsIn(guide.title)
  const called = guide.alsoCalled.flatMap(wordsIn)
  const labels = own.map((one) => ({ one, words: wordsIn(one.label) }))
  const best = (words: readonly string[], word: string) => Math.max(0, ...words.map((other) => likeness(word, other)))
  let score = 0
  const hits = new Map<(typeof own)[number], number>()
  for (const word of typed) {
    const inLabels = labels.map(({ one, words }) => {
      const hit = best(words, word)
      if (hit > 0) hits.set(one, (hits.get(one) ?? 0) + hit)
      return hit
    })
    score += Math.max(
      best(titled, word) * WEIGHTS.title,
      best(called, word) * WEIGHTS.alsoCalled,
      Math.max(0, ...inLabels) * WEIGHTS.label,
    )
  }
  const [code = null] = [...hits].sort((a, b) => b[1] - a[1])[0] ?? []
  return { guide, code, score }
}

/** `D2740`, `2740`, or as much of it as was typed. */
const isCode = (word: string, code: string) =>
  /^d?\d{3,4}$/.test(word) && code.slice(1).startsWith(word.replace('d', ''))
