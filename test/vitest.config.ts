// Vitest: Node for core, db and host; jsdom for the renderer; what reads dates once more in another zone and year.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

/** Another zone and year. */
const elsewhere = 'test/helpers/elsewhere.ts'
const CORE_DATES =
  'test/core/{appeal,authorization,authorization-import,case,claim,coverage,document,import}/**/*.test.ts'
/** Guards against hanging, no measure of speed: a busy machine is slow. */
const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000 }

const root = fileURLToPath(new URL('..', import.meta.url))
/** Files that replace a module: it must not have been evaluated by another file before. All others share their workers. */
const alone = globSync('test/**/*.test.{ts,tsx}', { cwd: root }).filter((file) =>
  readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').includes('vi.mock('),
)

type Settings = NonNullable<TestProjectInlineConfiguration['test']>
function node(name: string, settings: Settings): TestProjectInlineConfiguration {
  return { extends: true, test: { name, environment: 'node', isolate: false, ...LIMITS, ...settings } }
}

function renderer(name: string, { setupFiles = [], ...settings }: Settings): TestProjectInlineConfiguration {
  return {
    extends: true,
    plugins: [react()],
    test: {
      name,
      environment: 'jsdom',
      isolate: false,
      setupFiles: [setupFiles, 'test/helpers/renderer-setup.ts'].flat(),
      css: { modules: { classNameStrategy: 'non-scoped' } },
      ...LIMITS,
      ...settings,
    },
  }
}

export default defineConfig({
  root,
  test: {
    // The default leaves a core idle: of two, the half of what there is.
    maxWorkers: '100%',
    // A young generation this large spares most of the collections while a screen is drawn again and again.
    execArgv: ['--max-semi-space-size=64'],
    globalSetup: 'test/helpers/data-in-memory.ts',
    projects: [
      node('node', { include: ['test/{core,db,docs,host,main}/**/*.test.ts'], exclude: alone }),
      renderer('renderer', { include: ['test/renderer/**/*.test.{ts,tsx}'], exclude: alone }),
      node('node, alone', { include: alone.filter((file) => file.endsWith('.ts')), isolate: true }),
      renderer('renderer, alone', { include: alone.filter((file) => file.endsWith('.tsx')), isolate: true }),
      node('elsewhere', {
        include: [CORE_DATES, 'test/host/{today,calendar,seed,story-d3353,worklist}.test.ts'],
        setupFiles: [elsewhere],
      }),
      renderer('elsewhere, renderer', { include: ['test/renderer/{lib,worklists}.test.tsx'], setupFiles: [elsewhere] }),
    ],
  },
})
