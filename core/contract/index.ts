// The contract: the only list of what may be asked of the host, flat, by route name.
import type { z } from 'zod'
import { auditRoutes } from './audit.ts'
import { settingRoutes } from './setting.ts'
import { authorizationImportRoutes } from './authorization-import.ts'
import { authorizationRoutes } from './authorization.ts'
import { calendarRoutes } from './calendar.ts'
import { caseRoutes } from './case.ts'
import { claimFileRoutes } from './claim-file.ts'
import { claimRoutes } from './claim.ts'
import { denialRoutes } from './denial.ts'
import { documentationRoutes } from './documentation.ts'
import { draftRoutes } from './draft.ts'
import { eraRoutes } from './era.ts'
import { guideRoutes } from './guide.ts'
import { officeRoutes } from './office.ts'
import { packetRoutes } from './packet.ts'
import { patientRoutes } from './patient.ts'
import { sessionRoutes } from './session.ts'
import { shellRoutes } from './shell.ts'
import { todayRoutes } from './today.ts'
import { worklistRoutes } from './worklist.ts'

export const contract = {
  ...sessionRoutes,
  ...officeRoutes,
  ...patientRoutes,
  ...caseRoutes,
  ...documentationRoutes,
  ...authorizationRoutes,
  ...authorizationImportRoutes,
  ...packetRoutes,
  ...claimRoutes,
  ...claimFileRoutes,
  ...eraRoutes,
  ...denialRoutes,
  ...calendarRoutes,
  ...todayRoutes,
  ...worklistRoutes,
  ...guideRoutes,
  ...shellRoutes,
  ...settingRoutes,
  ...auditRoutes,
  ...draftRoutes,
} as const

export type Contract = typeof contract
export type RouteName = keyof Contract
/** What a caller passes: defaults may be left out. */
export type InputOf<Name extends RouteName> = z.input<Contract[Name]['input']>
/** What the handler receives: parsed, defaults filled in. */
export type ParsedInputOf<Name extends RouteName> = z.output<Contract[Name]['input']>
export type OutputOf<Name extends RouteName> = z.output<Contract[Name]['output']>
