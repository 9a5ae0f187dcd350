// The first week of an office: what to set up, each a link, each ticked by what the host knows; gone when done or dismissed.
import { IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useDraft } from '../../lib/drafts.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'

export function FirstWeek() {
  const canManage = useCan('manage')
  const [isDismissed, setDismissed, { ready }] = useDraft('ui.firstWeek', false)
  const { data } = useRoute('today.firstWeek', {}, { enabled: canManage })
  const backups = useRoute('backup.list', {}, { enabled: canManage }).data
  if (!canManage || isDismissed || !ready || !data || !backups) return null
  const items = [
    {
      done: backups.secondPlace !== null,
      title: 'Choose a second place for backups',
      why: 'a drive or another computer, in case this one breaks',
      path: paths.settingsOf('backups'),
    },
    {
      done: data.people,
      title: 'Add the people who work here',
      why: 'each with a sign-in of their own',
      path: paths.settingsOf('people'),
    },
    {
      done: data.payers,
      title: 'Add your payers and plans',
      why: 'phone, payer ID and what each plan pays',
      path: paths.settingsOf('payers'),
    },
    {
      done: data.clearinghouse,
      title: 'Enter your clearinghouse',
      why: 'for claim files; skip it if you send on paper',
      path: paths.settingsOf('clearinghouse'),
    },
    {
      done: data.patients,
      title: 'Import your patients',
      why: 'the list of your practice system, read with a preview; the authorization log is imported under Authorizations',
      path: paths.importPatients,
    },
    {
      done: data.printed,
      title: 'Print a test page',
      why: 'the huddle sheet, to see that the printer works',
      path: paths.huddle,
    },
  ]
  if (items.every(({ done }) => done)) return null
  return (
    <section aria-labelledby="first-week" className="cw-stack" style={{ maxWidth: '46rem' }}>
      <div className="cw-row">
        <h2 id="first-week" style={{ margin: 0 }}>
          Your first week
        </h2>
        <span className="cw-muted">{`${items.filter(({ done }) => done).length} of ${items.length} done`}</span>
        <Button variant="subtle" onClick={() => setDismissed(true)}>
          Dismiss
        </Button>
      </div>
      <ul className="cw-plain-list cw-stack">
        {items.map(({ done, title, why, path }) => (
          <li key={path} className="cw-row" style={{ flexWrap: 'nowrap' }}>
            {done ? (
              <IconCircleCheck size={18} role="img" aria-label="Done:" />
            ) : (
              <IconCircle size={18} role="img" aria-label="To do:" />
            )}
            <span>
              <Link href={path} className="cw-link">
                {title}
              </Link>{' '}
              <span className="cw-muted">{why}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
