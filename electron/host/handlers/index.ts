// Every query and command handler by route; the type makes the list complete.
import type { DomainRoute, HandlersOf } from '../context.ts'
import { appealHandlers } from './appeal.ts'
import { auditHandlers } from './audit.ts'
import { authorizationImportHandlers } from './authorization-import.ts'
import { authorizationHandlers } from './authorization.ts'
import { calendarHandlers } from './calendar.ts'
import { caseHandlers } from './case.ts'
import { claimFileHandlers } from './claim-file.ts'
import { claimHandlers } from './claim.ts'
import { denialHandlers } from './denial.ts'
import { documentHandlers } from './document.ts'
import { documentationHandlers } from './documentation.ts'
import { eraHandlers } from './era.ts'
import { guideHandlers } from './guide.ts'
import { officeHandlers } from './office.ts'
import { packetHandlers } from './packet.ts'
import { patientHandlers } from './patient.ts'
import { remittanceHandlers } from './remittance.ts'
import { todayHandlers } from './today.ts'
import { worklistHandlers } from './worklist.ts'
import { draftHandlers } from './draft.ts'
import { settingHandlers } from './setting.ts'

export const domainHandlers: HandlersOf<DomainRoute> = {
  ...appealHandlers,
  ...auditHandlers,
  ...authorizationHandlers,
  ...authorizationImportHandlers,
  ...calendarHandlers,
  ...caseHandlers,
  ...claimFileHandlers,
  ...claimHandlers,
  ...documentHandlers,
  ...documentationHandlers,
  ...denialHandlers,
  ...eraHandlers,
  ...guideHandlers,
  ...officeHandlers,
  ...packetHandlers,
  ...patientHandlers,
  ...remittanceHandlers,
  ...todayHandlers,
  ...worklistHandlers,
  ...draftHandlers,
  ...settingHandlers,
}
