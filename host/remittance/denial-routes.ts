// Figures of denials.
import type { denialRoutes } from '#core/contract/remittance.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { readDenialFigures } from './denial-figures.ts'

export const denialHandlers = {
  'denial.figures': readDenialFigures,
} satisfies HandlersOf<keyof typeof denialRoutes>
