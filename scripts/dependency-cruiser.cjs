// Who may import whom (docs/architecture.md); cycles are forbidden.
const forbid = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-cycles-of-types-in-renderer', severity: 'error', from: { path: '^renderer/' }, to: { circular: true } },
    forbid('core-is-pure', '^core/', '^(db|electron|renderer|scripts|test)/', 'core imports nothing of ours'),
    { name: 'core-no-node', severity: 'error', from: { path: '^core/' }, to: { dependencyTypes: ['core'] } },
    forbid(
      'core-packages',
      '^core/',
      'node_modules/(?!zod/|temporal-polyfill/|temporal-)',
      'core knows zod and plain dates only',
    ),
    forbid('db-needs-core', '^db/(?!seed/)', '^(electron|renderer|scripts|test)/'),
    forbid(
      'host-without-electron',
      '^electron/host/',
      '^(renderer|scripts|test|electron/(main|preload))/|node_modules/electron/',
    ),
    forbid(
      'main-is-thin',
      '^electron/main/',
      '^(db|renderer|scripts|test|electron/(host|preload))/|^core/(?!contract/|errors|guide/|[a-z]+/schema|[a-z-]+\\.ts)|better-sqlite3',
    ),
    {
      name: 'preload-types-only',
      severity: 'error',
      from: { path: '^electron/preload/' },
      to: { path: '^(core|db|renderer)/', dependencyTypesNot: ['type-only'] },
    },
    forbid('renderer-without-host', '^renderer/', '^(db|electron|scripts|test)/|^node:'),
    forbid('ui-is-presentational', '^renderer/ui/', '^renderer/(features|stores|lib/(client|query|drafts))'),
    forbid('features-apart', '^renderer/features/([^/]+)/', '^renderer/features/(?!$1/)[^/]+/'),
    forbid('nobody-imports-tests', '^(core|db|electron|renderer|scripts/(?!bench|fuzz))', '^test/'),
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
