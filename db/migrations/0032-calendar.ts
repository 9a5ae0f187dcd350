// Migration 32: the calendar reads by day.

export const calendarStatements: readonly string[] = [
  'CREATE INDEX authorization_work_by_end ON authorization_work (valid_to) WHERE valid_to IS NOT NULL',
  'CREATE INDEX authorization_by_information ON authorization (info_due_on) WHERE info_due_on IS NOT NULL',
  'CREATE INDEX authorization_by_booking ON authorization (booked_for) WHERE booked_for IS NOT NULL',
  'CREATE INDEX visit_by_plan ON visit (planned_on) WHERE planned_on IS NOT NULL AND done_on IS NULL',
  'CREATE INDEX task_by_day ON task (due_on) WHERE done_at IS NULL',
  'CREATE INDEX clock_by_kind ON clock (kind, urgent_on)',
]
