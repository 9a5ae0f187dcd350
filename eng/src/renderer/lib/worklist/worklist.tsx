// The one worklist: tabs, filters, columns, ticked rows, touches, print and CSV. Its screen brings the rows and their words.
import { useMemo, useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Step } from '#core/case/schema.ts'
import type { InputOf } from '#core/contract/index.ts'
import type { ActionForm } from '#core/case/actions.ts'
import type { AuthorizationId, CaseId, TaskId } from '#core/ids.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import type { RowGroup } from '../../ui/use-visible-entries.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Views } from '../../ui/views.tsx'
import { csvFile, saveFile, type CsvValue } from '../files-out.ts'
import { showToast } from '../notify.tsx'
import type { usePages } from '../paging.ts'
import { explainError, useCommand } from '../query.ts'
import { useCan } from '../session.ts'
import { ActionDialog } from '../actions/action-dialog.tsx'
import type { ToDo } from '../actions/to-do.ts'
import { TouchDialog, type Touch } from '../touch-dialogs.tsx'
import { type Filter, FilterBar } from './filters.tsx'
import type { ListMemory } from './list-memory.ts'
import { ViewDialog } from './view-dialog.tsx'

/** What every row of work has. */
export interface RowOfWork {
  id: string
  caseId: CaseId
  step: Step
  action: string
  reason: string
  /** The form that does the action; null: the page of its step. */
  form: ActionForm | null
  authorizationId: AuthorizationId | null
  taskId: TaskId | null
}
export interface WorkColumn<Row> extends Column<Row> {
  id: string
  /** What CSV holds too. */
  text: (row: Row) => CsvValue
  /** Not shown until it is chosen. */
  extra?: boolean
}
type Print = NonNullable<InputOf<'shell.print'>['list']>

interface WorklistProps<Row extends RowOfWork> {
  title: ReactNode
  /** Names the CSV file; never a patient. */
  label: string
  memory: ListMemory
  views: readonly { value: string; label: string; count?: number }[]
  filters: readonly Filter[]
  columns: readonly WorkColumn<Row>[]
  rows: readonly Row[]
  /** Whether the rows are there, and how to fetch more of them. */
  table: ReturnType<typeof usePages>['list']
  /** Every row of the list as filtered, for CSV. */
  all: () => Promise<readonly Row[]>
  /** The list as the printer gets it. */
  print: Print
  empty: ReactNode
  groupOf?: (row: Row) => RowGroup
  details?: (row: Row) => ReactNode
  actions?: ReactNode
}

/** The rows that are ticked, and the touch that is under way on them or on the focused one. */
function useTouches<Row extends RowOfWork>(rows: readonly Row[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [touch, setTouch] = useState<Pick<Touch, 'kind' | 'caseIds'> | null>(null)
  const ticked = rows.filter((row) => selected.has(row.id))
  const forget = () => setSelected(new Set())
  const start = (kind: Touch['kind'], row?: Row) => {
    const many = kind === 'snooze' || kind === 'assign' ? ticked : []
    const on = many.length > 0 ? many : row ? [row] : []
    if (on.length > 0) setTouch({ kind, caseIds: [...new Set(on.map((one) => one.caseId))] })
  }
  const dialog = touch && <TouchDialog {...touch} onClose={() => setTouch(null)} onDone={forget} />
  return { selected, setSelected, ticked, forget, start, dialog }
}

/** What leaves a list: the ticked rows, or all of it as filtered. */
function useOutput<Row extends RowOfWork>({ label, columns, all, print }: WorklistProps<Row>, ticked: readonly Row[]) {
  const printer = useCommand('shell.print')
  async function exportCsv(): Promise<void> {
    try {
      const wanted = ticked.length > 0 ? ticked : await all()
      const content = csvFile(
        columns.map((column) => column.header),
        wanted.map((row) => columns.map((column) => column.text(row))),
      )
      await saveFile(`claimwright-${label.toLowerCase()}.csv`, content, 'List saved')
    } catch (failure) {
      showToast({ message: explainError(failure), tone: 'block' })
    }
  }
  const printList = () =>
    printer.mutate({
      kind: 'worklist',
      id: label,
      list: ticked.length > 0 ? { ...print, caseIds: ticked.map((row) => row.caseId) } : print,
    })
  return { exportCsv, printList }
}

/** See WorklistProps. Enter does the next action, where it stands if a small form is enough; O opens the case; C, N, Z and A touch the ticked rows, or the focused one. */
export function Worklist<Row extends RowOfWork>(props: WorklistProps<Row>) {
  const { title, label, memory, views, filters, columns, rows, groupOf, details } = props
  const [, go] = useLocation()
  const canWork = useCan('work')
  const { selected, setSelected, ticked, forget, start, dialog } = useTouches(rows)
  const { exportCsv, printList } = useOutput(props, ticked)
  const [viewing, setViewing] = useState(false)
  const [todo, setTodo] = useState<ToDo | null>(null)
  const { state, change } = memory
  const shown = useMemo(() => {
    const chosen = columns.filter((column) => state.columns?.includes(column.id) ?? !column.extra)
    return chosen.length > 0 ? chosen : columns
  }, [columns, state.columns])
  const openCase = (row: Row) => go(paths.case(row.caseId, row.step))
  const act = (row: Row) => (row.form && canWork ? setTodo({ ...row, form: row.form }) : openCase(row))
  const touchBy = (kind: Touch['kind']) => (row: Row) => start(kind, row)
  return (
    <Page
      title={title}
      lead={
        ticked.length > 0
          ? `${ticked.length} selected`
          : 'Enter does what is next, O opens the case. C logs a call, N notes, Z snoozes, A assigns, T adds a task, Space selects.'
      }
      actions={
        <>
          {ticked.length > 0 && canWork && (
            <>
              <Button onClick={() => start('assign')}>Assign</Button>
              <Button onClick={() => start('snooze')}>Snooze</Button>
            </>
          )}
          <Button shortcut="v" onClick={() => setViewing(true)}>
            View
          </Button>
          <Button shortcut="p" onClick={printList}>
            Print
          </Button>
          <Button shortcut="x" onClick={() => void exportCsv()}>
            CSV
          </Button>
          {props.actions}
        </>
      }
      bar={
        <div className="cw-bar">
          <Views
            label={`Which ${label.toLowerCase()}`}
            value={state.view}
            onChange={(view) => {
              change({ view })
              forget()
            }}
            views={views}
          />
          <FilterBar memory={memory} filters={filters} />
        </div>
      }
    >
      <DataTable
        key={state.view}
        label={label}
        columns={shown}
        rows={rows}
        rowKey={idOf}
        onOpen={act}
        pathOf={(row) => paths.case(row.caseId, row.step)}
        {...(canWork && {
          selected,
          onSelect: setSelected,
          keys: {
            c: touchBy('call'),
            n: touchBy('note'),
            z: touchBy('snooze'),
            a: touchBy('assign'),
            t: touchBy('task'),
            o: openCase,
          },
        })}
        {...(groupOf && { groupOf })}
        {...(details && { details })}
        {...props.table}
        loading={props.table.loading || !memory.ready}
        empty={<NoRows {...props} />}
      />
      {viewing && (
        <ViewDialog
          memory={memory}
          columns={columns}
          shown={shown.map((column) => column.id)}
          onClose={() => setViewing(false)}
        />
      )}
      {dialog}
      {todo && <ActionDialog todo={todo} onClose={() => setTodo(null)} />}
    </Page>
  )
}

/** What was chosen days ago must not pass for "nothing to do". */
function NoRows({
  filters,
  memory: { state, change },
  empty,
}: Pick<WorklistProps<RowOfWork>, 'filters' | 'memory' | 'empty'>) {
  if (!filters.some(({ key }) => key !== 'sort' && state.filter[key])) return empty
  const unfiltered = Object.fromEntries(Object.entries(state.filter).filter(([key]) => key === 'sort'))
  return (
    <EmptyState
      title="Nothing here with these filters"
      action={<Button onClick={() => change({ filter: unfiltered })}>Show all</Button>}
    />
  )
}

const idOf = (row: RowOfWork) => row.id
