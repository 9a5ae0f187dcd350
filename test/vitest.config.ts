// Vitest: Node for core, db and host; jsdom for the renderer; what reads dates once more in another zone and year.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

/** Another zone and year. */
const elsewhere = 'test/helpers/elsewhere.ts'
const CORE_DATES = 'test/core/{appeal,authorization,case,claim,coverage,document}/**/*.test.ts'
/** Guards against hanging, no measure of speed: a busy machine is slow. */
const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000 }

function node(name: string, include: string[], setupFiles: string[] = []): TestProjectInlineConfiguration {
  return { extends: true, test: { name, environment: 'node', include, setupFiles, ...LIMITS } }
}

function renderer(name: string, include: string[], setupFiles: string[] = []): TestProjectInlineConfiguration {
  return {
    extends: true,
    plugins: [react()],
    test: {
      name,
      environment: 'jsdom',
      include,
      setupFiles: [...setupFiles, 'test/helpers/renderer-setup.ts'],
      css: { modules: { classNameStrategy: 'non-scoped' } },
      ...LIMITS,
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // The default leaves a core idle: of two, the half of what there is.
    maxWorkers: '100%',
    projects: [
      node('node', ['test/{core,db,docs,host,main}/**/*.test.ts']),
      renderer('renderer', ['test/renderer/**/*.test.{ts,tsx}']),
      node('elsewhere', [CORE_DATES, 'test/host/{today,calendar,seed,story-d3353,worklist}.test.ts'], [elsewhere]),
      renderer('elsewhere, renderer', ['test/renderer/{lib,worklists}.test.tsx'], [elsewhere]),
    ],
  },
})
