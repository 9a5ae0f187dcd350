// What the gallery shows: by part its states, each under its name.
import type { ReactNode } from 'react'

export type Specimens = Readonly<Record<string, Readonly<Record<string, ReactNode>>>>

export const LONG =
  'A very long line that somebody pasted from a payer’s letter, with a reference such as 0123456789012345678901234567890123456789 in it, and that still has to fit.'
export const noop = (): void => {}
