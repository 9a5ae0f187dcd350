// The rows of a worklist as its person narrowed it, page by page: what a screen hands on to Worklist.
import { useMemo } from 'react'
import type { ZodType } from 'zod'
import type { InputOf, OutputOf } from '#core/contract/index.ts'
import type { CaseId } from '#core/ids.ts'
import { Answer } from '../../ui/states.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { allPages, usePages } from '../paging.ts'
import { useRoute } from '../query.ts'
import type { RowOfWork } from './worklist.tsx'

type ListRoute = 'today.list' | 'authorization.list'
type Answered<Name extends ListRoute> = OutputOf<Name>['rows'][number]

/** Rows asked for at a time. */
export const PAGE_ROWS = 200

/** What was kept by an older version may not fit any more: then nothing is narrowed. */
export function chosenQuery<Query>(schema: ZodType<Query>, choice: unknown): Query {
  const chosen = schema.safeParse(choice)
  return chosen.success ? chosen.data : schema.parse({})
}

function rowsOf<Name extends ListRoute, Row>(
  pages: readonly OutputOf<Name>[],
  toRow: (row: Answered<Name>) => Row,
): Row[] {
  return pages.flatMap((page) => (page.rows as Answered<Name>[]).map(toRow))
}

/** @param toRow stays the same function from one rendering to the next */
export function useWorklist<Name extends ListRoute, Row extends RowOfWork & Why>(
  name: Name,
  query: Omit<InputOf<Name>, 'after' | 'limit'>,
  toRow: (row: Answered<Name>) => Row,
) {
  const inPages = (limit: number) => ({ ...query, limit }) as unknown as Omit<InputOf<Name>, 'after'>
  const { pages, list } = usePages(name, inPages(PAGE_ROWS))
  const rows = useMemo(() => rowsOf(pages, toRow), [pages, toRow])
  return {
    /** The first page: its counts are those of the whole list. */
    first: pages[0],
    list: {
      rows,
      table: list,
      all: async () => rowsOf(await allPages(name, inPages(500)), toRow),
      details: (row: Row) => <LastTouches {...row} />,
    },
  }
}

interface Why {
  reason: string
  source: string
}

/** Why a row is here, the rule behind it, and what was last done about the case. */
function LastTouches({ caseId, reason, source }: Why & { caseId: CaseId }) {
  const query = useRoute('case.get', { id: caseId })
  return (
    <div>
      <p>{reason}</p>
      {source && <p className="cw-muted">Rule: {source}</p>}
      <Answer query={query} lines={3}>
        {(caseView) => <Timeline entries={caseView.timeline.slice(0, 3)} />}
      </Answer>
    </div>
  )
}
