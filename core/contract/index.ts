// The contract: the only list of what may be asked of the host, flat, by route name.
import type { z } from 'zod'
import { appealRoutes } from './appeal.ts'
import { authorizationImportRoutes, authorizationRoutes } from './authorization.ts'
import { codeListRoutes } from './code-list.ts'
import { documentationRoutes } from './case-documentation.ts'
import { caseRoutes, draftRoutes, patientPaymentRoutes, settlementRoutes, taskRoutes } from './case.ts'
import { claimFileRoutes, claimRoutes } from './claim.ts'
import { documentRoutes, packetRoutes } from './document.ts'
import { feeImportRoutes } from './fee-import.ts'
import { historyImportRoutes } from './history-import.ts'
import { guideRoutes } from './guide.ts'
import { feeScheduleRoutes, officeRoutes, settingRoutes } from './office.ts'
import { payerRuleRoutes } from './payer-rule.ts'
import { patientImportRoutes } from './patient-import.ts'
import { patientRoutes } from './patient.ts'
import { denialRoutes, eraRoutes, remittanceRoutes } from './remittance.ts'
import { diagnosticsRoutes } from './diagnostics.ts'
import { providerImportRoutes } from './provider-import.ts'
import { sessionRoutes } from './session.ts'
import { auditRoutes } from './trail.ts'
import { shellRoutes } from './shell.ts'
import { updateRoutes } from './update.ts'
import { calendarRoutes, todayRoutes, worklistRoutes } from './today.ts'

export const contract = {
  ...sessionRoutes,
  ...officeRoutes,
  ...feeScheduleRoutes,
  ...feeImportRoutes,
  ...providerImportRoutes,
  ...payerRuleRoutes,
  ...patientRoutes,
  ...patientImportRoutes,
  ...historyImportRoutes,
  ...caseRoutes,
  ...documentationRoutes,
  ...authorizationRoutes,
  ...authorizationImportRoutes,
  ...documentRoutes,
  ...packetRoutes,
  ...claimRoutes,
  ...appealRoutes,
  ...remittanceRoutes,
  ...claimFileRoutes,
  ...eraRoutes,
  ...denialRoutes,
  ...calendarRoutes,
  ...todayRoutes,
  ...patientPaymentRoutes,
  ...settlementRoutes,
  ...taskRoutes,
  ...worklistRoutes,
  ...guideRoutes,
  ...codeListRoutes,
  ...shellRoutes,
  ...settingRoutes,
  ...updateRoutes,
  ...auditRoutes,
  ...diagnosticsRoutes,
  ...draftRoutes,
} as const

export type Contract = typeof contract
export type RouteName = keyof Contract
/** What a caller passes: defaults may be left out. */
export type InputOf<Name extends RouteName> = z.input<Contract[Name]['input']>
/** What the handler receives: parsed, defaults filled in. */
export type ParsedInputOf<Name extends RouteName> = z.output<Contract[Name]['input']>
export type OutputOf<Name extends RouteName> = z.output<Contract[Name]['output']>
