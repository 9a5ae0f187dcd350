// What each visit leaves behind, by date: note, material, film. A cell opens what is there, or the form that adds it.
import type { ItemView } from '#core/contract/case-documentation.ts'
import { formatDate } from '../../../lib/format.ts'
import { CHECK_STATES } from '../../../ui/check-item.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { TableHead } from '../../../ui/table-head.tsx'
import { PHASES } from '../step-code/visit-plan.tsx'
import type { DocumentationProps } from '../step-data.ts'
import classes from './documentation.module.css'

interface VisitGridProps extends DocumentationProps {
  onOpen: ((entry: ItemView) => void) | undefined
}

/** Nothing while no visit has been, or none leaves anything behind. */
export function VisitGrid({ caseView, view, onOpen }: VisitGridProps) {
  const due = view.items.filter(({ item }) => item.visitId !== null)
  const kinds = [...new Map(due.map(({ item }) => [item.id, item.title]))]
  const visits = caseView.visits.filter(({ id }) => due.some(({ item }) => item.visitId === id))
  if (visits.length === 0) return null
  return (
    <table className={`cw-table ${classes.visits}`} aria-label="Visits">
      <TableHead names={['Visit', ...kinds.map(([, title]) => title)]} />
      <tbody>
        {visits.map(({ id, doneOn, phase }) => (
          <tr key={id}>
            <th scope="row">
              {doneOn && formatDate(doneOn)} <span className="cw-muted">{PHASES[phase]}</span>
            </th>
            {kinds.map(([kind]) => {
              const entry = due.find(({ item }) => item.id === kind && item.visitId === id)
              if (!entry) return <td key={kind} />
              const { tone, word } = CHECK_STATES[entry.state]
              const tag = <StatusTag tone={tone}>{entry.problems[0] ?? word}</StatusTag>
              return (
                <td key={kind}>
                  {onOpen ? (
                    <button type="button" className={classes.cell} onClick={() => onOpen(entry)}>
                      {tag}
                    </button>
                  ) : (
                    tag
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
