// Every migration in order, numbered so that a fix fits between; append-only.
import { vaultStatements } from './0001-vault.ts'
import { domainStatements } from './0010-domain.ts'
import { worklistStatements } from './0020-worklist.ts'
import { packetStatements } from './0022-packet.ts'
import { clockFilterStatements } from './0027-clock-filters.ts'
import { changedApprovalStatements } from './0028-changed-approval.ts'
import { importStatements } from './0030-import.ts'
import { calendarStatements } from './0032-calendar.ts'
import { ediStatements } from './0040-edi.ts'
import { listIndexStatements } from './0044-list-indexes.ts'
import { appealStatements } from './0050-appeals.ts'
import { filterIndexStatements } from './0052-filter-indexes.ts'
import { furtherCoverageStatements } from './0060-further-coverages.ts'
import { paymentByFileStatements } from './0061-era-payment-by-file.ts'
import { draftStatements } from './0062-drafts-follow.ts'
import { benefitClassStatements } from './0066-benefit-class.ts'
import { paidAtClaimStatements } from './0068-paid-at-claim.ts'
import { stepsByCaseStatements } from './0070-steps-by-case.ts'

export interface Migration {
  id: number
  statements: readonly string[]
}

export const migrations: readonly Migration[] = [
  { id: 1, statements: vaultStatements },
  { id: 10, statements: domainStatements },
  { id: 20, statements: worklistStatements },
  { id: 22, statements: packetStatements },
  { id: 27, statements: clockFilterStatements },
  { id: 28, statements: changedApprovalStatements },
  { id: 30, statements: importStatements },
  { id: 32, statements: calendarStatements },
  { id: 40, statements: ediStatements },
  { id: 44, statements: listIndexStatements },
  { id: 50, statements: appealStatements },
  { id: 52, statements: filterIndexStatements },
  { id: 60, statements: furtherCoverageStatements },
  { id: 61, statements: paymentByFileStatements },
  { id: 62, statements: draftStatements },
  { id: 66, statements: benefitClassStatements },
  { id: 68, statements: paidAtClaimStatements },
  { id: 70, statements: stepsByCaseStatements },
]
