// Gallery: tables, work lists, steps, checklists, timelines, attachments.
import { CheckItem, CheckList } from '../ui/check-item.tsx'
import { ColumnChart } from '../ui/column-chart.tsx'
import { DataTable, type Column } from '../ui/data-table.tsx'
import type { RowGroup } from '../ui/use-visible-entries.ts'
import { ImageViewer } from '../ui/image-viewer.tsx'
import { PdfViewer } from '../ui/pdf-viewer.tsx'
import { EmptyState } from '../ui/states.tsx'
import { StatusTag } from '../ui/status-tag.tsx'
import { Steps } from '../ui/steps.tsx'
import { Thumbnail } from '../ui/thumbnail.tsx'
import { TaskList, Timeline } from '../ui/timeline.tsx'
import { LONG, noop, type Specimens } from './specimen.ts'
import { Views } from '../ui/views.tsx'

interface Row {
  id: string
  who: string
  fee: string
}
const COLUMNS: readonly Column<Row>[] = [
  { id: 'who', header: 'Patient', cell: (row) => row.who },
  { id: 'state', header: 'Status', cell: () => <StatusTag tone="wait">Waiting: payer</StatusTag> },
  { id: 'fee', header: 'Fee', align: 'right', cell: (row) => row.fee },
]
const ROWS: readonly Row[] = [
  { id: '1', who: 'Doe, Sam · #8 · D3353', fee: '$1,250.00' },
  { id: '2', who: LONG, fee: '$90.00' },
]
const MANY: readonly Row[] = Array.from({ length: 500 }, (_, index) => ({
  id: String(index),
  who: `Example, Person ${index + 1}`,
  fee: `$${index}.00`,
}))
const NONE = <EmptyState title="No claims wait for an answer">A claim appears here on the day it is sent.</EmptyState>
const GROUPS: Record<string, RowGroup> = {
  '1': { key: 'overdue', title: 'Late', count: 1 },
  '2': { key: 'today', title: 'Today', count: 1 },
}
/** A grey square: an invented film. */
const FILM =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4//8/AwAI/AL+p5qgoAAAAABJRU5ErkJggg=='

/** One invented page, written by hand. */
const LETTER = new TextEncoder().encode(
  `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 360 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 62>> stream
BT /F 14 Tf 30 150 Td (Explanation of benefits, invented) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF`,
)

export const lists: Specimens = {
  DataTable: {
    'groups and details': (
      <DataTable
        label="Work"
        columns={COLUMNS}
        rows={ROWS}
        rowKey={(row) => row.id}
        onOpen={noop}
        groupOf={(row) => GROUPS[row.id]!}
        details={() => <p>Nov 20 Called, left a message</p>}
        empty={NONE}
      />
    ),
    rows: (
      <DataTable label="Claims" columns={COLUMNS} rows={ROWS} rowKey={(row) => row.id} onOpen={noop} empty={NONE} />
    ),
    selection: (
      <DataTable
        label="Claims to post"
        columns={COLUMNS}
        rows={ROWS}
        rowKey={(row) => row.id}
        selected={new Set(['1'])}
        onSelect={noop}
        empty={NONE}
      />
    ),
    '500 rows': (
      <DataTable
        label="Many"
        columns={COLUMNS}
        rows={MANY}
        rowKey={(row) => row.id}
        onOpen={noop}
        empty={NONE}
        maxHeight="16rem"
      />
    ),
    empty: <DataTable label="No claims" columns={COLUMNS} rows={[]} rowKey={(row) => row.id} empty={NONE} />,
    loading: <DataTable label="Coming" columns={COLUMNS} rows={[]} rowKey={(row) => row.id} loading empty={NONE} />,
  },
  Steps: {
    'on the way': (
      <Steps
        current="documentation"
        onPick={noop}
        steps={[
          { step: 'code', label: 'Code', state: 'done' },
          { step: 'documentation', label: 'Documentation', state: 'attention', detail: '5/6' },
          { step: 'authorization', label: 'Authorization', state: 'active', detail: 'sent 16d' },
          { step: 'claim', label: 'Claim', state: 'todo' },
          { step: 'follow_up', label: 'Follow-up', state: 'not_needed' },
        ]}
      />
    ),
  },
  CheckList: {
    'every state': (
      <CheckList label="Before authorization">
        <CheckItem title="Pre-op periapical showing the open apex" state="done" owner="assistant" />
        <CheckItem title="Dated chart note" state="missing" owner="dentist" />
        <CheckItem
          title="Interim film"
          state="problem"
          problems={['Film has no date', 'Taken after treatment began']}
        />
        <CheckItem title={LONG} state="waived">
          <span className="cw-muted">Ana, Nov 20, 2026: {LONG}</span>
        </CheckItem>
      </CheckList>
    ),
  },
  'Timeline, TaskList': {
    timeline: (
      <Timeline
        entries={[
          { at: '2026-11-23T10:00:00.000Z', on: '2026-11-23', user: 'Ana', text: 'Authorization sent, portal' },
          { at: '2026-11-02T10:00:00.000Z', on: '2026-11-02', user: '', text: LONG },
        ]}
      />
    ),
    tasks: (
      <TaskList
        onDone={noop}
        tasks={[
          { id: '1', title: 'Call payer', dueOn: '2026-11-20', assigneeName: 'Ana', doneAt: null },
          { id: '2', title: LONG, dueOn: '2026-11-29', assigneeName: null, doneAt: null },
          {
            id: '3',
            title: 'Ask for the film',
            dueOn: '2026-11-20',
            assigneeName: null,
            doneAt: '2026-11-20T08:00:00.000Z',
          },
        ]}
      />
    ),
  },
  Views: {
    'with counts, one chosen': (
      <Views
        label="Which claims"
        value="waiting"
        onChange={noop}
        views={[
          { value: 'draft', label: 'To send', count: 3 },
          { value: 'waiting', label: 'Waiting for the payer', count: 1204 },
          { value: 'all', label: 'All' },
        ]}
      />
    ),
  },
  ColumnChart: {
    months: (
      <ColumnChart
        title="Denied, by month"
        note="share of decided lines"
        head={['Month', 'Share', 'Denied']}
        columns={[
          { key: '2026-10', label: 'Oct 26', value: 0.1, text: '10 %', more: ['2'] },
          { key: '2026-11', label: 'Nov 26', value: 0, text: '0 %', more: ['0'] },
        ]}
      />
    ),
  },
  Attachments: {
    thumbnail: (
      <Thumbnail caption="Pre-op periapical, #8, Nov 1, 2026" mediaType="image/png" src={FILM} onOpen={noop} />
    ),
    'thumbnail, PDF': <Thumbnail caption={LONG} mediaType="application/pdf" src={null} onOpen={noop} />,
    image: (
      <div style={{ height: 260 }}>
        <ImageViewer src={FILM} alt="Example film" />
      </div>
    ),
    PDF: (
      <div style={{ height: 320 }}>
        <PdfViewer bytes={LETTER} label="Example letter" />
      </div>
    ),
    'PDF that cannot be read': <PdfViewer bytes={new Uint8Array([1, 2, 3])} label="Broken file" />,
  },
}
