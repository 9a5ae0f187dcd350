// Reads segments by a grammar of loops: what must stand where, how often, in which order; says what is missing or misplaced.
import { el, type Segment } from './segments.ts'

/** A segment of a loop. `when`: values of its first element, or of another (`at`). */
export interface SegmentRule {
  key: string
  id: string
  when?: readonly string[]
  at?: number
  required?: boolean
  max?: number
}
/** A loop begins with its first segment. */
export interface LoopRule {
  loop: string
  name: string
  required?: boolean
  max?: number
  rules: readonly Rule[]
}
type Rule = SegmentRule | LoopRule

/** What was read: segments by their key, inner loops by their name, in order. */
export interface Loop {
  /** The segment that begins it. */
  first: Segment
  segments: Map<string, Segment[]>
  loops: Map<string, Loop[]>
}
export type Problem = (segment: Segment, message: string) => void

const isLoop = (rule: Rule): rule is LoopRule => 'loop' in rule

function fits(rule: Rule, segment: Segment): boolean {
  if (isLoop(rule)) return fits(rule.rules[0]!, segment)
  return segment.id === rule.id && (!rule.when || rule.when.includes(el(segment, rule.at ?? 1)))
}
const labelOf = (rule: SegmentRule) => [rule.id, ...(rule.when ? [rule.when.join(' or ')] : [])].join(' ')

export function one(loop: Loop, key: string): Segment | undefined {
  return loop.segments.get(key)?.[0]
}
export function many(loop: Loop, key: string): Segment[] {
  return loop.segments.get(key) ?? []
}
export function inner(loop: Loop, name: string): Loop[] {
  return loop.loops.get(name) ?? []
}

/** Reads `segments` as the loop `root`, which the first of them begins; each deviation is told to `problem` once. */
export function readLoops(root: LoopRule, segments: readonly Segment[], problem: Problem): Loop {
  let at = 0
  const readLoop = (rule: LoopRule, follows: (segment: Segment) => boolean): Loop => {
    const loop: Loop = { first: segments[at]!, segments: new Map(), loops: new Map() }
    for (const [index, child] of rule.rules.entries()) {
      const rest = rule.rules.slice(index)
      const expected = (segment: Segment) => rest.some((next) => fits(next, segment)) || follows(segment)
      let count = 0
      for (;;) {
        while (at < segments.length && !expected(segments[at]!)) {
          problem(segments[at]!, `${segments[at]!.id} does not belong here, in ${rule.name}.`)
          at += 1
        }
        const segment = segments[at]
        if (!segment || !fits(child, segment)) break
        const most = child.max ?? 1
        // Beyond its number it may still begin what follows, such as the next loop of the same kind.
        const after = rule.rules.slice(index + 1)
        if (count >= most && (after.some((next) => fits(next, segment)) || follows(segment))) break
        count += 1
        if (count === most + 1)
          problem(
            segment,
            isLoop(child)
              ? `${child.name} appears more than ${most} times.`
              : `${labelOf(child)} appears more than ${most} times in ${rule.name}.`,
          )
        if (isLoop(child)) {
          const next = (candidate: Segment) =>
            fits(child, candidate) || after.some((other) => fits(other, candidate)) || follows(candidate)
          loop.loops.set(child.loop, [...inner(loop, child.loop), readLoop(child, next)])
        } else {
          loop.segments.set(child.key, [...many(loop, child.key), segment])
          at += 1
        }
      }
      if (count === 0 && child.required)
        problem(
          segments[Math.min(at, segments.length - 1)]!,
          isLoop(child) ? `${child.name} is missing in ${rule.name}.` : `${labelOf(child)} is missing in ${rule.name}.`,
        )
    }
    return loop
  }
  const loop = readLoop(root, () => false)
  for (; at < segments.length; at += 1) problem(segments[at]!, `${segments[at]!.id} does not belong here.`)
  return loop
}
