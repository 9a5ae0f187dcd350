// The morning's huddle sheet as it will be printed.
import { useLocation } from 'wouter'
import { huddleCount } from '#core/contract/today.ts'
import { formatDate } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { TableHead } from '../../ui/table-head.tsx'

export default function HuddleScreen() {
  const today = useToday()
  const [, go] = useLocation()
  const query = useRoute('calendar.huddle', {})
  const print = useCommand('shell.print')
  const pdf = useCommand('shell.savePdf', { done: ({ saved }) => (saved ? 'Sheet saved' : '') })
  return (
    <Page
      title={`Morning huddle, ${formatDate(today)}`}
      lead={query.data?.lead ?? ''}
      actions={
        <>
          <Button shortcut="l" onClick={() => pdf.mutate({ kind: 'huddle' })} loading={pdf.isPending}>
            As PDF
          </Button>
          <Button shortcut="p" variant="filled" onClick={() => print.mutate({ kind: 'huddle' })}>
            Print
          </Button>
        </>
      }
    >
      <Answer query={query}>
        {({ parts }) => (
          <>
            {parts.map((part) => (
              <Section key={part.title} title={part.title} note={huddleCount(part)}>
                {part.rows.length === 0 ? (
                  <p className="cw-muted">None.</p>
                ) : (
                  <table className="cw-table">
                    <TableHead names={part.head} />
                    <tbody>
                      {part.rows.map((cells) => (
                        <tr key={cells.join('|')}>
                          {cells.map((cell, at) => (
                            <td key={part.head[at]}>{cell}</td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                )}
              </Section>
            ))}
            <Button onClick={() => go(paths.authorizations)}>Open the lists</Button>
          </>
        )}
      </Answer>
    </Page>
  )
}
