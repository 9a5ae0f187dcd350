// What is due, overdue or stuck: each row says what, why and the one next action; Enter does it.
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { TodayRow } from '#core/contract/today.ts'
import type { CaseId } from '#core/ids.ts'
import { formatDate, siteName } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { WorkList, type WorkRow } from '../../ui/work-list.tsx'
import { AssignDialog, LogDialog, SnoozeDialog } from '../../lib/touch-dialogs.tsx'

const BUCKETS = [
  { key: 'overdue', title: 'Overdue', tone: 'block', word: 'Overdue' },
  { key: 'today', title: 'Today', tone: 'warn', word: 'Today' },
  { key: 'week', title: 'This week', tone: 'info', word: 'This week' },
  { key: 'waiting', title: 'Waiting on others', tone: 'wait', word: 'Waiting' },
] as const
type Touch = { kind: 'call' | 'note' | 'snooze' | 'assign'; caseId: CaseId }

export function TodayScreen() {
  const [, go] = useLocation()
  const today = useToday()
  const canWork = useCan('work')
  const [mine, setMine] = useState(false)
  const [touch, setTouch] = useState<Touch | null>(null)
  const query = useRoute('today.list', { mine }, { keep: true })
  const print = useCommand('shell.print')
  const close = () => setTouch(null)
  return (
    <Page
      title={formatDate(today)}
      lead="Enter does the next action, → shows the last touches."
      actions={
        <>
          <Button shortcut="m" onClick={() => setMine(!mine)}>
            {mine ? 'Show all' : 'Only mine'}
          </Button>
          <Button shortcut="p" onClick={() => print.mutate({ kind: 'today-list', id: 'today' })}>
            Print list
          </Button>
          {canWork && (
            <Button variant="filled" onClick={() => go(paths.newCase)}>
              New case
            </Button>
          )}
        </>
      }
    >
      <Answer query={query}>
        {(data) => {
          const byKey = new Map(data.rows.map((row) => [row.key, row]))
          const of = (row: WorkRow) => byKey.get(row.key)!
          const start = (kind: Touch['kind']) => (row: WorkRow) => canWork && setTouch({ kind, caseId: of(row).caseId })
          if (data.rows.length === 0) {
            return (
              <EmptyState
                title={mine ? 'Nothing of yours rings' : 'Nothing rings today'}
                action={canWork && <Button onClick={() => go(paths.newCase)}>New case (Ctrl+N)</Button>}
              >
                Cases appear here by themselves: a code to choose, an answer that is late, an authorization that ends,
                an EOB to follow, a task that is due.
              </EmptyState>
            )
          }
          return (
            <WorkList
              label="Due cases"
              groups={BUCKETS.map((bucket) => ({
                key: bucket.key,
                title: bucket.title,
                tone: bucket.tone,
                count: data.counts[bucket.key],
                rows: data.rows
                  .filter((row) => row.bucket === bucket.key)
                  .map((row) => ({
                    key: row.key,
                    what: whatOf(row),
                    reason: row.reason,
                    action: row.action,
                    tone: bucket.tone,
                    toneWord: bucket.word,
                  })),
              })).filter((group) => group.rows.length > 0)}
              onOpen={(row) => go(paths.case(of(row).caseId, of(row).step))}
              keys={{ c: start('call'), n: start('note'), z: start('snooze'), a: start('assign') }}
              details={(row) => <LastTouches caseId={of(row).caseId} source={of(row).source} />}
            />
          )
        }}
      </Answer>
      {touch && (touch.kind === 'call' || touch.kind === 'note') && (
        <LogDialog key={touch.kind} kind={touch.kind} caseId={touch.caseId} onClose={close} />
      )}
      {touch?.kind === 'snooze' && <SnoozeDialog caseIds={[touch.caseId]} onClose={close} />}
      {touch?.kind === 'assign' && <AssignDialog caseIds={[touch.caseId]} onClose={close} />}
    </Page>
  )
}

function whatOf(row: TodayRow): string {
  return [row.patientName, siteName(row.tooth), row.code, row.payerName].filter(Boolean).join(' · ')
}

function LastTouches({ caseId, source }: { caseId: CaseId; source: string }) {
  const query = useRoute('case.get', { id: caseId })
  return (
    <div>
      <p className="cw-muted">Rule: {source}</p>
      <Answer query={query} lines={3}>
        {(caseView) => <Timeline entries={caseView.timeline.slice(0, 3)} />}
      </Answer>
    </div>
  )
}
