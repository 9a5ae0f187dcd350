// Every query and command handler by route; the type makes the list complete.
import type { DomainRoute, HandlersOf } from '../context.ts'
import { auditHandlers } from './audit.ts'
import { draftHandlers } from './draft.ts'
import { settingHandlers } from './setting.ts'

export const domainHandlers: Partial<HandlersOf<DomainRoute>> = {
  ...auditHandlers,
  ...draftHandlers,
  ...settingHandlers,
}
