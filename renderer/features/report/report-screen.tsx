// Figures of authorizations: what payers approve, how long they take, what expires unused; each with its cases.
import { useState } from 'react'
import { ORIGINS } from '#core/payer-figures.ts'
import { spanWords } from '#core/payer-rule/words.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { csvFile, saveFile, type CsvValue } from '../../lib/files-out.ts'
import { countOf, formatDate } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { Expiring } from './ageing.tsx'
import { PeriodFields, usePeriod } from './period.tsx'
import { ReportTabs } from './report-tabs.tsx'

type Figures = OutputOf<'authorization.figures'>
type Row = Figures['rows'][number]
type Turnaround = Figures['turnaround'][number]

/** Fewer cases than this say little. */
const FEW = 5
const percent = (count: number, of: number) => `${Math.round((count / of) * 100)} %`
const rate = (count: number, of: number) => `${count} of ${of} · ${percent(count, of)}`
const days = (value: number | null) => (value === null ? '–' : `${value} d`)

const KINDS: Record<Row['kind'], string> = { required: 'Required', estimate: 'Estimate' }
const COLUMNS: readonly Column<Row>[] = [
  { header: 'Payer', text: (row) => row.payerName },
  { header: 'Code', cell: (row) => row.code },
  { header: 'Kind', cell: (row) => KINDS[row.kind] },
  {
    header: 'Cases',
    align: 'right',
    cell: (row) => (row.cases < FEW ? `few: ${row.cases}` : row.cases),
  },
  { header: 'Approved', align: 'right', cell: (row) => rate(row.approved, row.cases) },
  { header: 'With changes', align: 'right', cell: (row) => rate(row.modified, row.cases) },
  { header: 'Denied', align: 'right', cell: (row) => rate(row.denied, row.cases) },
  { header: 'Usual days', align: 'right', cell: (row) => days(row.medianDays) },
  { header: '9 of 10 within', align: 'right', cell: (row) => days(row.ninetiethDays) },
  { header: 'Expired unused', align: 'right', cell: (row) => row.expiredUnused },
]
const TURNAROUND: readonly Column<Turnaround>[] = [
  { header: 'Payer', text: (row) => row.payerName },
  { header: 'Shipped', align: 'right', cell: (row) => (row.shipped ? spanWords(row.shipped) : '–') },
  { header: 'Office’s own', align: 'right', cell: (row) => days(row.onFileDays) },
  { header: 'Learned', align: 'right', cell: (row) => days(row.ownDays) },
  { header: 'Answers', align: 'right', cell: (row) => row.answers },
  { header: 'Clocks use', text: ({ counts }) => `${ORIGINS[counts.origin]}: ${spanWords(counts)}` },
  { header: 'Source', text: ({ counts }) => counts.source, isLong: true },
]

export default function ReportScreen() {
  const period = usePeriod()
  const { between } = period
  const [payer, setPayer] = useState('')
  const [code, setCode] = useState('')
  const query = useRoute('authorization.figures', between, { keep: true })
  const print = useCommand('shell.print')
  const all = query.data?.rows ?? []
  const rows = all.filter((row) => (payer === '' || row.payerName === payer) && (code === '' || row.code === code))
  const turnaround = (query.data?.turnaround ?? []).filter((row) => payer === '' || row.payerName === payer)
  const choices = (of: (row: Row) => string) =>
    [...new Set(all.map(of))].sort().map((value) => ({ value, label: value || '–' }))
  return (
    <Page
      title="Authorization figures"
      bar={<ReportTabs value="authorizations" />}
      lead={`Decided from ${formatDate(between.from)} to ${formatDate(between.to)}. Days are business days.`}
      actions={
        <>
          <Button
            shortcut="p"
            onClick={() => print.mutate({ kind: 'authorization-figures', id: `${between.from}:${between.to}` })}
          >
            Print
          </Button>
          <Button shortcut="x" onClick={() => void exportCsv(rows)}>
            CSV
          </Button>
        </>
      }
    >
      <PeriodFields period={period}>
        <SelectField
          label="Payer"
          value={payer}
          onChange={setPayer}
          options={choices((row) => row.payerName)}
          emptyLabel="All payers"
        />
        <SelectField
          label="Code"
          value={code}
          onChange={setCode}
          options={choices((row) => row.code)}
          emptyLabel="All codes"
        />
      </PeriodFields>
      {query.error ? (
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <Expiring />
          <Section
            title="What payers decide"
            note={countOf(
              rows.reduce((sum, row) => sum + row.cases, 0),
              'case',
            )}
          >
            <DataTable
              label="What payers decide"
              columns={COLUMNS}
              rows={rows}
              rowKey={(row) => `${row.payerId} ${row.code} ${row.kind}`}
              loading={query.isPending}
              empty={<EmptyState title="No decision in this period">Each decided request counts here.</EmptyState>}
            />
          </Section>
          <Section title="How long payers take">
            <DataTable
              label="How long payers take"
              columns={TURNAROUND}
              rows={turnaround}
              rowKey={(row) => row.payerId}
              loading={query.isPending}
              empty={<EmptyState title="No payer has answered yet">The first answer counts here.</EmptyState>}
            />
          </Section>
        </>
      )}
    </Page>
  )
}

async function exportCsv(rows: readonly Row[]): Promise<void> {
  const cellsOf: Record<string, (row: Row) => CsvValue> = {
    Payer: (row) => row.payerName,
    Code: (row) => row.code,
    Kind: (row) => KINDS[row.kind],
    Cases: (row) => row.cases,
    Approved: (row) => row.approved,
    'With changes': (row) => row.modified,
    Denied: (row) => row.denied,
    'Median days': (row) => row.medianDays,
    '90th percentile': (row) => row.ninetiethDays,
    'Expired unused': (row) => row.expiredUnused,
  }
  const cells = rows.map((row) => Object.values(cellsOf).map((cellOf) => cellOf(row)))
  const content = csvFile(Object.keys(cellsOf), cells)
  await saveFile('claimwright-authorization-figures.csv', content, 'Figures saved')
}
