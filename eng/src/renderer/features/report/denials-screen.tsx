// Why are we denied? Denials by cause, payer, code, dentist, sender and missing paper; first pass, days, recovered, shortfalls.
import { useLocation } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import { causeWords } from '#core/remittance/cause-words.ts'
import { csvFile, saveFile, type CsvValue } from '../../lib/files-out.ts'
import { countOf, formatDate, formatMoney } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { ColumnChart } from '../../ui/column-chart.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { Ageing } from './ageing.tsx'
import { BarChart, CountChart } from './count-chart.tsx'
import { PeriodFields, usePeriod } from './period.tsx'
import { ReportTabs } from './report-tabs.tsx'

type Figures = OutputOf<'denial.figures'>
type Shortfall = Figures['shortfalls'][number]

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** `2026-11` → `Nov 2026`. */
const monthName = (month: string) => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
const percent = (count: number, of: number) => (of === 0 ? '–' : `${Math.round((count / of) * 100)} %`)

const SHORTFALLS: readonly Column<Shortfall>[] = [
  { header: 'Payer', cell: (row) => row.payer },
  { header: 'Code', cell: (row) => row.code },
  { header: 'Claims', cell: (row) => row.claims, align: 'right' },
  { header: 'Expected', cell: (row) => formatMoney(row.expectedCents), align: 'right' },
  { header: 'Paid', cell: (row) => formatMoney(row.paidCents), align: 'right' },
  { header: 'Missing', cell: (row) => formatMoney(row.missingCents), align: 'right' },
]

export default function DenialsScreen() {
  const period = usePeriod()
  const query = useRoute('denial.figures', period.between, { keep: true })
  const print = useCommand('shell.print')
  return (
    <Page
      title="Why are we denied?"
      lead={`Decisions received from ${formatDate(period.between.from)} to ${formatDate(period.between.to)}`}
      bar={<ReportTabs value="denials" />}
      actions={
        query.data && (
          <>
            <Button
              shortcut="p"
              onClick={() => print.mutate({ kind: 'denials', id: `${period.between.from}:${period.between.to}` })}
            >
              Print
            </Button>
            <Button shortcut="x" onClick={() => void exportCsv(query.data, period.between)}>
              CSV
            </Button>
          </>
        )
      }
    >
      <PeriodFields period={period} />
      <Answer query={query}>{(figures) => <Body figures={figures} />}</Answer>
    </Page>
  )
}

function Body({ figures }: { figures: Figures }) {
  const [, go] = useLocation()
  const { firstPass, appeals } = figures
  if (figures.lines === 0)
    return (
      <EmptyState
        title="No decision in this period"
        action={<Button onClick={() => go(paths.remittances)}>To the remittances</Button>}
      >
        Each posted EOB counts here, from paper or from a file.
      </EmptyState>
    )
  return (
    <>
      <p>
        <strong>{`${figures.denied} of ${countOf(figures.lines, 'line')} denied or sent back`}</strong>
        {`, ${formatMoney(figures.deniedCents)} billed. Clean on the first pass: ${firstPass.clean} of ${countOf(firstPass.claims, 'claim')} (${percent(firstPass.clean, firstPass.claims)}). Appeals: ${appeals.won} won, ${appeals.lost} lost, ${formatMoney(appeals.recoveredCents)} recovered.`}
      </p>
      <div className="cw-split">
        <ColumnChart
          title="Denied, by month"
          note="share of decided lines"
          head={['Month', 'Share', 'Denied', 'Lines']}
          columns={figures.byMonth.map(({ month, denied, lines }) => ({
            key: month,
            label: monthName(month),
            value: lines === 0 ? 0 : denied / lines,
            text: percent(denied, lines),
            more: [String(denied), String(lines)],
          }))}
        />
        <Ageing />
      </div>
      <div className="cw-split">
        <CountChart title="By cause" counts={causesOf(figures)} />
        <CountChart title="By missing document" counts={figures.byDocument} />
        <CountChart title="By payer" counts={figures.byPayer} />
        <CountChart title="By code" counts={figures.byCode} />
        <CountChart title="By dentist" counts={figures.byProvider} />
        <CountChart title="By who sent it" counts={figures.byUser} />
      </div>
      <Section title="Paid less than expected, repeatedly" note="for a call with the payer about the contract">
        <DataTable
          label="Repeated shortfalls"
          columns={SHORTFALLS}
          rows={figures.shortfalls}
          rowKey={(row) => `${row.payer} ${row.code}`}
          empty={
            <EmptyState title="No pattern">
              Payer and code are listed from the second claim paid below what was expected.
            </EmptyState>
          }
        />
      </Section>
      {figures.daysToPayment.length > 0 ? (
        <BarChart
          title="Days from sending to payment"
          note="the usual claim, slowest payer first"
          head={['Days', 'Claims']}
          bars={figures.daysToPayment.map(({ payer, claims, medianDays }) => ({
            key: payer,
            value: medianDays,
            cells: [`${medianDays} d`, countOf(claims, 'claim')],
          }))}
        />
      ) : (
        <Section title="Days from sending to payment">
          <EmptyState title="No payment in this period">Each paid claim counts here.</EmptyState>
        </Section>
      )}
    </>
  )
}

const causesOf = ({ byCause }: Figures) => byCause.map((one) => ({ ...one, key: causeWords(one.key) }))

async function exportCsv(figures: Figures, between: { from: IsoDate; to: IsoDate }): Promise<void> {
  const of = (name: string, counts: Figures['byCause']): CsvValue[][] =>
    counts.map((one) => [name, one.key, one.count, one.cents / 100])
  const rows = [
    ...of('Cause', causesOf(figures)),
    ...of('Missing document', figures.byDocument),
    ...of('Payer', figures.byPayer),
    ...of('Code', figures.byCode),
    ...of('Dentist', figures.byProvider),
    ...of('Sent by', figures.byUser),
    ...figures.shortfalls.map((one): CsvValue[] => [
      'Shortfall',
      `${one.payer} ${one.code}`,
      one.claims,
      one.missingCents / 100,
    ]),
    ...figures.daysToPayment.map((one): CsvValue[] => ['Days to payment', one.payer, one.claims, one.medianDays]),
  ]
  const content = csvFile(['What', 'Which', 'Count', 'Amount or days'], rows)
  await saveFile(`claimwright-denials-${between.from}-${between.to}.csv`, content, 'Figures saved')
}
