// How each practice system gives its list, with the query to paste where it takes one.
import { useCommand } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'

interface WhereFromProps {
  /** What to do in each system. */
  places: Readonly<Record<string, string>>
  /** A query for Open Dental's user query. */
  query?: string
}

export function WhereFrom({ places, query }: WhereFromProps) {
  return (
    <details open>
      <summary>Where the list comes from</summary>
      <dl className="cw-stack">
        {query && (
          <>
            <dt>Open Dental</dt>
            <dd>
              Reports → User Query: paste the query, Submit, Export. <CopyQuery query={query} />
            </dd>
          </>
        )}
        {Object.entries(places).map(([system, words]) => (
          <div key={system}>
            <dt>{system}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function CopyQuery({ query }: { query: string }) {
  const copy = useCommand('shell.copy', { done: 'Query copied' })
  return (
    <>
      <Button variant="subtle" onClick={() => copy.mutate({ text: query })}>
        Copy the query
      </Button>
      <details>
        <summary>See the query</summary>
        <pre className="cw-scroll" style={{ whiteSpace: 'pre-wrap' }}>
          {query}
        </pre>
        <p className="cw-muted">
          Written from Open Dental’s public source; not run against a live database. If Open Dental refuses it, tell us
          what it says.
        </p>
      </details>
    </>
  )
}
