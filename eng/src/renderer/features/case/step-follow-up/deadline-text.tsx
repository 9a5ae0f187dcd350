// A deadline with what it is counted from and how sure that is.
import type { Deadline } from '#core/appeal/schema.ts'
import { dateAndDistance, formatDate } from '../../../lib/format.ts'
import { useToday } from '../../../lib/use-today.ts'
import { confidenceText } from '../../../ui/finding.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'

interface DeadlineTextProps {
  deadline: Deadline
  running?: boolean
  /** `Due`, unless it is another's turn. */
  word?: string
}

export function DeadlineText({ deadline, running = true, word = 'Due' }: DeadlineTextProps) {
  const today = useToday()
  const late = running && deadline.on < today
  const when = `${word} ${dateAndDistance(deadline.on, today)}`
  return (
    <div className="cw-row">
      {running ? (
        <StatusTag tone={late ? 'block' : 'wait'}>{late ? `Past: ${when}` : when}</StatusTag>
      ) : (
        <span>{when}</span>
      )}
      <span className="cw-muted">
        {deadline.days} days from {formatDate(deadline.countedFrom)} · {deadline.source}
        {deadline.confidence !== 'confirmed' && ` · ${confidenceText(deadline.confidence)}`}
      </span>
    </div>
  )
}
