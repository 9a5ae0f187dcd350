// The focus and the keys of a list: no key is lost, however fast, and whoever works stays where the work was.
import { useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import { useKeys } from '../lib/keys.ts'

/** A row that moves by no more than this is still in sight and keeps the focus. */
const NEAR = 5
const JUMPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }

const isRow = (element: HTMLElement) => element.matches('[data-row]')
const rowElement = (grid: HTMLElement | null, index: number) =>
  grid?.querySelector<HTMLElement>(`[data-row="${index}"]`) ?? null

/** The index of the row that has the focus. */
function focusedRow(grid: HTMLElement | null): number | null {
  const active = document.activeElement
  return active instanceof HTMLElement && isRow(active) && grid?.contains(active) ? Number(active.dataset['row']) : null
}

export interface RowKeysProps<T> {
  rows: readonly T[]
  rowKey: (row: T) => string
  onOpen?: (row: T) => void
  /** Where a row leads: Ctrl+click and Ctrl+Shift+N open it in another window. */
  pathOf?: (row: T) => string
  /** Single keys on the focused row: `{ c: (row) => …, z: …, a: … }`. */
  keys?: Record<string, (row: T) => void>
  /** Down on the page leads into the list. False where the arrows of the page move something else. */
  takesArrow?: boolean
}
interface ListTools {
  grid: RefObject<HTMLTableElement | null>
  /** Brings a row into sight where not all are rendered. */
  scrollTo: ((index: number) => void) | undefined
  /** Space: ticks a row. */
  onToggle: ((key: string) => void) | undefined
  /** → and ←: shows more under a row, or under none. */
  onUnfold: ((key: string | null) => void) | undefined
}

/** Moves the focus by keys; `tabStop` is the row that Tab reaches. */
export function useRowKeys<T>(
  { rows, rowKey, onOpen, keys = {}, takesArrow = true }: RowKeysProps<T>,
  { grid, scrollTo, onToggle, onUnfold }: ListTools,
) {
  /** The row that keys move from; `wanted` while it is not rendered yet. */
  const current = useRef(0)
  const isWanted = useRef(false)
  const hasFocus = useRef(false)
  const [focused, setFocused] = useState(0)

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
    current.current = Math.max(0, Math.min(current.current, rows.length - 1))
    const row = rowElement(grid.current, current.current)
    ;(row ?? (isLost ? grid.current : null))?.focus({ preventScroll: true })
  })
  useKeys(
    onOpen && takesArrow ? [{ combo: 'arrowdown', label: 'Into the list', run: () => focusRow(current.current) }] : [],
  )

  function focusRow(index: number): void {
    const next = Math.min(rows.length - 1, Math.max(0, index))
    current.current = next
    setFocused(next)
    scrollTo?.(next)
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
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const isOwn = event.target instanceof HTMLElement && (event.target === grid.current || isRow(event.target))
    if (!isOwn || event.ctrlKey || event.metaKey || event.altKey) return
    const index = Math.min(current.current, rows.length - 1)
    const row = rows[index]!
    const own = keys[event.key.toLowerCase()]
    if (own) own(row)
    else if (event.key in JUMPS) focusRow(index + JUMPS[event.key]!)
    else if (event.key === 'Home') focusRow(0)
    else if (event.key === 'End') focusRow(rows.length - 1)
    else if (event.key === 'Enter' && onOpen) onOpen(row)
    else if (event.key === 'ArrowRight' && onUnfold) onUnfold(rowKey(row))
    else if (event.key === 'ArrowLeft' && onUnfold) onUnfold(null)
    else if (event.key === ' ' && onToggle) onToggle(rowKey(row))
    else return
    event.preventDefault()
  }
  const gridHandlers = {
    onKeyDown,
    onFocus: () => {
      hasFocus.current = true
    },
    onBlur: (event: FocusEvent<HTMLElement>) => {
      hasFocus.current = event.currentTarget.contains(event.relatedTarget)
      if (!hasFocus.current) isWanted.current = false
    },
  }
  return { tabStop: Math.min(focused, rows.length - 1), gridHandlers, onFocusRow }
}
