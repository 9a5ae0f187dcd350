// A column of a list: what stands in it, and how it yields where room is short.
import type { ReactNode } from 'react'

export interface Column<T> {
  /** When not by its header. */
  id?: string
  header: string
  /** What stands in it: plain text, a dash when there is none; or anything else. */
  text?: (row: T) => string | number | null
  cell?: (row: T) => ReactNode
  align?: 'right'
  /** Words of any length: they get the room that the other columns leave, and break into lines. */
  isLong?: boolean
  /** Where a row takes two lines it stands in the second one, as long words do, and what finds no room in the first. */
  isSecond?: boolean
}

/** What tells a column from the others. */
export const nameOf = <T>({ id, header }: Column<T>): string => id ?? header
