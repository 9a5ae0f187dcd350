// What a row of faults found, and the means that rows share.
export interface Outcome {
  /** How often: “200 kills”. */
  did: string
  acknowledged?: number
  lost?: number
  corrupt?: number
  /** Why it does not hold, in words; empty when it holds. */
  wrong: string[]
  /** What it could not look at here; it holds otherwise. */
  not?: string
}

/** The same random numbers in every run. */
export function chances(seed = 42): () => number {
  let at = seed
  return () => (at = (at * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** An outcome that counts: it holds when nothing was lost, nothing is corrupt and nothing else is wrong. */
export const holds = ({ lost = 0, corrupt = 0, wrong }: Outcome): boolean =>
  lost === 0 && corrupt === 0 && wrong.length === 0

/** Stands before an outcome that a program prints, as Wine's Node may print warnings. */
export const MARK = 'outcome '
