// What people decide about money that no plan settles.
import type { settlementRoutes } from '#core/contract/case.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { addSettlements, settlementsOf, undoSettlements } from './settle.ts'

export const settlementHandlers = {
  'settlement.forCase': settlementsOf,
  'settlement.add': addSettlements,
  'settlement.takeBack': undoSettlements,
} satisfies HandlersOf<keyof typeof settlementRoutes>
