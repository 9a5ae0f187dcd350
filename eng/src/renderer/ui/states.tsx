// What a screen shows when there is nothing, not yet, or no answer.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Finding } from './finding.tsx'
import classes from './kit.module.css'

/** Says what would stand here and how it gets here. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h3>{title}</h3>
      {children && <div className="cw-muted">{children}</div>}
      {action}
    </div>
  )
}

/** What failed and the way on. */
export function ErrorState({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <Finding severity="block" action={onRetry && <Button onClick={onRetry}>Try again</Button>}>
      {message}
    </Finding>
  )
}

/** Grey lines in the shape of the content, for a list its rows; nothing at all in the first 100 ms. */
export function Loading({ lines = 5, shape = 'text' }: { lines?: number; shape?: 'text' | 'table' }) {
  return (
    <div className={classes.loading} data-shape={shape} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

interface AnswerProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  children: (data: T) => ReactNode
  lines?: number
}

/** Shows a query's answer, or why there is none: `<Answer query={useRoute(…)}>{(data) => …}</Answer>`. */
export function Answer<T>({ query, children, lines }: AnswerProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
  return <Loading lines={lines} />
}
