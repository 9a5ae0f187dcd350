// A page and its sections: one heading, actions at its right, content below, an optional column beside.
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import classes from './page.module.css'

interface PageProps {
  title: ReactNode
  /** One line under the title: what the numbers are about. */
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** A column at the right that scrolls by itself; folds below on narrow or zoomed screens. */
  aside?: ReactNode
  asideLabel?: string
  /** What stands between the header and the content and does not scroll: the steps of a case, tabs. */
  bar?: ReactNode
  /** Which of several contents is shown, such as a step: another one opens at its top. */
  place?: string
}

/** The frame of every screen. The heading takes the focus when the page opens, unless something else has it. */
export function Page({ title, lead, actions, children, aside, asideLabel = 'Beside', bar, place }: PageProps) {
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    // Which of the two scrolls depends on the width.
    for (const part of [body.current, body.current?.firstElementChild]) part?.scrollTo?.(0, 0)
  }, [place])
  useEffect(() => {
    if (document.activeElement?.matches('body, [data-keeps-focus]') ?? true) {
      document.getElementById(id)?.focus({ preventScroll: true })
    }
  }, [id])
  useEffect(() => {
    const page = (event: KeyboardEvent) => body.current && turnPage(event, body.current)
    document.addEventListener('keydown', page)
    return () => document.removeEventListener('keydown', page)
  }, [])
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <h1 id={id} tabIndex={-1} className={classes.title}>
          {title}
        </h1>
        {lead && <div className={classes.lead}>{lead}</div>}
        {actions && <div className="cw-row cw-row-end cw-no-print">{actions}</div>}
      </header>
      {bar && <div className={classes.bar}>{bar}</div>}
      <div ref={body} className={aside ? classes.split : classes.single}>
        <div className={classes.content}>{children}</div>
        {aside && (
          <aside className={classes.aside} aria-label={asideLabel}>
            {aside}
          </aside>
        )}
      </div>
    </div>
  )
}

/** While the heading or nothing in particular has the focus, Page Up and Page Down move the content under it. */
function turnPage({ key, target }: KeyboardEvent, body: HTMLElement): void {
  const way = { PageDown: 1, PageUp: -1 }[key]
  if (!way || !(target instanceof HTMLElement) || target.tabIndex >= 0 || body.contains(target)) return
  if (target.closest('[role=dialog]')) return
  for (const part of [body, body.firstElementChild]) part?.scrollBy?.(0, way * part.clientHeight * 0.9)
}

interface SectionProps {
  title: string
  actions?: ReactNode
  /** Small text beside the title: a count, a date. */
  note?: ReactNode
  children: ReactNode
}

/** A titled part of a page; no border of its own. */
export function Section({ title, actions, note, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={classes.sectionHead}>
        <h2 id={id}>{title}</h2>
        {note && <span className="cw-muted">{note}</span>}
        {actions && <div className="cw-row cw-row-end">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
