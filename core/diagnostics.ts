// What a page of diagnostics holds, for whoever helps: states, counts and versions. No names, no folders, nothing that was typed.
import * as z from 'zod'
import { Instant } from './dates.ts'

export const SelfCheck = z.strictObject({
  name: z.string(),
  /** `none`: it has not run, so nothing is known. */
  state: z.enum(['ok', 'none', 'warn', 'bad']),
  /** What was found, and what to do about it. */
  words: z.string(),
})
export type SelfCheck = z.output<typeof SelfCheck>

const Fact = z.strictObject({ name: z.string(), value: z.string() })
export type Fact = z.output<typeof Fact>

export const Diagnostics = z.strictObject({
  at: Instant,
  checks: z.array(SelfCheck),
  versions: z.array(Fact),
  sizes: z.array(Fact),
  /** The newest lines of the log, masked, oldest first. */
  log: z.array(z.string()),
})
export type Diagnostics = z.output<typeof Diagnostics>

export const CHECK_WORDS = { ok: 'Fine', none: 'Not run yet', warn: 'Look at it', bad: 'Act now' } as const

/** The page as a text file, for an e-mail. */
export function diagnosticsText({ at, checks, versions, sizes, log }: Diagnostics): string {
  const part = (title: string, lines: readonly string[]) => [title, ...lines.map((line) => `  ${line}`), '']
  const facts = (all: readonly Fact[]) => all.map(({ name, value }) => `${name}: ${value}`)
  return [
    `Claimwright diagnostics, ${at}`,
    '',
    ...part(
      'Self-checks',
      checks.map(({ name, state, words }) => `${name}: ${CHECK_WORDS[state]}. ${words}`),
    ),
    ...part('Versions', facts(versions)),
    ...part('Sizes', facts(sizes)),
    ...part('Log', log.length > 0 ? log : ['Nothing was logged.']),
  ].join('\n')
}
