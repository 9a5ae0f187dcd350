// Saved views of a worklist as tabs: 1 to 9, 0 or the arrows choose.
import { useRef, type KeyboardEvent } from 'react'
import { countText } from '#core/counts.ts'
import { digitOf, useKeys } from '../lib/keys.ts'
import { Kbd } from './kbd.tsx'
import classes from './views.module.css'

interface ViewsProps<T extends string> {
  label: string
  views: readonly { value: T; label: string; count?: number }[]
  value: T
  onChange: (value: T) => void
}

/** One row of views; the number before each is its key. */
export function Views<T extends string>({ label, views, value, onChange }: ViewsProps<T>) {
  const bar = useRef<HTMLDivElement>(null)
  useKeys(
    views.flatMap((view, index) => {
      const combo = digitOf(index)
      return combo ? [{ combo, label: view.label, run: () => onChange(view.value) }] : []
    }),
  )
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const index = (views.findIndex((view) => view.value === value) + by + views.length) % views.length
    onChange(views[index]!.value)
    bar.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus()
  }
  return (
    <div ref={bar} role="tablist" aria-label={label} tabIndex={-1} className={classes.bar} onKeyDown={onKeyDown}>
      {views.map((view, index) => (
        <button
          key={view.value}
          type="button"
          role="tab"
          aria-selected={view.value === value}
          aria-keyshortcuts={digitOf(index)}
          tabIndex={view.value === value ? 0 : -1}
          className={classes.view}
          onClick={() => onChange(view.value)}
        >
          {digitOf(index) && <Kbd combo={digitOf(index)!} />}
          {view.label}
          {view.count !== undefined && <span className="cw-muted">{countText(view.count)}</span>}
        </button>
      ))}
    </div>
  )
}
