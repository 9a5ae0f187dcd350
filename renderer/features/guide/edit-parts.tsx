// What the sections of the editor are made of: groups and entries that fold, and one list of the edits by place.
import { type MouseEvent, type ReactNode, useState } from 'react'
import type { EditProblem, EditSection } from '#core/guide/edit-problems.ts'
import type { GuideEdits } from '#core/guide/edits.ts'
import type { OwnGuide } from '#core/guide/own.ts'
import { countOf } from '../../lib/format.ts'
import { Finding } from '../../ui/finding.tsx'
import classes from './guide.module.css'

export interface SectionsProps {
  own: OwnGuide
  edits: GuideEdits
  set: (part: Partial<GuideEdits>) => void
  problems: readonly EditProblem[]
}

/** What is folded is not drawn: the state opens it, not the browser. */
const bySelf = (toggle: () => void) => (event: MouseEvent) => {
  event.preventDefault()
  toggle()
}

interface GroupProps {
  title: string
  count: number
  lead: string
  children: ReactNode
}
export function Group({ title, count, lead, children }: GroupProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={classes.guide} open={isOpen}>
      <summary onClick={bySelf(() => setOpen(!isOpen))}>
        <h2>{title}</h2>
        <span className="cw-muted">{countOf(count, 'entry', 'entries')}</span>
      </summary>
      {isOpen && (
        <>
          <p className="cw-muted">{lead}</p>
          {children}
        </>
      )}
    </details>
  )
}

interface EntryProps {
  name: string
  problem: string | undefined
  /** Changed, left out. */
  mark?: string | false
  children: ReactNode
}
/** One entry; what is wrong with it stands at its head and opens it. */
export function Entry({ name, problem, mark, children }: EntryProps) {
  const [isWanted, setWanted] = useState(false)
  const isOpen = isWanted || problem !== undefined
  return (
    <details className={classes.entry} open={isOpen}>
      <summary onClick={bySelf(() => setWanted(!isOpen))}>
        {name || 'New'} {mark && <em className="cw-muted">({mark})</em>}
      </summary>
      {isOpen && (
        <div className="cw-stack">
          {problem && <Finding severity="warn">{problem}</Finding>}
          {children}
        </div>
      )}
    </details>
  )
}

/** Changes one list of the edits by place. */
export function listOf<Key extends 'codes' | 'questions' | 'items' | 'narratives' | 'notes' | 'rules'>(
  key: Key,
  { edits, set, problems }: SectionsProps,
) {
  type One = GuideEdits[Key][number]
  const list = edits[key] as One[]
  const put = (next: One[]) => set({ [key]: next })
  return {
    list,
    change: (at: number, part: Partial<One>) =>
      put(list.map((one, index) => (index === at ? { ...one, ...part } : one))),
    add: (one: One) => put([...list, one]),
    remove: (at: number) => put(list.filter((_, index) => index !== at)),
    problemOf: (entry: string) =>
      problems.find((one) => one.section === (key satisfies EditSection) && one.entry === entry)?.message,
  }
}
