// An office's guide over time: what differs from the shipped one, what is new there, who saved what, and the way back; as a file.
import type { OwnGuide } from '#core/guide/own.ts'
import { formatInstant } from '../../lib/format.ts'
import { saveFile } from '../../lib/files-out.ts'
import { useCommand } from '../../lib/query.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Section } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'

export function Versions({ own }: { own: OwnGuide }) {
  const { guide, seq, versions, isOurs, isShipped } = own
  const { id } = guide
  const back = useCommand('guide.goBack', { done: 'Done: it holds from now on' })
  const save = () =>
    void saveFile(`guide-${id}.json`, new TextEncoder().encode(JSON.stringify(guide, null, 2)), 'Guide saved as a file')
  return (
    <>
      <News own={own} />
      {isOurs && isShipped && (
        <Section title="What differs from the shipped guide">
          <List of={own.differences} />
        </Section>
      )}
      <Section title="Versions">
        <div className="cw-row">
          <Button onClick={save}>Export as a file</Button>
          {isOurs && isShipped && (
            <Button onClick={() => back.mutate({ id, seq, to: null })} loading={back.isPending}>
              Back to the shipped guide
            </Button>
          )}
        </div>
        {versions.length === 0 ? (
          <p className="cw-muted">Your office uses the shipped guide. The first saving makes it yours.</p>
        ) : (
          <table className="cw-table" aria-label="Versions">
            <TableHead names={['Version', 'Saved', 'By', 'About', '']} />
            <tbody>
              {versions.map((one) => (
                <tr key={one.seq}>
                  <td>{one.seq}</td>
                  <td>{formatInstant(one.at)}</td>
                  <td>{one.by}</td>
                  <td>{one.note || (one.off ? 'Back to the shipped guide' : '')}</td>
                  <td>
                    {!one.off && one.seq !== seq && (
                      <RowButton
                        verb="Go back"
                        of={`to version ${one.seq}`}
                        onClick={() => back.mutate({ id, seq, to: one.seq })}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </>
  )
}

function News({ own: { guide, seq, news, kept } }: { own: OwnGuide }) {
  const take = useCommand('guide.takeNews', { done: 'Taken over: it holds from now on' })
  if (news.length === 0) return null
  return (
    <Section title="New in the shipped guide">
      <List of={news} />
      {kept.length > 0 && (
        <Finding severity="warn">
          These your office words itself, and they stay as you have them: {kept.join('; ')}
        </Finding>
      )}
      <Button onClick={() => take.mutate({ id: guide.id, seq })} loading={take.isPending}>
        Take it over
      </Button>
    </Section>
  )
}

function List({ of }: { of: readonly string[] }) {
  if (of.length === 0) return <p className="cw-muted">Nothing.</p>
  return (
    <ul>
      {of.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  )
}
