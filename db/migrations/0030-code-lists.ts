// Migration 30: lists of codes under the office's own license, one for each time that one was imported.

export const codeLists: readonly string[] = [
  `CREATE TABLE code_list (id TEXT PRIMARY KEY, of TEXT NOT NULL, codes_json TEXT NOT NULL, version INTEGER NOT NULL, recorded_at TEXT NOT NULL) STRICT`,
]
