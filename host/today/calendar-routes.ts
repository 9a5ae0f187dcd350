// The calendar and the morning's sheet.
import { CALENDAR_KINDS, type calendarRoutes, MOST_ON_DAY } from '#core/contract/today.ts'
import { countDays } from './calendar-rows.ts'
import { calendarItems } from './calendar-items.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { huddleOf } from './huddle.ts'
import { readSettings } from '#host/office/settings.ts'

export const calendarHandlers = {
  'calendar.huddle': huddleOf,
  'calendar.list': async ({ db }, days) => calendarItems(db, CALENDAR_KINDS, days),
  'calendar.month': async (context, { days }) => {
    const counts = []
    for (const kind of CALENDAR_KINDS)
      for (const { on, count, names } of await countDays(context.db, kind, days, MOST_ON_DAY))
        if (count > 0) counts.push({ on, kind, count, names: JSON.parse(names) as string[] })
    return { days: counts, holidays: (await readSettings(context)).holidays }
  },
} satisfies HandlersOf<keyof typeof calendarRoutes>
