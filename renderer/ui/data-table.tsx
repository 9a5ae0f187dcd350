// The one list: records under their headings, arrows move, Enter opens, → shows more, thousands of rows without a stutter.
import { countText } from '#core/counts.ts'
import { tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  Fragment,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { useKeys } from '../lib/keys.ts'
import classes from './data-table.module.css'
import { Loading } from './states.tsx'
import type { Tone } from './status-tag.tsx'

export interface Column<T> {
  id: string
  header: string
  cell: (row: T) => ReactNode
  align?: 'right'
  /** CSS width: `7rem`, `20%`. */
  width?: string
}
export interface RowGroup {
  key: string
  title: string
  count: number
  tone?: Tone
}
interface DataTableProps<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  onOpen?: (row: T) => void
  /** Single keys on the focused row: `{ c: (row) => …, z: …, a: … }`. */
  keys?: Record<string, (row: T) => void>
  /** Ticked rows; leave out for a table without selection. Space ticks the focused row. */
  selected?: ReadonlySet<string>
  onSelect?: (keys: ReadonlySet<string>) => void
  /** The heading that a row stands under; rows of one group follow each other. */
  groupOf?: (row: T) => RowGroup
  /** What → opens under a row and ← closes: the last touches. */
  details?: (row: T) => ReactNode
  /** Shown instead of rows when there are none: an EmptyState. */
  empty: ReactNode
  loading?: boolean
  /** Called when the end comes into sight, to fetch the next page. */
  onEnd?: () => void
  /** Caps the height; the header stays. Default: as tall as the page allows. */
  maxHeight?: string
  /** Down on the page leads into the list. False where the arrows of the page move something else. */
  takesArrow?: boolean
}

const ROW = 32
/** Below this many rows everything is rendered: find-in-page and print see all of it. */
const VIRTUAL_FROM = 100
/** A row that moves by no more than this is still in sight and keeps the focus. */
const NEAR = 5
/** Before it is measured, what opened under a row is guessed to be this high. */
const DETAILS = 140
const features = tableFeatures({})

const isRow = (element: HTMLElement) => element.matches('[data-row]')
const rowElement = (grid: HTMLElement | null, index: number) =>
  grid?.querySelector<HTMLElement>(`[data-row="${index}"]`) ?? null

/** The index of the row that has the focus. */
function focusedRow(grid: HTMLElement | null): number | null {
  const active = document.activeElement
  return active instanceof HTMLElement && isRow(active) && grid?.contains(active) ? Number(active.dataset['row']) : null
}

type Entry = { kind: 'group'; group: RowGroup } | { kind: 'row' | 'details'; index: number }

/** What stands in the body from top to bottom: headings, rows, and under one row what it opened. */
function entriesOf<T>(
  rows: readonly T[],
  { groupOf, isOpened }: { groupOf: ((row: T) => RowGroup) | undefined; isOpened: (row: T) => boolean },
): Entry[] {
  const entries: Entry[] = []
  let before: string | undefined
  for (const [index, row] of rows.entries()) {
    const group = groupOf?.(row)
    if (group && group.key !== before) entries.push({ kind: 'group', group })
    before = group?.key
    entries.push({ kind: 'row', index })
    if (isOpened(row)) entries.push({ kind: 'details', index })
  }
  return entries
}

/**
 * See DataTableProps. Rows keep one height; long text is cut, its full form in the cell's title. The focus goes where
 * the keys say, however fast they come: a row not yet rendered takes it when it is, a row that left gives it to the next.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    onOpen,
    keys = {},
    selected,
    onSelect,
    groupOf,
    details,
    empty,
    loading = false,
    onEnd,
    maxHeight,
    takesArrow = true,
  } = props
  const grid = useRef<HTMLTableElement>(null)
  /** The row that keys move from; `wanted` while it is not rendered yet. */
  const current = useRef(0)
  const isWanted = useRef(false)
  const hasFocus = useRef(false)
  const [focused, setFocused] = useState(0)
  const [opened, setOpened] = useState<string | null>(null)
  const table = useTable<typeof features, { row: T }>({
    features,
    columns: useMemo(
      () =>
        columns.map((column): ColumnDef<typeof features, { row: T }> => ({
          id: column.id,
          header: column.header,
          cell: ({ row }) => column.cell(row.original.row),
        })),
      [columns],
    ),
    data: useMemo(() => rows.map((row) => ({ row })), [rows]),
    getRowId: ({ row }) => rowKey(row),
  })
  const models = table.getRowModel().rows
  const entries = useMemo(
    () => entriesOf(rows, { groupOf, isOpened: (row) => opened !== null && rowKey(row) === opened }),
    [rows, groupOf, rowKey, opened],
  )
  const isVirtual = models.length >= VIRTUAL_FROM
  const virtual = useVirtualizer({
    count: entries.length,
    enabled: isVirtual,
    getScrollElement: () => grid.current?.parentElement ?? null,
    estimateSize: (at) => (entries[at]?.kind === 'details' ? DETAILS : ROW),
    overscan: 12,
    initialRect: { width: 1000, height: 600 },
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1)
      if (onEnd && last && last.index >= entries.length - 1) onEnd()
    },
  })
  const items = isVirtual ? virtual.getVirtualItems() : entries.map((_, index) => ({ index, start: 0, end: 0 }))
  const above = isVirtual ? (items[0]?.start ?? 0) : 0
  const below = isVirtual ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0
  const tabStop = Math.min(focused, models.length - 1)

  useLayoutEffect(() => {
    // A row that the list moved far away takes the eyes with it: whoever works stays where the work was.
    const at = focusedRow(grid.current)
    if (at !== null && at !== current.current) {
      if (Math.abs(at - current.current) <= NEAR) current.current = at
      else focusRow(current.current)
      return
    }
    const isLost = hasFocus.current && document.activeElement === document.body
    if (!isWanted.current && !isLost) return
    current.current = Math.max(0, Math.min(current.current, models.length - 1))
    const row = rowElement(grid.current, current.current)
    ;(row ?? (isLost ? grid.current : null))?.focus({ preventScroll: true })
  })
  // A list too short to scroll by itself has its end in sight.
  const ask = useRef(onEnd)
  useEffect(() => {
    ask.current = onEnd
  })
  useEffect(() => {
    if (!isVirtual && models.length > 0) ask.current?.()
  }, [isVirtual, models.length])
  useKeys(
    onOpen && takesArrow ? [{ combo: 'arrowdown', label: 'Into the list', run: () => focusRow(current.current) }] : [],
  )

  function focusRow(index: number): void {
    const next = Math.min(models.length - 1, Math.max(0, index))
    current.current = next
    setFocused(next)
    if (isVirtual) virtual.scrollToIndex(entries.findIndex((entry) => entry.kind === 'row' && entry.index === next))
    const row = rowElement(grid.current, next)
    isWanted.current = row === null
    // The grid holds the focus meanwhile, so that the next key is not lost.
    ;(row ?? grid.current)?.focus()
  }
  function onFocusRow(index: number): void {
    current.current = index
    isWanted.current = false
    setFocused(index)
  }
  function toggle(key: string): void {
    const next = new Set(selected)
    if (!next.delete(key)) next.add(key)
    onSelect?.(next)
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const isOwn = event.target instanceof HTMLElement && (event.target === grid.current || isRow(event.target))
    if (!isOwn || event.ctrlKey || event.metaKey || event.altKey) return
    const index = Math.min(current.current, models.length - 1)
    const { row } = models[index]!.original
    const jumps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }
    const own = keys[event.key.toLowerCase()]
    if (own) own(row)
    else if (event.key in jumps) focusRow(index + jumps[event.key]!)
    else if (event.key === 'Home') focusRow(0)
    else if (event.key === 'End') focusRow(models.length - 1)
    else if (event.key === 'Enter' && onOpen) onOpen(row)
    else if (event.key === 'ArrowRight' && details) setOpened(rowKey(row))
    else if (event.key === 'ArrowLeft' && details) setOpened(null)
    else if (event.key === ' ' && onSelect) toggle(rowKey(row))
    else return
    event.preventDefault()
  }

  /** By what it is, not where: the focused row keeps its element when something above it closes. */
  const keyOf = (entry: Entry) =>
    entry.kind === 'group' ? `group ${entry.group.key}` : `${entry.kind} ${models[entry.index]!.id}`
  const width = columns.length + (onSelect ? 1 : 0)
  function renderEntry(entry: Entry, at: number): ReactNode {
    if (entry.kind === 'group')
      return (
        <tr className={classes.group}>
          <th scope="rowgroup" colSpan={width} data-tone={entry.group.tone}>
            {entry.group.title} <span>{countText(entry.group.count)}</span>
          </th>
        </tr>
      )
    const model = models[entry.index]!
    const { row } = model.original
    if (entry.kind === 'details')
      return (
        <tr data-index={at} ref={isVirtual ? virtual.measureElement : undefined}>
          <td colSpan={width} className={classes.details}>
            {details?.(row)}
          </td>
        </tr>
      )
    return (
      <tr
        data-row={entry.index}
        data-open={onOpen ? true : undefined}
        aria-rowindex={entry.index + 2}
        aria-selected={selected ? selected.has(model.id) : undefined}
        tabIndex={entry.index === tabStop ? 0 : -1}
        onFocus={() => onFocusRow(entry.index)}
        onClick={() => onOpen?.(row)}
      >
        {onSelect && (
          <td className={classes.tick}>
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label="Select row"
              checked={selected?.has(model.id) ?? false}
              onClick={(event) => event.stopPropagation()}
              onChange={() => toggle(model.id)}
            />
          </td>
        )}
        {model.getAllCells().map((cell, column) => (
          <td key={cell.id} data-align={columns[column]?.align}>
            <table.FlexRender cell={cell} />
          </td>
        ))}
      </tr>
    )
  }

  if (loading) return <Loading lines={8} />
  if (models.length === 0) return empty
  return (
    // The rows inside take the focus; this only scrolls.
    <div className={classes.scroller} data-long={isVirtual || undefined} style={{ maxHeight }}>
      <table
        ref={grid}
        role="grid"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onFocus={() => (hasFocus.current = true)}
        onBlur={(event) => {
          hasFocus.current = event.currentTarget.contains(event.relatedTarget)
          if (!hasFocus.current) isWanted.current = false
        }}
        aria-label={label}
        aria-rowcount={models.length + 1}
        aria-multiselectable={onSelect ? true : undefined}
        className={classes.table}
      >
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {onSelect && (
                <th scope="col" className={classes.tick}>
                  <span className="cw-hidden">Selected</span>
                </th>
              )}
              {group.headers.map((header, index) => (
                <th
                  key={header.id}
                  scope="col"
                  data-align={columns[index]?.align}
                  style={{ width: columns[index]?.width }}
                >
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map((item) => (
            <Fragment key={keyOf(entries[item.index]!)}>{renderEntry(entries[item.index]!, item.index)}</Fragment>
          ))}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  )
}
