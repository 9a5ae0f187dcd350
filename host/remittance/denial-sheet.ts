// The figures of denials on paper: by cause, payer and code, and the shortfalls to talk about.
import { type Block, type Document } from '#core/document/document.ts'
import { sheet } from '#core/document/sheets.ts'
import { formatDate, IsoDate } from '#core/dates.ts'
import { formatMoney } from '#core/money.ts'
import { causeWords } from '#core/remittance/cause-words.ts'
import { AppError } from '#core/errors.ts'
import { getOffice } from '#host/office/rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { readDenialFigures } from './denial-figures.ts'

/** `id`: the period as `2026-01-01:2026-11-23`. */
export async function denialsDocument(context: QueryContext, id: string): Promise<Document> {
  const [from, to] = id.split(':').map((day) => IsoDate.safeParse(day).data)
  if (!from || !to) throw new AppError('NOT_FOUND', 'This report needs a period.', { entity: 'period', id })
  const figures = await readDenialFigures(context, { from, to })
  const counts = (title: string, rows: readonly { key: string; count: number; cents: number }[]): Block[] =>
    rows.length === 0
      ? []
      : [
          { kind: 'heading', text: title },
          {
            kind: 'table',
            head: ['', 'Lines', 'Billed'],
            rows: rows.map((row) => [row.key, String(row.count), formatMoney(row.cents)]),
            right: [1, 2],
          },
        ]
  const { firstPass, appeals } = figures
  const blocks: Block[] = [
    {
      kind: 'text',
      text: `${figures.denied} of ${figures.lines} lines denied or sent back, ${formatMoney(figures.deniedCents)} billed. Clean on the first pass: ${firstPass.clean} of ${firstPass.claims} claims. Appeals: ${appeals.won} won, ${appeals.lost} lost, ${formatMoney(appeals.recoveredCents)} recovered.`,
    },
    ...counts(
      'By cause',
      figures.byCause.map((row) => ({ ...row, key: causeWords(row.key) })),
    ),
    ...counts('By missing document', figures.byDocument),
    ...counts('By payer', figures.byPayer),
    ...counts('By code', figures.byCode),
    ...counts('By dentist', figures.byProvider),
    ...counts('By who sent it', figures.byUser),
  ]
  if (figures.shortfalls.length > 0)
    blocks.push(
      { kind: 'page', text: 'Paid less than expected, repeatedly' },
      {
        kind: 'table',
        head: ['Payer', 'Code', 'Claims', 'Expected', 'Paid', 'Missing'],
        rows: figures.shortfalls.map((row) => [
          row.payer,
          row.code,
          String(row.claims),
          formatMoney(row.expectedCents),
          formatMoney(row.paidCents),
          formatMoney(row.missingCents),
        ]),
        right: [2, 3, 4, 5],
      },
    )
  const title = 'Why are we denied?'
  return sheet(
    await getOffice(context.db),
    context.today,
    title,
    `${title} ${formatDate(from)} to ${formatDate(to)}`,
    blocks,
  )
}
