// Who may import whom (docs/architecture.md, ADR 0010); types count, and cycles are forbidden.
const forbid = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: typeof from === 'string' ? { path: from } : from,
  to: typeof to === 'string' ? { path: to } : to,
})

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    forbid('core-is-pure', '^core/', '^(db|host|electron|renderer|scripts|test)/', 'core imports nothing of ours'),
    forbid('core-no-node', '^core/', { dependencyTypes: ['core'] }),
    forbid('core-packages', '^core/', 'node_modules/(?!zod/)', 'core knows zod and plain dates only'),
    forbid('db-needs-core', '^db/', '^(host|electron|renderer|scripts|test)/'),
    forbid('host-alone', '^host/', '^(electron|renderer|scripts|test)/|node_modules/electron/'),
    forbid('kernel-knows-no-slice', '^host/kernel/', '^host/(?!kernel/)'),
    forbid(
      'routes-are-called-by-nobody',
      { path: '^host/', pathNot: '^host/(host|routes)\\.ts$' },
      '^host/(?!kernel/).*routes\\.ts$',
      'a slice uses the verbs and rows of another',
    ),
    forbid(
      'sql-lives-in-rows',
      { path: '^host/(?!kernel/|session/|document/|demo/)', pathNot: 'rows\\.ts$' },
      '^db/',
      'only rows files reach the tables',
    ),
    forbid(
      'main-is-thin',
      '^electron/main/',
      '^(db|host|renderer|scripts|test|electron/(host-entry|host-start|preload))/|^core/(?!contract/|errors|guide/|update/|[a-z]+/schema|[a-z-]+\\.ts)|better-sqlite3',
    ),
    forbid('preload-types-only', '^electron/preload/', {
      path: '^(core|db|host|renderer)/',
      dependencyTypesNot: ['type-only'],
    }),
    forbid('renderer-without-host', '^renderer/', '^(db|host|electron|scripts|test)/|^node:'),
    forbid('ui-is-presentational', '^renderer/ui/', '^renderer/(features|stores|lib/(client|query|drafts))'),
    forbid('features-apart', '^renderer/features/([^/]+)/', '^renderer/features/(?!$1/)[^/]+/'),
    forbid('nobody-imports-tests', '^(core|db|host|electron|renderer|scripts/(?!bench|fuzz|faults))', '^test/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
