// Fee schedules: the office's own fees and those of each contract, with the days from which they hold.
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { editionOn, type FeeSchedule } from '#core/coverage/fee-schedule.ts'
import { countOf, formatDate, oneLine } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { paths } from '../../paths.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { FeeScheduleDialog } from './fee-schedule-dialog.tsx'

const FeeImportDialog = lazy(() => import('./import/fee-import-dialog.tsx'))

export function FeeSchedules() {
  const [path, go] = useLocation()
  const query = useRoute('feeSchedule.list', {})
  const canWork = useCan('work')
  const today = useToday()
  const [editing, setEditing] = useState<FeeSchedule | 'new' | null>(null)
  const wordsOf = (schedule: FeeSchedule) => {
    const now = editionOn(schedule, today)
    return oneLine([
      schedule.kind === 'office' ? 'the office’s own' : 'contract',
      now
        ? `${countOf(now.fees.length, 'fee')} from ${formatDate(now.from)}`
        : schedule.endsOn !== null && schedule.endsOn < today
          ? `ended ${formatDate(schedule.endsOn)}`
          : 'no fees for today',
      schedule.editions.length > 1 && countOf(schedule.editions.length, 'edition'),
    ])
  }
  return (
    <Section
      title="Fee schedules"
      note="Expected payments and write-offs come from them"
      actions={
        canWork && (
          <>
            <Button onClick={() => go(paths.importFees)}>Import fees</Button>
            <Button onClick={() => setEditing('new')}>Add fee schedule</Button>
          </>
        )
      }
    >
      <Answer query={query}>
        {({ schedules }) =>
          schedules.length === 0 ? (
            <EmptyState title="No fee schedule yet">
              Without the contract’s fees nothing is expected of an in-network plan.
            </EmptyState>
          ) : (
            <ul className="cw-stack">
              {schedules.map((one) => (
                <li key={one.id} className="cw-row">
                  <strong>{one.name}</strong>
                  <span className="cw-muted">{wordsOf(one)}</span>
                  {canWork && <RowButton verb="Edit" of={one.name} onClick={() => setEditing(one)} />}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {path === paths.importFees && canWork && query.data && (
        <Suspense>
          <FeeImportDialog schedules={query.data.schedules} onClose={() => go(paths.settingsOf('fees'))} />
        </Suspense>
      )}
      {editing && (
        <FeeScheduleDialog
          key={editing === 'new' ? 'new' : editing.id}
          schedule={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}
