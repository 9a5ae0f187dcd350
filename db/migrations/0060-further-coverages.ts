// Migration 60: a claim names every other plan of the patient, not one; kept forms and unsaved ones get the room for it.

/** `at` is where the form stands in the column. */
const withRoom = (table: string, column: string, at: string, where: string): string[] => [
  `UPDATE ${table} SET ${column} = json_set(${column}, '${at}.furtherCoverages', json('[]')) WHERE ${where}`,
  `UPDATE ${table} SET ${column} = json_set(${column}, '${at}.otherCoverage.coverageId', NULL) WHERE json_type(${column}, '${at}.otherCoverage') = 'object' AND ${where}`,
]

export const furtherCoverageStatements: readonly string[] = [
  ...withRoom('claim', 'form_json', '$', 'TRUE'),
  ...withRoom('draft', 'value_json', '$.form', "scope LIKE 'claim:%' AND json_type(value_json, '$.form') = 'object'"),
]
