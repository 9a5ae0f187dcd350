// The calendar and the morning's sheet.
import type { calendarRoutes } from '#core/contract/calendar.ts'
import { calendarItems } from '../calendar-items.ts'
import type { HandlersOf } from '../context.ts'
import { huddleOf } from '../huddle.ts'
import { readSettings } from '../settings.ts'

export const calendarHandlers = {
  'calendar.huddle': huddleOf,
  'calendar.list': async ({ db }, days) => ({
    ...(await calendarItems(db, days)),
    holidays: (await readSettings(db)).holidays,
  }),
} satisfies HandlersOf<keyof typeof calendarRoutes>
