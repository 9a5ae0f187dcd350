// What stands in the body of a list, and which of it is in sight: headings, rows, and under one row what it opened.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, type RefObject } from 'react'

export interface RowGroup {
  key: string
  title: string
  count: number
}
export interface EntriesProps<T> {
  rows: readonly T[]
  rowKey: (row: T) => string
  /** The heading that a row stands under; rows of one group follow each other. */
  groupOf?: (row: T) => RowGroup
  /** Called when the end comes into sight, to fetch the next page. */
  onEnd?: () => void
}
export type Entry = { kind: 'group'; group: RowGroup } | { kind: 'row' | 'details'; index: number }

/** How high a row is until it is measured, by its lines. */
const ROW = { 1: 32, 2: 56 }
/** Below this many rows everything is rendered: find-in-page and print see all of it. */
const VIRTUAL_FROM = 100
/** Before it is measured, what opened under a row is guessed to be this high. */
const DETAILS = 140

function entriesOf<T>({ rows, groupOf, rowKey }: EntriesProps<T>, opened: string | null): Entry[] {
  const entries: Entry[] = []
  let before: string | undefined
  for (const [index, row] of rows.entries()) {
    const group = groupOf?.(row)
    if (group && group.key !== before) entries.push({ kind: 'group', group })
    before = group?.key
    entries.push({ kind: 'row', index })
    if (opened !== null && rowKey(row) === opened) entries.push({ kind: 'details', index })
  }
  return entries
}

/** The entries to render, the empty heights (px) above and below them, and how to bring a row into sight. */
export function useVisibleEntries<T>(
  { rows, rowKey, groupOf, onEnd }: EntriesProps<T>,
  { grid, opened, lines }: { grid: RefObject<HTMLTableElement | null>; opened: string | null; lines: 1 | 2 },
) {
  const entries = useMemo(
    () => entriesOf({ rows, rowKey, ...(groupOf && { groupOf }) }, opened),
    [rows, rowKey, groupOf, opened],
  )
  const isVirtual = rows.length >= VIRTUAL_FROM
  const virtual = useVirtualizer({
    count: entries.length,
    enabled: isVirtual,
    getScrollElement: () => grid.current?.parentElement ?? null,
    estimateSize: (at) => (entries[at]?.kind === 'details' ? DETAILS : ROW[lines]),
    measureElement: (element) => (element as HTMLElement).offsetHeight || ROW[lines],
    overscan: 12,
    initialRect: { width: 1000, height: 600 },
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1)
      if (onEnd && last && last.index >= entries.length - 1) onEnd()
    },
  })
  // A list too short to scroll by itself has its end in sight.
  const ask = useRef(onEnd)
  useEffect(() => {
    ask.current = onEnd
  })
  useEffect(() => {
    if (!isVirtual && rows.length > 0) ask.current?.()
  }, [isVirtual, rows.length])
  if (!isVirtual) return { isVirtual, visible: entries.map((entry, at) => ({ entry, at })), above: 0, below: 0 }
  const items = virtual.getVirtualItems()
  return {
    isVirtual,
    visible: items.map(({ index }) => ({ entry: entries[index]!, at: index })),
    above: items[0]?.start ?? 0,
    below: virtual.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtual.measureElement,
    scrollTo: (row: number) =>
      virtual.scrollToIndex(entries.findIndex((entry) => entry.kind === 'row' && entry.index === row)),
  }
}
