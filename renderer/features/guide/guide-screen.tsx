// One code family as a reference page, generated from the guide's data: every statement with source and confidence.
import { Link, useParams } from 'wouter'
import type { Guide, Statement } from '#core/guide/schema.ts'
import { guidePage } from '#core/guide/reference.ts'
import { formatDate, oneLine } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { ComparisonTable } from '../../ui/comparison-table.tsx'
import { confidenceText, Why } from '../../ui/finding.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import classes from './guide.module.css'

export default function GuideScreen() {
  const { id, code } = useParams<{ id: string; code?: string }>()
  const query = useRoute('guide.get', { id })
  return <Answer query={query}>{({ guide }) => <Family guide={guide} code={code} />}</Answer>
}

function Family({ guide, code }: { guide: Guide; code: string | undefined }) {
  const print = useCommand('shell.print')
  const canManage = useCan('manage')
  const isOurs = useRoute('guide.list', {}).data?.guides.find((one) => one.id === guide.id)?.isOurs
  const family = guide.codes.find((one) => one.code === code)?.family ?? guide.families[0]?.id ?? ''
  const page = guidePage(guide, family)
  if (!page) return <EmptyState title={`The guide has no page for ${code ?? guide.title}`} />
  return (
    <Page
      title={page.title}
      lead={page.summary}
      actions={
        <>
          {canManage && (
            <Link href={paths.editGuide(guide.id)} className="cw-link">
              {isOurs ? 'Change our guide' : 'Make it ours'}
            </Link>
          )}
          <Button shortcut="p" onClick={() => print.mutate({ kind: 'guide-page', id: guide.id })}>
            Print guide
          </Button>
        </>
      }
      bar={<Families guide={guide} current={family} />}
    >
      <div className={classes.sourced}>
        {page.codes.map((one) => (
          <Section
            key={one.code}
            title={`${one.code} ${one.label}`}
            note={validity(one.validFrom, one.validTo, one.retired)}
          >
            <p>{one.description}</p>
            {one.descriptor && <p className="cw-muted">In your list: {one.descriptor}</p>}
            <Statements title="When to use" statements={one.whenToUse} />
            <Statements title="When not" statements={one.notWhen} />
          </Section>
        ))}
        {page.comparisons.map((comparison) => (
          <Section key={comparison.id} title={comparison.title}>
            <ComparisonTable {...comparison} />
          </Section>
        ))}
        <Section title="Documentation">
          <ul className="cw-stack">
            {page.checklist.map((item) => (
              <li key={item.id}>
                <strong>{item.title}</strong>: {item.detail}{' '}
                <span className="cw-muted">
                  {item.leftOut ? `left out by your office: ${item.leftOut}` : `(${item.stages.join(', ')})`}
                </span>{' '}
                <Why reason={item.detail} source={item.source} confidence={item.confidence} />
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Denials and how to fix them">
          <ul className="cw-stack">
            {page.denials.map((denial) => (
              <li key={denial.cause}>
                <strong>{denial.cause.replaceAll('_', ' ')}</strong>
                {[...denial.carcs, ...denial.rarcs].length > 0 && ` (${[...denial.carcs, ...denial.rarcs].join(', ')})`}
                : {denial.why} {denial.fix}{' '}
                <Why reason={denial.fix} source={denial.source} confidence={denial.confidence} />
              </li>
            ))}
          </ul>
        </Section>
        {page.questionsAndAnswers.length > 0 && (
          <Section title="Questions and answers">
            <dl>
              {page.questionsAndAnswers.map((one) => (
                <div key={one.question}>
                  <dt>
                    <strong>{one.question}</strong>
                  </dt>
                  <dd>
                    {one.answer} <Why reason={one.answer} source={one.source} confidence={one.confidence} />
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
        )}
        <Section title="Sources">
          <ul>
            {page.sources.map((source) => (
              <li key={source.id}>
                {source.title}{' '}
                <span className="cw-muted">
                  ({source.id}; recorded {formatDate(source.recorded)}; {confidenceText(source.confidence)})
                </span>
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </Page>
  )
}

function validity(from: string | null, to: string | null, retired: boolean): string {
  if (retired) return 'retired'
  return oneLine([from && `from ${formatDate(from)}`, to && `until ${formatDate(to)}`], ' ')
}

function Statements({ title, statements }: { title: string; statements: readonly Statement[] }) {
  if (statements.length === 0) return null
  return (
    <>
      <h3 className={classes.small}>{title}</h3>
      <ul>
        {statements.map((one) => (
          <li key={one.text}>
            {one.text}
            {one.confidence === 'unverified' && <em> (check with payer)</em>}{' '}
            <Why reason={one.text} source={one.source} confidence={one.confidence} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Families({ guide, current }: { guide: Guide; current: string }) {
  return (
    <nav aria-label="Code families" className={classes.families}>
      {guide.families.map((one) => {
        const first = guide.codes.find((each) => each.family === one.id)
        return (
          first && (
            <Link
              key={one.id}
              href={paths.guide(guide.id, first.code)}
              className="cw-link"
              aria-current={one.id === current ? 'page' : undefined}
            >
              {one.title}
            </Link>
          )
        )
      })}
    </nav>
  )
}
