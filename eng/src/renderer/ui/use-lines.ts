// How many lines a row of a list takes, and what stands in which.
import { useLayoutEffect, useState, type ReactNode, type RefObject } from 'react'
import { type Column, nameOf } from './column.ts'

/** What was measured of the columns, each as wide as its contents ask, and of the room for them; px. */
interface Measured {
  widths: readonly number[]
  needed: number
  room: number
}
export interface Lines {
  /** How many lines a row takes. */
  lines: 1 | 2
  /** By column: its share of the first line (0 to 1); null for one that stands below. */
  shares: readonly (number | null)[]
}

/**
 * Measured, not guessed. Where one line is too narrow, the columns keep their order of importance: the first ones fill the
 * first line, what is left stands below with the long words.
 */
export function useLines<T>(
  grid: RefObject<HTMLTableElement | null>,
  { columns, rows, rowKey }: { columns: readonly Column<T>[]; rows: readonly T[]; rowKey: (row: T) => string },
): Lines {
  // Other columns or rows may need other widths: they are measured in one line again.
  const of = [...columns.map(nameOf), rows.length, rowKey(rows[0]!), rowKey(rows.at(-1)!)].join('|')
  const [kept, setKept] = useState<(Measured & { of: string }) | null>(null)
  const measured = kept?.of === of && kept.room < kept.needed ? kept : null
  useLayoutEffect(() => {
    const table = grid.current
    const room = table?.parentElement
    if (!table || !room) return undefined
    const measure = () => {
      const width = room.clientWidth
      if (measured) {
        if (width !== measured.room) setKept({ ...measured, room: width })
      } else if (table.offsetWidth > width + 1) {
        const heads = [...table.querySelectorAll<HTMLElement>('thead th')]
        setKept({ of, widths: heads.map((head) => head.offsetWidth), needed: table.offsetWidth, room: width })
      }
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(room)
    return () => watch.disconnect()
  }, [grid, of, measured])
  if (!measured) return { lines: 1, shares: columns.map(() => null) }
  return { lines: 2, shares: sharesOf(columns, measured) }
}

/** A tick stands before the columns: its place is the first width then. */
function sharesOf<T>(columns: readonly Column<T>[], { widths, room }: Measured): (number | null)[] {
  const before = widths.length - columns.length
  let left = room - widths.slice(0, before).reduce(add, 0)
  let isFull = false
  const first = columns.map((column, at) => {
    const width = widths[before + at]!
    if (column.isLong || column.isSecond || isFull) return null
    // The first column says whom the row is about: it stays, however narrow the list.
    isFull = at > 0 && width > left
    left -= width
    return isFull ? null : width
  })
  const sum = first.reduce<number>((total, width) => total + (width ?? 0), 0)
  return first.map((width) => width && width / sum)
}
const add = (a: number, b: number) => a + b

/** The words of what a cell draws; of a component that writes its own none are known. */
function wordsOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map(wordsOf).join('')
  if (node === null || typeof node !== 'object' || !('props' in node)) return ''
  return wordsOf((node.props as { children?: ReactNode }).children)
}

/** For each column the row that says most in it: what a list that draws only some of its rows is sized by. */
export function widest<T>(columns: readonly Column<T>[], rows: readonly T[]): T[] {
  return columns.map((column) => {
    const sizeOf = (row: T) => (column.text ? String(column.text(row) ?? '') : wordsOf(column.cell?.(row))).length
    return rows.reduce((best, row) => (sizeOf(row) > sizeOf(best) ? row : best))
  })
}
