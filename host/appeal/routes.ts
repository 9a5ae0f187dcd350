// Appeals: the level and its deadline, a letter from the record, sending, the outcome.
import type { appealRoutes } from '#core/contract/appeal.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { changeAppeal, createAppeal } from './draft.ts'
import { takeAppealStep } from './step.ts'
import { undoAppealStep } from './undo.ts'

export const appealHandlers = {
  'appeal.create': createAppeal,
  'appeal.update': changeAppeal,
  'appeal.transition': takeAppealStep,
  'appeal.undo': undoAppealStep,
} satisfies HandlersOf<keyof typeof appealRoutes>
