// The payer behind a coverage as a column of another query, so that its three tables are joined in one place.
import { sql } from 'kysely'

/** The payer's name; null for self-pay. @param coverage the column that holds the coverage's id, such as `k.coverage_id` */
export const payerNameOf = (coverage: string) => sql<string | null>`(SELECT payer.name FROM coverage
  JOIN plan ON plan.id = coverage.plan_id JOIN payer ON payer.id = plan.payer_id WHERE coverage.id = ${sql.ref(coverage)})`
