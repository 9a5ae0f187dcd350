// The one list: records under their headings, arrows move, Enter opens, → shows more, thousands of rows without a stutter.
import { Fragment, useMemo, useRef, useState, type ReactNode } from 'react'
import { countText } from '#core/counts.ts'
import classes from './data-table.module.css'
import { ErrorState, Loading } from './states.tsx'
import { type Column, nameOf } from './column.ts'
import { useLines, widest } from './use-lines.ts'
import { useRowKeys, type RowKeysProps } from './use-row-keys.ts'
import { useVisibleEntries, type EntriesProps, type Entry, type RowGroup } from './use-visible-entries.ts'

export type { Column }

interface DataTableProps<T> extends EntriesProps<T>, RowKeysProps<T> {
  label: string
  columns: readonly Column<T>[]
  /** Ticked rows; leave out for a table without selection. Space ticks the focused row. */
  selected?: ReadonlySet<string>
  onSelect?: (keys: ReadonlySet<string>) => void
  /** What → opens under a row and ← closes: the last touches. */
  details?: (row: T) => ReactNode
  /** Shown instead of rows when there are none: an EmptyState. */
  empty: ReactNode
  loading?: boolean
  /** Why there are no rows, and how to ask again. */
  error?: { message: string } | null
  onRetry?: () => void
  /** Caps the height; the header stays. Default: as tall as the page allows. */
  maxHeight?: string
}

/**
 * See DataTableProps. Nothing is cut: columns are as wide as what stands in them, and where that is too much for one line
 * a row takes two. The focus goes where the keys say, however fast they come: a row not yet rendered takes it when it is,
 * a row that left gives it to the next.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  if (props.error) return <ErrorState message={props.error.message} onRetry={props.onRetry} />
  if (props.loading) return <Loading lines={12} shape="table" />
  if (props.rows.length === 0) return props.empty
  return <Grid {...props} />
}

function Grid<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowKey, onOpen, pathOf, selected, onSelect, details, maxHeight } = props
  const grid = useRef<HTMLTableElement>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const { lines, shares } = useLines(grid, props)
  const placeOf = ({ header, align, isLong }: Column<T>, at: number) => {
    const share = shares[at] ?? null
    return {
      'data-align': align,
      'data-long': isLong || undefined,
      'data-below': (lines === 2 && share === null) || undefined,
      'data-label': header,
      style: share === null ? undefined : { flexBasis: `${share * 99.9}%` },
    }
  }
  const list = useVisibleEntries(props, { grid, opened, lines })
  const longest = useMemo(() => (list.isVirtual ? widest(columns, rows) : []), [list.isVirtual, columns, rows])
  const toggle = (key: string) => {
    const next = new Set(selected)
    if (!next.delete(key)) next.add(key)
    onSelect?.(next)
  }
  const { tabStop, gridHandlers, onFocusRow } = useRowKeys(props, {
    grid,
    scrollTo: list.scrollTo,
    onToggle: onSelect && toggle,
    onUnfold: details && setOpened,
  })
  const width = columns.length + (onSelect ? 1 : 0)
  /** By what it is, not where: the focused row keeps its element when something above it closes. */
  const keyOf = (entry: Entry) =>
    entry.kind === 'group' ? `group ${entry.group.key}` : `${entry.kind} ${rowKey(rows[entry.index]!)}`
  const renderEntry = (entry: Entry, at: number) => {
    if (entry.kind === 'group') return <GroupRow group={entry.group} width={width} />
    const row = rows[entry.index]!
    if (entry.kind === 'details')
      return (
        <tr data-index={at} ref={list.measure}>
          <td colSpan={width} className={classes.details}>
            {details?.(row)}
          </td>
        </tr>
      )
    const key = rowKey(row)
    return (
      <tr
        data-index={at}
        ref={list.measure}
        data-row={entry.index}
        data-open={onOpen ? true : undefined}
        data-path={pathOf?.(row)}
        aria-rowindex={entry.index + 2}
        aria-selected={selected?.has(key)}
        tabIndex={entry.index === tabStop ? 0 : -1}
        onFocus={() => onFocusRow(entry.index)}
        onClick={() => onOpen?.(row)}
      >
        {onSelect && <TickCell checked={selected?.has(key) ?? false} onChange={() => toggle(key)} />}
        {columns.map((column, place) => (
          <td key={nameOf(column)} {...placeOf(column, place)}>
            {contentOf(column, row)}
          </td>
        ))}
      </tr>
    )
  }
  return (
    // The rows inside take the focus; this only scrolls.
    <div className={classes.scroller} data-long={list.isVirtual || undefined} style={{ maxHeight }}>
      <table
        ref={grid}
        role="grid"
        tabIndex={-1}
        {...gridHandlers}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={onSelect ? true : undefined}
        className={classes.table}
        data-lines={lines}
        data-ticks={onSelect ? true : undefined}
      >
        <thead>
          <tr aria-rowindex={1}>
            {onSelect && (
              <th scope="col" className={classes.tick}>
                <span className="cw-hidden">Selected</span>
              </th>
            )}
            {columns.map((column, place) => (
              <th key={nameOf(column)} scope="col" {...placeOf(column, place)}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {longest.length > 0 && (
            <tr aria-hidden className={classes.longest}>
              {onSelect && <td className={classes.tick} />}
              {columns.map((column, place) => (
                <td key={nameOf(column)} {...placeOf(column, place)}>
                  <div>{contentOf(column, longest[place]!)}</div>
                </td>
              ))}
            </tr>
          )}
          {list.above > 0 && <tr aria-hidden style={{ height: list.above }} />}
          {list.visible.map(({ entry, at }) => (
            <Fragment key={keyOf(entry)}>{renderEntry(entry, at)}</Fragment>
          ))}
          {list.below > 0 && <tr aria-hidden style={{ height: list.below }} />}
        </tbody>
      </table>
    </div>
  )
}

function contentOf<T>({ cell, text, isLong }: Column<T>, row: T): ReactNode {
  const content = cell ? cell(row) : String(text?.(row) ?? '') || '–'
  return <div className={isLong ? classes.long : classes.fact}>{content}</div>
}

function GroupRow({ group, width }: { group: RowGroup; width: number }) {
  return (
    <tr className={classes.group}>
      <th scope="rowgroup" colSpan={width}>
        {group.title} <span>{countText(group.count)}</span>
      </th>
    </tr>
  )
}

function TickCell({ checked, onChange }: { checked: boolean; onChange: () => void }) {
  return (
    <td className={classes.tick}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label="Select row"
        checked={checked}
        onClick={(event) => event.stopPropagation()}
        onChange={onChange}
      />
    </td>
  )
}
