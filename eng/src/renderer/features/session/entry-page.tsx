// The page before the frame: one column, one question, nothing else to look at.
import { IconDental } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import classes from './entry-page.module.css'

interface EntryPageProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  progress?: { at: number; of: number }
  banner?: ReactNode
}

/** The heading takes the focus when no field does, so that a screen reader starts at the question. */
export function EntryPage({ title, lead, children, progress, banner }: EntryPageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const active = document.activeElement
    if (active === null || active === document.body) heading.current?.focus()
  }, [title])
  return (
    <div className={classes.outer}>
      <div>{banner}</div>
      <main className={classes.column}>
        <div className={`cw-row ${classes.mark}`}>
          <IconDental size={20} aria-hidden /> Claimwright
        </div>
        {progress && (
          <ol className={classes.progress} aria-label={`Step ${progress.at} of ${progress.of}`}>
            {Array.from({ length: progress.of }, (_, step) => (
              <li key={step} data-done={step < progress.at || undefined} />
            ))}
          </ol>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div className={classes.lead}>{lead}</div>
        {children}
      </main>
    </div>
  )
}
