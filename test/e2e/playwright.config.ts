// Journeys in the real Electron: one worker, since each opens a window of its own.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // On a loaded machine Electron now and then never paints for a screenshot.
  retries: 1,
  reporter: [['list']],
})
