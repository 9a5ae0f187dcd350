// Asking a host, and small statistics: medians and percentiles of what was measured.
import type { LoneHost } from '#host/alone.ts'

/** The answer of a route. @throws when it is refused */
export async function ask<T>(host: LoneHost, route: string, input: unknown): Promise<T> {
  const reply = await host.call(route, input)
  if (!reply.ok) throw new Error(`${route}: ${reply.error.message} ${JSON.stringify(reply.error.details)}`)
  return reply.data as T
}

/** The value at `share` (0.5 is the median) of the sorted sample. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

export const median = (sample: readonly number[]) => percentile(sample, 0.5)
export const ms = (value: number) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0))

/** Milliseconds each of `times` runs took. */
export async function timed(times: number, run: (at: number) => Promise<unknown>): Promise<number[]> {
  const sample: number[] = []
  for (let at = 0; at < times; at += 1) {
    const start = performance.now()
    await run(at)
    sample.push(performance.now() - start)
  }
  return sample
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
