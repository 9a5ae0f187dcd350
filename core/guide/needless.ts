// Questions that hold an answer back in vain: the codes stand whatever is answered, yet nothing is recommended while it is open.
import { choose } from './choose.ts'
import type { FactValue } from './condition.ts'
import { valuesOf } from './questions.ts'
import type { Choice, Guide } from './schema.ts'

const DAY = '2026-11-23'
const codesOf = (some: readonly { code: string }[]) => some.map(({ code }) => code).join()

/**
 * Answers everything in many ways and takes each answer away that changes nothing.
 * @param rounds how many ways are tried; the same ones each time
 * @returns the facts that held the codes back, each once with the codes
 */
export function needlessQuestions(guide: Guide, rounds = 150): { fact: string; codes: string }[] {
  const specs = guide.facts.filter((spec) => spec.given && !spec.derivedFrom && valuesOf(spec).length > 0)
  const ask = (facts: Record<string, FactValue>) => choose(guide, { facts, serviceDate: DAY, reportingMode: 'phased' })
  const whole = ({ lines, rejected, findings, needsDentist }: Choice) =>
    JSON.stringify([codesOf(lines), codesOf(rejected), findings.map((one) => one.message), needsDentist])
  const found = new Map<string, string>()
  const draw = drawer()
  for (let round = 0; round < rounds; round += 1) {
    const facts = Object.fromEntries(
      specs.map((spec) => {
        const values = valuesOf(spec)
        return [spec.id, values[draw(values.length)]!] as const
      }),
    )
    const answer = ask(facts)
    if (answer.lines.length === 0) continue
    for (const spec of specs) {
      if (spec.kind === 'tooth' || found.has(spec.id)) continue
      const { [spec.id]: _, ...less } = facts
      // Cheapest first: most facts hold nothing back.
      if (codesOf(ask(less).lines) === codesOf(answer.lines)) continue
      if (valuesOf(spec).every((value) => whole(ask({ ...facts, [spec.id]: value })) === whole(answer)))
        found.set(spec.id, codesOf(answer.lines))
    }
  }
  return [...found].map(([fact, codes]) => ({ fact, codes }))
}

/** Numbers below a limit, spread evenly, the same row each time (a linear congruential generator). */
function drawer(): (limit: number) => number {
  let state = 20261201
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}
