// Every query and command handler by route; the type makes the list complete.
import type { DomainRoute, HandlersOf } from '#host/kernel/context.ts'
import { appealHandlers } from '#host/appeal/routes.ts'
import { auditHandlers } from '#host/session/routes.ts'
import { authorizationImportHandlers } from '#host/authorization/import-routes.ts'
import { historyImportHandlers } from '#host/patient/history-routes.ts'
import { patientImportHandlers } from '#host/patient/import-routes.ts'
import { authorizationHandlers } from '#host/authorization/routes.ts'
import { calendarHandlers } from '#host/today/calendar-routes.ts'
import { caseHandlers } from '#host/case/routes.ts'
import { claimFileHandlers } from '#host/claim/file-routes.ts'
import { claimHandlers } from '#host/claim/routes.ts'
import { denialHandlers } from '#host/remittance/denial-routes.ts'
import { documentHandlers } from '#host/document/routes.ts'
import { documentationHandlers } from '#host/case/documentation-routes.ts'
import { eraHandlers } from '#host/remittance/era-routes.ts'
import { codeListHandlers } from '#host/guide/code-list-routes.ts'
import { guideHandlers } from '#host/guide/routes.ts'
import { feeImportHandlers } from '#host/office/fee-import-routes.ts'
import { providerImportHandlers } from '#host/office/provider-import-routes.ts'
import { payerRuleHandlers } from './office/payer-rule-routes.ts'
import { feeScheduleHandlers } from '#host/office/fee-schedule-routes.ts'
import { officeHandlers } from '#host/office/routes.ts'
import { packetHandlers } from '#host/document/packet-routes.ts'
import { patientHandlers } from '#host/patient/routes.ts'
import { patientPaymentHandlers } from '#host/case/patient-payment-routes.ts'
import { settlementHandlers } from '#host/case/settlement-routes.ts'
import { remittanceHandlers } from '#host/remittance/routes.ts'
import { todayHandlers } from '#host/today/routes.ts'
import { worklistHandlers } from '#host/today/worklist-routes.ts'
import { draftHandlers } from '#host/case/draft-routes.ts'
import { settingHandlers } from '#host/office/settings-routes.ts'
import { updateHandlers } from '#host/office/update-routes.ts'

export const domainHandlers: HandlersOf<DomainRoute> = {
  ...appealHandlers,
  ...auditHandlers,
  ...authorizationHandlers,
  ...authorizationImportHandlers,
  ...patientImportHandlers,
  ...historyImportHandlers,
  ...calendarHandlers,
  ...caseHandlers,
  ...claimFileHandlers,
  ...claimHandlers,
  ...documentHandlers,
  ...documentationHandlers,
  ...denialHandlers,
  ...eraHandlers,
  ...guideHandlers,
  ...codeListHandlers,
  ...officeHandlers,
  ...feeScheduleHandlers,
  ...feeImportHandlers,
  ...providerImportHandlers,
  ...payerRuleHandlers,
  ...packetHandlers,
  ...patientHandlers,
  ...patientPaymentHandlers,
  ...settlementHandlers,
  ...remittanceHandlers,
  ...todayHandlers,
  ...worklistHandlers,
  ...draftHandlers,
  ...settingHandlers,
  ...updateHandlers,
}
