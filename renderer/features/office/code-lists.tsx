// Editions of the code set: which the guides hold, what is known of the next, and the office's own licensed lists.
import { lazy, Suspense } from 'react'
import { useLocation } from 'wouter'
import { countOf, formatDate } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Why } from '../../ui/finding.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

const CodeImportDialog = lazy(() => import('./import/code-import-dialog.tsx'))

export function CodeLists() {
  const [path, go] = useLocation()
  const query = useRoute('codeList.editions', {})
  const canManage = useCan('manage')
  return (
    <Section
      title="Codes"
      note="The ADA’s descriptors are not shipped: your licensed list brings them"
      actions={canManage && <Button onClick={() => go(paths.importCodes)}>Import a list of codes</Button>}
    >
      <Answer query={query}>
        {({ editions }) => (
          <ul className="cw-stack" aria-label="Editions of the code set">
            {editions.map(({ name, from, isHeld, changes, listed, source, confidence }) => (
              <li key={name} className="cw-row">
                <strong>{name}</strong>
                <span>from {formatDate(from)}</span>
                <span className="cw-muted">
                  {isHeld ? 'in the guides' : 'not in the guides yet'} ·{' '}
                  {listed === null ? 'no list of your own' : `your list: ${countOf(listed, 'code')}`}
                </span>
                {changes.length > 0 && (
                  <Why
                    label="What is known to change"
                    reason={`${changes.join('. ')}.`}
                    source={source}
                    confidence={confidence}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {path === paths.importCodes && canManage && (
        <Suspense>
          <CodeImportDialog onClose={() => go(paths.settingsOf('codes'))} />
        </Suspense>
      )}
    </Section>
  )
}
