// Repeatable chance for the invented practice: the same seed gives the same people, dates and identifiers.

export interface Random {
  /** Integer from 0 up to, but not including, `bound`. */
  below(bound: number): number
  between(from: number, to: number): number
  chance(percent: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Picks by weight. */
  weighted<Item extends { weight: number }>(items: readonly Item[]): Item
  digits(count: number): string
  /** A version 7 identifier of that day, so that ids sort like the rows they stand for. */
  id<Id extends string>(day: string): Id
}

/** Mulberry32: small, fast, and good enough to invent names. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  let counter = 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (bound: number) => next() % bound
  const hex = (length: number) => next().toString(16).padStart(8, '0').slice(0, length)
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (percent) => below(100) < percent,
    pick: (items) => items[below(items.length)]!,
    weighted(items) {
      let left = below(items.reduce((sum, item) => sum + item.weight, 0))
      for (const item of items) {
        left -= item.weight
        if (left < 0) return item
      }
      return items[0]!
    },
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    id<Id extends string>(day: string): Id {
      // The day in milliseconds plus a running number: later rows of a day sort after earlier ones.
      const time = (Date.parse(`${day}T12:00:00Z`) + (counter++ % 40_000_000)).toString(16).padStart(12, '0')
      const variant = '89ab'[below(4)]
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(8)}${hex(4)}` as Id
    },
  }
}
