// Journeys in the real Electron: one worker, since each opens a window of its own.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 180_000,
  // A guard against hanging, no measure of speed: a busy machine is slow.
  expect: { timeout: 30_000 },
  forbidOnly: true,
  // A journey that passes at the second try has lost a key or a click at the first.
  retries: 0,
  reporter: [['list']],
})
