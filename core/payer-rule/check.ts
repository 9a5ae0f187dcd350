// What shipped rules have to hold: `guide check` and the tests refuse the others.
import type { Program } from './schema.ts'

/** Every rule has a source and a key of its own, every program above another is there. @returns problems in words */
export function problemsIn(programs: readonly Program[]): string[] {
  const known = new Set(programs.map(({ key }) => key))
  const seen = new Set<string>()
  return programs.flatMap(({ key, under, rules }) => [
    ...under.filter((one) => !known.has(one)).map((one) => `${key}: “${one}” is no program`),
    ...rules.flatMap((rule) => {
      const isTwice = seen.has(rule.key)
      seen.add(rule.key)
      return [
        ...(rule.source.trim() === '' ? [`${rule.key}: no source`] : []),
        ...(isTwice ? [`${rule.key}: its key stands twice`] : []),
      ]
    }),
  ])
}
