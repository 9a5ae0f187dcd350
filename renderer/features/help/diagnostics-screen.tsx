// How this installation is, to look at or to send to whoever helps: nothing of a patient stands in it.
import { CHECK_WORDS, diagnosticsText, type Diagnostics, type Fact, type SelfCheck } from '#core/diagnostics.ts'
import { saveFile } from '../../lib/files-out.ts'
import { formatInstant } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { ThirdParties } from './third-parties.tsx'

const TONES = { ok: 'ok', none: 'todo', warn: 'warn', bad: 'block' } as const
/** The clipboard takes no more; the file holds all of it. */
const MOST_COPIED = 20_000

export default function DiagnosticsScreen() {
  const query = useRoute('diagnostics.get', {})
  const copy = useCommand('shell.copy', { done: 'Copied for a minute' })
  const { data } = query
  return (
    <Page
      title="Diagnostics"
      lead="For whoever helps you. Holds no names, no folders and nothing of a patient."
      actions={
        data && (
          <>
            <Button onClick={() => void save(data)}>Save as text</Button>
            <Button variant="filled" onClick={() => copy.mutate({ text: diagnosticsText(data).slice(0, MOST_COPIED) })}>
              Copy
            </Button>
          </>
        )
      }
    >
      <Answer query={query}>
        {({ at, checks, versions, sizes, log }) => (
          <>
            <Section
              title="Self-checks"
              note={formatInstant(at)}
              actions={
                <Button shortcut="r" onClick={() => void query.refetch()} loading={query.isFetching}>
                  Check again
                </Button>
              }
            >
              <Checks checks={checks} />
            </Section>
            <Section title="Versions">
              <Facts label="Versions" facts={versions} />
            </Section>
            <Section title="Sizes">
              <Facts label="Sizes" facts={sizes} />
            </Section>
            <Section title="Log" note="The newest lines, masked">
              {log.length === 0 ? (
                <p className="cw-muted">Nothing was logged.</p>
              ) : (
                <ul className="cw-plain-list">
                  {log.map((line, at) => (
                    <li key={`${at} ${line}`}>
                      <code>{line}</code>
                    </li>
                  ))}
                </ul>
              )}
            </Section>
            <ThirdParties />
          </>
        )}
      </Answer>
    </Page>
  )
}

function Checks({ checks }: { checks: readonly SelfCheck[] }) {
  return (
    <table className="cw-table" aria-label="Self-checks">
      <TableHead names={['What', 'State', 'Found']} />
      <tbody>
        {checks.map(({ name, state, words }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <StatusTag tone={TONES[state]}>{CHECK_WORDS[state]}</StatusTag>
            </td>
            <td>{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Facts({ label, facts }: { label: string; facts: readonly Fact[] }) {
  return (
    <table className="cw-table" aria-label={label}>
      <tbody>
        {facts.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The day in its name, so that two of them can be told apart. */
async function save(found: Diagnostics): Promise<void> {
  const content = new TextEncoder().encode(diagnosticsText(found))
  await saveFile(`claimwright-diagnostics-${found.at.slice(0, 10)}.txt`, content, 'Diagnostics saved')
}
