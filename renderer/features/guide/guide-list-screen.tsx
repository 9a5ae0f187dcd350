// The procedure guides of this installation and their codes; a guide that cannot be read says so.
import { useState } from 'react'
import { Link } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { findGuides } from '#core/guide/find.ts'
import { countOf, formatDate } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Page } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { ImportGuide, NewGuide } from './new-guide.tsx'
import classes from './guide.module.css'

export default function GuideListScreen() {
  const query = useRoute('guide.list', {})
  const problems = useRoute('guide.problems', {})
  const [text, setText] = useState('')
  const [open, setOpen] = useState<'new' | 'import' | null>(null)
  const canManage = useCan('manage')
  const needle = text.trim().toLowerCase()
  return (
    <Page
      title="Guides"
      lead="When a code fits, when it does not, what must be on file. Our own words; the ADA’s descriptors are not shipped."
      actions={
        canManage && (
          <>
            <Button onClick={() => setOpen('new')}>New guide</Button>
            <Button onClick={() => setOpen('import')}>Import a guide</Button>
          </>
        )
      }
    >
      {open === 'new' && <NewGuide onClose={() => setOpen(null)} />}
      {open === 'import' && <ImportGuide onClose={() => setOpen(null)} />}
      <TextField label="Find a code" value={text} onChange={setText} hint="A code, or what the chart says" autoFocus />
      <Answer query={query}>
        {(data) => (
          <>
            {problems.data?.problems.map((problem) => (
              <Finding key={problem.file} severity="block">
                {problem.file}: {problem.message}
              </Finding>
            ))}
            {found(data.guides, needle).map((guide) => (
              // Folded until something is looked for: the page opens as a list of procedures.
              <details key={`${guide.id} ${needle !== ''}`} className={classes.guide} open={needle !== ''}>
                <summary>
                  <h2>{guide.title}</h2>
                  <span className="cw-muted">
                    {countOf(guide.found.length, 'code')} · revised {formatDate(guide.revision)}
                    {guide.isOurs && ' · your office’s'}
                  </span>
                </summary>
                <ul className="cw-stack">
                  {guide.found.map((code) => (
                    <li key={code.code}>
                      <Link href={paths.guide(guide.id, code.code)} className="cw-link">
                        {code.code}
                      </Link>{' '}
                      {code.label}
                    </li>
                  ))}
                </ul>
              </details>
            ))}
            {found(data.guides, needle).length === 0 && (
              <EmptyState title="No guide knows this code">
                Open the case as “Any other procedure”: the dentist names the code, everything else is tracked as usual.
              </EmptyState>
            )}
          </>
        )}
      </Answer>
    </Page>
  )
}

type Listed = OutputOf<'guide.list'>['guides'][number]

/** Guides that are meant, the best first, with those of their codes that fit; all of them where none does by itself. */
function found(guides: readonly Listed[], needle: string) {
  const has = (text: string) => text.toLowerCase().includes(needle)
  const meant = findGuides(guides, needle).map(({ guide }) => guide)
  const naming = guides.filter((guide) => guide.codes.some(({ code, label }) => has(`${code} ${label}`)))
  return [...new Set([...meant, ...naming])].map((guide) => {
    const fitting = guide.codes.filter(({ code, label }) => has(`${code} ${label}`))
    return { ...guide, found: fitting.length > 0 ? fitting : guide.codes }
  })
}
