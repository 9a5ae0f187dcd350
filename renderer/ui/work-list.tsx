// The list of Today: what it is, why it is here, what to do now. Enter does it.
import { Fragment, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import classes from './rows.module.css'
import { ToneIcon, type Tone } from './status-tag.tsx'

export interface WorkRow {
  key: string
  /** `Doe, Sam · #8 · D3353` */
  what: string
  /** `No answer for 16 business days; usual 10 (our 14 cases)` */
  reason: string
  /** `Call payer` */
  action: string
  tone: Tone
  /** The word behind the icon, for those who cannot see it: `Overdue`. */
  toneWord: string
}
export interface WorkGroup {
  key: string
  title: string
  count: number
  tone?: Tone
  rows: readonly WorkRow[]
}
interface WorkListProps {
  label: string
  groups: readonly WorkGroup[]
  /** Enter, or a click. */
  onOpen: (row: WorkRow) => void
  /** Single keys on the focused row: `{ c: (row) => …, z: …, a: … }`. */
  keys?: Record<string, (row: WorkRow) => void>
  /** What → opens under a row: the last three touches. */
  details?: (row: WorkRow) => ReactNode
}

/** Arrows move, Enter does the next action, → opens the details, ← closes them. */
export function WorkList({ label, groups, onOpen, keys = {}, details }: WorkListProps) {
  const list = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const [stop, setStop] = useState<string | null>(null)
  const rows = groups.flatMap((group) => group.rows)
  const tabStop = rows.some((row) => row.key === stop) ? stop : rows[0]?.key

  function focusBy(from: HTMLElement, by: number): void {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    all[Math.min(all.length - 1, Math.max(0, all.indexOf(from) + by))]?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, row: WorkRow): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const own = keys[event.key.toLowerCase()]
    if (own) own(row)
    else if (event.key === 'ArrowDown') focusBy(event.currentTarget, 1)
    else if (event.key === 'ArrowUp') focusBy(event.currentTarget, -1)
    else if (event.key === 'Home') focusBy(event.currentTarget, -rows.length)
    else if (event.key === 'End') focusBy(event.currentTarget, rows.length)
    else if (event.key === 'Enter') onOpen(row)
    else if (event.key === 'ArrowRight' && details) setOpened(row.key)
    else if (event.key === 'ArrowLeft') setOpened(null)
    else return
    event.preventDefault()
  }

  return (
    <div ref={list} role="treegrid" aria-label={label} className={classes.workList}>
      {groups.map((group) => (
        <Fragment key={group.key}>
          <div role="row" aria-level={1}>
            <div role="gridcell" className={classes.group} data-tone={group.tone}>
              {group.title} <span>{group.count}</span>
            </div>
          </div>
          {group.rows.map((row) => (
            <div
              key={row.key}
              data-row
              role="row"
              aria-level={2}
              aria-expanded={details ? opened === row.key : undefined}
              tabIndex={row.key === tabStop ? 0 : -1}
              className={classes.work}
              onFocus={() => setStop(row.key)}
              onClick={() => onOpen(row)}
              onKeyDown={(event) => onKeyDown(event, row)}
            >
              <span role="gridcell" title={row.toneWord} style={{ color: `var(--cw-${toneColor(row.tone)})` }}>
                <ToneIcon tone={row.tone} size={15} />
                <span className="cw-hidden">{row.toneWord}</span>
              </span>
              <span role="gridcell" className={classes.what}>
                {row.what}
              </span>
              <span role="gridcell" className={classes.reason}>
                {row.reason}
              </span>
              <span role="gridcell" className={classes.next}>
                {row.action} <Kbd combo="enter" />
              </span>
              {opened === row.key && (
                <div role="gridcell" className={classes.more}>
                  {details?.(row)}
                </div>
              )}
            </div>
          ))}
        </Fragment>
      ))}
    </div>
  )
}

function toneColor(tone: Tone): string {
  return tone === 'wait' || tone === 'todo' || tone === 'plain' ? 'muted' : tone
}
