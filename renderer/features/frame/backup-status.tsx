// When the data was last copied, and whether a copy left this disk.
import { daysBetween } from '#core/dates.ts'
import { formatInstant } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { StatusTag } from '../../ui/status-tag.tsx'

/** Days without a copy off this disk after which the line turns into a warning (our own choice). */
const LATE_DAYS = 7

export function BackupStatus() {
  const today = useToday()
  const { data } = useRoute('backup.list', {})
  if (!data) return null
  const last = data.backups.find((backup) => backup.verified)
  if (!last) return <StatusTag tone="warn">No backup yet</StatusTag>
  const text = `Backup: ${formatInstant(last.at, today)}`
  const isLate = !data.lastOffDisk || daysBetween(data.lastOffDisk.slice(0, 10), today) > LATE_DAYS
  if (data.secondPlaceProblem) return <StatusTag tone="warn">{`${text}, second place fails`}</StatusTag>
  if (data.secondPlace && !isLate) return <StatusTag tone="ok">{`${text}, also on ${data.secondPlace}`}</StatusTag>
  return <StatusTag tone="warn">{`${text}, only on this computer`}</StatusTag>
}
