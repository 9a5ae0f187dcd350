// A guide read as a book: one page per code family, entries for the palette, and comparisons that fit a tooth.
import { findTooth } from '../teeth.ts'
import { indexOf } from './facts.ts'
import type { Comparison, Guide } from './schema.ts'

type Chapters = 'codes' | 'comparisons' | 'checklist' | 'conflicts' | 'frequency' | 'denials' | 'authorizationHints'
export interface GuidePage extends Pick<Guide, 'title' | 'summary' | 'questionsAndAnswers' | 'sources' | Chapters> {
  guideId: string
  family: string
}

/** The page of a code family, or undefined when the guide has no such family. */
export function guidePage(guide: Guide, family: string): GuidePage | undefined {
  const entry = guide.families.find((candidate) => candidate.id === family)
  if (!entry) return undefined
  const codes = guide.codes.filter((code) => code.family === family)
  const numbers = new Set(codes.map((code) => code.code))
  const touches = (list: readonly string[]) => list.some((code) => numbers.has(code))
  const page = {
    guideId: guide.id,
    family,
    title: entry.title,
    summary: entry.summary,
    codes,
    comparisons: guide.comparisons.filter((one) => touches(one.codes)),
    checklist: guide.checklist.filter((item) => item.families?.includes(family) ?? true),
    conflicts: guide.conflicts.filter((one) => touches(one.codes) || touches(one.with)),
    frequency: guide.frequency.filter((one) => touches(one.codes)),
    denials: guide.denials,
    authorizationHints: guide.authorizationHints,
    questionsAndAnswers: [...codes.flatMap((code) => code.questionsAndAnswers), ...guide.questionsAndAnswers],
  }
  const cited = new Set(citedIn(page))
  return { ...page, sources: guide.sources.filter((source) => cited.has(source.id)) }
}

/** Every source id named anywhere inside a value. */
export function citedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(citedIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'source' && Array.isArray(inner) ? inner.map(String) : citedIn(inner),
  )
}

/**
 * The comparisons worth showing beside a code on a tooth: those that hold the code, without codes of another tooth
 * class (desk.md D row 4).
 */
export function comparisonsFor(guide: Guide, code: string, tooth: string | null): Comparison[] {
  const toothClass = tooth === null ? undefined : findTooth(tooth)?.toothClass
  const fits = (text: string) => {
    const classes = indexOf(guide).codes.get(text)?.teeth.classes
    return toothClass === undefined || classes === undefined || classes.includes(toothClass)
  }
  return guide.comparisons.filter((one) => one.codes.includes(code) && one.codes.every(fits))
}
