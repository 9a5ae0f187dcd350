// What this kind of denial needs in an appeal, and what the case has of it.
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from '../money.module.css'
import type { AppealData } from '../step-data.ts'

export function EvidenceList({ items, open }: { items: AppealData['evidence']; open: boolean }) {
  const lacking = items.filter((item) => item.have === null).length
  return (
    <details open={open}>
      <summary>
        Evidence for this kind of denial: {items.length - lacking} of {items.length}
      </summary>
      <ul className={classes.plain} aria-label="Evidence">
        {items.map(({ title, have }) => (
          <li key={title} className="cw-row">
            <StatusTag tone={have === null ? 'todo' : 'ok'}>{have === null ? 'Lacking' : 'There'}</StatusTag>
            <span>{title}</span>
            <span className="cw-muted">{have}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
