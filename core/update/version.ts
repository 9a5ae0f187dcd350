// Which of two versions is newer, as semantic versioning has it; what is no version is never newer.

const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:-([0-9A-Za-z.-]{1,60}))?$/

export const isVersion = (text: string): boolean => VERSION.test(text)

/** Above 0 when `a` is newer than `b`, 0 when both are the same. @throws Error when one is no version */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (const at of [0, 1, 2]) if (left.numbers[at] !== right.numbers[at]) return left.numbers[at]! - right.numbers[at]!
  // A version is newer than what came before its release.
  if (left.before === null || right.before === null) return Number(left.before === null) - Number(right.before === null)
  return compareEarly(left.before.split('.'), right.before.split('.'))
}

function partsOf(text: string): { numbers: number[]; before: string | null } {
  const found = VERSION.exec(text)
  if (!found) throw new Error('This is no version')
  return { numbers: found.slice(1, 4).map(Number), before: found[4] ?? null }
}

function compareEarly(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [left, right] = [a[at], b[at]]
    if (left === right) continue
    if (left === undefined) return -1
    if (right === undefined) return 1
    const [isLeft, isRight] = [/^\d+$/.test(left), /^\d+$/.test(right)]
    if (isLeft && isRight) return Number(left) - Number(right)
    if (isLeft !== isRight) return isLeft ? -1 : 1
    return left < right ? -1 : 1
  }
  return 0
}
