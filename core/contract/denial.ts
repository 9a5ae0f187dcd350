// Why are we denied? Figures of decided claims in a period.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { query } from './route.ts'

const Cents = z.number().int()
const Counts = z.array(z.strictObject({ key: z.string(), count: Cents, cents: Cents }))

export const denialRoutes = {
  'denial.figures': query({
    permission: 'read',
    topics: ['remittance', 'claim', 'appeal'],
    input: z
      .strictObject({ from: IsoDate, to: IsoDate })
      .refine(({ from, to }) => from <= to, { message: 'The period ends before it begins', path: ['to'] }),
    output: z.strictObject({
      /** Decided lines, and those of them denied or sent back for papers. */
      lines: Cents,
      denied: Cents,
      deniedCents: Cents,
      byCause: Counts,
      byPayer: Counts,
      byCode: Counts,
      byProvider: Counts,
      byUser: Counts,
      byDocument: Counts,
      firstPass: z.strictObject({ clean: Cents, claims: Cents }),
      daysToPayment: z.array(z.strictObject({ payer: z.string(), claims: Cents, medianDays: Cents })),
      appeals: z.strictObject({ won: Cents, lost: Cents, recoveredCents: Cents }),
      shortfalls: z.array(
        z.strictObject({
          payer: z.string(),
          code: z.string(),
          claims: Cents,
          expectedCents: Cents,
          paidCents: Cents,
          missingCents: Cents,
        }),
      ),
    }),
  }),
} as const
