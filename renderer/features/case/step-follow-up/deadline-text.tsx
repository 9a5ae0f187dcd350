// A deadline with what it is counted from and how sure that is.
import type { Deadline } from '#core/appeal/schema.ts'
import { dateAndDistance, formatDate } from '../../../lib/format.ts'
import { useToday } from '../../../lib/today.ts'
import { confidenceText } from '../../../ui/finding.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'

export function DeadlineText({ deadline, running = true }: { deadline: Deadline; running?: boolean }) {
  const today = useToday()
  const late = running && deadline.on < today
  const when = `Due ${dateAndDistance(deadline.on, today)}`
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
