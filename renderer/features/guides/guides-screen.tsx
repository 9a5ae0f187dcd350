// The procedure guides of this installation and their codes; a guide that cannot be read says so.
import { useState } from 'react'
import { Link } from 'wouter'
import { useRoute } from '../../lib/query.ts'
import { paths } from '../../paths.ts'
import { TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

export default function GuidesScreen() {
  const query = useRoute('guide.list', {})
  const [text, setText] = useState('')
  const needle = text.trim().toLowerCase()
  return (
    <Page
      title="Guides"
      lead="When a code fits, when it does not, what must be on file. Our own words; the ADA’s descriptors are not shipped."
    >
      <TextField label="Find a code" value={text} onChange={setText} placeholder="D3353 or a word" autoFocus />
      <Answer query={query}>
        {(data) => (
          <>
            {data.problems.map((problem) => (
              <Finding key={problem.file} severity="block">
                {problem.file}: {problem.message}
              </Finding>
            ))}
            {data.guides.map((guide) => (
              <Section key={guide.id} title={guide.title} note={`Revision ${guide.revision}`}>
                <ul className="cw-stack">
                  {guide.codes
                    .filter((code) => needle === '' || `${code.code} ${code.label}`.toLowerCase().includes(needle))
                    .map((code) => (
                      <li key={code.code}>
                        <Link href={paths.guide(guide.id, code.code)} className="cw-link">
                          {code.code}
                        </Link>{' '}
                        {code.label}
                      </li>
                    ))}
                </ul>
              </Section>
            ))}
          </>
        )}
      </Answer>
    </Page>
  )
}
