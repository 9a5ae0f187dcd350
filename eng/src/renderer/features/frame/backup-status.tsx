// When the data was last copied, and whether a copy left this disk.
import type { OutputOf } from '#core/contract/index.ts'
import { formatInstant } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { Banner } from '../../ui/finding.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { useToday } from '../../lib/use-today.ts'

/** Work that lies on this disk only: after a day it is worth a look, after two it has to be seen. */
const TONES = { new: 'warn', late: 'warn', overdue: 'block' } as const

/** The line at the foot of every screen. */
export function BackupStatus() {
  const today = useToday()
  const { data } = useRoute('backup.list', {})
  if (!data) return null
  return <StatusTag tone={toneOf(data)}>{textOf(data, today)}</StatusTag>
}

function toneOf({ backups, problem, atRisk, secondPlace, secondPlaceProblem }: OutputOf<'backup.list'>): Tone {
  if (problem !== null) return 'block'
  if (atRisk && (atRisk.level !== 'new' || !secondPlace)) return TONES[atRisk.level]
  return backups.length > 0 && secondPlace && secondPlaceProblem === null ? 'ok' : 'warn'
}

function textOf({ backups, atRisk, secondPlace, secondPlaceProblem }: OutputOf<'backup.list'>, today: string): string {
  const last = backups.find((backup) => backup.verified)
  if (!last) return 'No backup yet'
  const text = `Backup: ${formatInstant(last.at, today)}`
  if (atRisk && atRisk.level !== 'new')
    return `${text}, work since ${formatInstant(atRisk.since, today)} only on this computer`
  if (secondPlaceProblem !== null) return `${text}, second place fails`
  return secondPlace ? `${text}, also on ${secondPlace}` : `${text}, only on this computer`
}

/** What nobody may overlook, at the head of every screen. */
export function BackupBanner() {
  const today = useToday()
  const { data } = useRoute('backup.list', {})
  const { problem = null, drill = null, atRisk = null, secondPlace = null, secondPlaceProblem = null } = data ?? {}
  if (problem !== null)
    return (
      <Banner tone="block">
        <strong>The last backup failed.</strong> {problem}
      </Banner>
    )
  if (drill?.problem)
    return (
      <Banner tone="block">
        <strong>The newest backup could not be restored on trial.</strong> {drill.problem} Back up now.
      </Banner>
    )
  if (atRisk?.level !== 'overdue') return null
  const cure = secondPlace
    ? (secondPlaceProblem ?? 'Back up now.')
    : 'Choose a USB drive or the office server in Settings → Backups.'
  return (
    <Banner tone="block">
      <strong>Work since {formatInstant(atRisk.since, today)} is on this computer only.</strong> {cure}
    </Banner>
  )
}
