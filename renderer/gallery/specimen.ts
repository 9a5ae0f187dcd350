// What the gallery shows: a part's name and its states.
import type { ReactNode } from 'react'

export interface Specimen {
  part: string
  states: readonly { name: string; show: () => ReactNode }[]
}

export const LONG =
  'A very long line that somebody pasted from a payer’s letter, with a reference such as 0123456789012345678901234567890123456789 in it, and that still has to fit.'
export const noop = (): void => {}
